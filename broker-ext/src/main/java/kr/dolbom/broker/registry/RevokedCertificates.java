package kr.dolbom.broker.registry;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import kr.dolbom.broker.database.Session;

/// The certificates that no device may use any more, as they were when the database was last asked.
/// Safe for use by many threads; [#contains] never waits.
public final class RevokedCertificates {
    private static final String SELECT = "select fingerprint from revoked_certificate";

    private final Session session;
    private volatile Set<String> fingerprints = Set.of();

    /// None yet.
    public RevokedCertificates(Session session) {
        this.session = session;
    }

    /// Whether a certificate was revoked.
    ///
    /// @param fingerprint as [Fingerprints] writes it
    public boolean contains(String fingerprint) {
        return fingerprints.contains(fingerprint);
    }

    /// Asks the database.
    public void reload() throws SQLException {
        fingerprints = session.commit(connection -> {
            Set<String> loaded = new HashSet<>();
            try (PreparedStatement select = connection.prepareStatement(SELECT);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    loaded.add(Fingerprints.text(rows.getBytes("fingerprint")));
                }
            }
            return loaded;
        });
    }
}
