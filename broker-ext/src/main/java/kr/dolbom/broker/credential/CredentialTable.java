package kr.dolbom.broker.credential;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import kr.dolbom.broker.access.Admission;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.identity.SecretHash;
import org.jspecify.annotations.Nullable;

/// The SQL of setting secrets. A device has one secret, or two while it changes from one to the other;
/// each piece of work here is one transaction and may be done again.
final class CredentialTable {
    /// How long an old secret is valid beside a new one that was never used.
    static final Duration OVERLAP = Duration.ofDays(7);

    private static final String LOCK =
            "select device_id from device where device_no = ? and revoked_at is null for update";
    private static final String SELECT = """
            select credential_no, kind, salt, hash
              from device_credential
             where device_no = ? and kind in ('secret', 'claim') and dropped_at is null
               and (expires_at is null or expires_at > ?)""";
    // All others of the device, whether secrets or claim codes, and the claim itself.
    private static final String USE_CLAIM = """
            update device_credential
               set dropped_at = ?, used_at = case when credential_no = ? then ?::timestamptz else used_at end
             where device_no = ? and kind in ('secret', 'claim') and dropped_at is null""";
    // A secret that was set and never used is lost, or the device would not have come with an older one.
    private static final String KEEP_ONE_SECRET = """
            update device_credential
               set dropped_at = case when credential_no = ? then dropped_at else ?::timestamptz end,
                   expires_at = case when credential_no = ? then least(expires_at, ?::timestamptz) else expires_at end
             where device_no = ? and kind = 'secret' and dropped_at is null""";
    private static final String INSERT =
            "insert into device_credential (device_no, kind, salt, hash, created_at) values (?, 'secret', ?, ?, ?)";
    private static final String DROP_OLDER = """
            update device_credential set dropped_at = ?
             where device_no = ? and kind = 'secret' and dropped_at is null and credential_no < ?
               and exists (select from device_credential as used
                            where used.credential_no = ? and used.dropped_at is null)""";
    private static final String NOTIFY = "select pg_notify('dolbom_device', ?) as nothing";

    private CredentialTable() {}

    /// Sets a device's new secret.
    ///
    /// @return true where it is set now or was before; false where the credential by which the
    ///     connection was let in is worth nothing any more
    static boolean set(Connection connection, int device, Admission admission, DeviceSecret secret, Instant now)
            throws SQLException {
        String deviceId = lock(connection, device);
        if (deviceId == null) {
            return false;
        }
        boolean valid = false;
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setInt(1, device);
            select.setObject(2, utc(now));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    SecretHash hash = new SecretHash(rows.getBytes("salt"), rows.getBytes("hash"));
                    if (rows.getString("kind").equals("secret") && hash.matches(secret.text())) {
                        return true;
                    }
                    valid |= rows.getInt("credential_no") == admission.number();
                }
            }
        }
        if (!valid) {
            return false;
        }
        switch (admission.kind()) {
            case CLAIM -> useClaim(connection, device, admission.number(), now);
            case SECRET -> keepOneSecret(connection, device, admission.number(), now);
            case CERTIFICATE, SERVICE -> throw new IllegalArgumentException("no secret is set by " + admission.kind());
        }
        insert(connection, device, secret.hash(), now);
        tell(connection, deviceId);
        return true;
    }

    /// Drops the secrets that are older than one that has let the device in.
    static void dropOlder(Connection connection, int device, int credential, Instant now) throws SQLException {
        String deviceId = lock(connection, device);
        if (deviceId == null) {
            return;
        }
        try (PreparedStatement drop = connection.prepareStatement(DROP_OLDER)) {
            drop.setObject(1, utc(now));
            drop.setInt(2, device);
            drop.setInt(3, credential);
            drop.setInt(4, credential);
            drop.executeUpdate();
        }
        tell(connection, deviceId);
    }

    /// Lets one connection change a device's credentials at a time.
    private static @Nullable String lock(Connection connection, int device) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setInt(1, device);
            try (ResultSet rows = lock.executeQuery()) {
                return rows.next() ? rows.getString("device_id") : null;
            }
        }
    }

    private static void useClaim(Connection connection, int device, int claim, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(USE_CLAIM)) {
            update.setObject(1, utc(now));
            update.setInt(2, claim);
            update.setObject(3, utc(now));
            update.setInt(4, device);
            update.executeUpdate();
        }
    }

    private static void keepOneSecret(Connection connection, int device, int kept, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(KEEP_ONE_SECRET)) {
            update.setInt(1, kept);
            update.setObject(2, utc(now));
            update.setInt(3, kept);
            update.setObject(4, utc(now.plus(OVERLAP)));
            update.setInt(5, device);
            update.executeUpdate();
        }
    }

    private static void insert(Connection connection, int device, SecretHash hash, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setInt(1, device);
            insert.setBytes(2, hash.salt());
            insert.setBytes(3, hash.hash());
            insert.setObject(4, utc(now));
            insert.executeUpdate();
        }
    }

    private static void tell(Connection connection, String deviceId) throws SQLException {
        try (PreparedStatement notify = connection.prepareStatement(NOTIFY)) {
            notify.setString(1, deviceId);
            notify.execute();
        }
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
