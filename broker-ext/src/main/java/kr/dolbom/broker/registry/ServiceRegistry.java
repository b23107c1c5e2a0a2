package kr.dolbom.broker.registry;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kr.dolbom.broker.database.Session;
import kr.dolbom.contract.identity.SecretHash;

/// All service accounts in memory, as they were when the database was last asked. Safe for use by many
/// threads; [#find] never waits.
public final class ServiceRegistry {
    private static final String SELECT =
            "select service_no, name, salt, hash, filters, revoked_at is not null as revoked from service_account";

    private final Session session;
    private volatile Map<String, ServiceAccount> accounts = Map.of();

    /// An empty registry.
    public ServiceRegistry(Session session) {
        this.session = session;
    }

    /// What memory has of an account, revoked or not.
    public Optional<ServiceAccount> find(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    /// Asks the database. There are few accounts, so that it always asks for all.
    public synchronized void reload() throws SQLException {
        accounts = session.commit(connection -> {
            Map<String, ServiceAccount> loaded = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement(SELECT);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Array filters = rows.getArray("filters");
                    ServiceAccount account = new ServiceAccount(
                            rows.getInt("service_no"),
                            rows.getString("name"),
                            new SecretHash(rows.getBytes("salt"), rows.getBytes("hash")),
                            List.of((String[]) filters.getArray()),
                            rows.getBoolean("revoked"));
                    loaded.put(account.name(), account);
                }
            }
            return loaded;
        });
    }
}
