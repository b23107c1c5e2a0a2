package kr.dolbom.broker.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kr.dolbom.broker.database.Session;
import kr.dolbom.contract.identity.SecretHash;
import kr.dolbom.contract.topic.DeviceId;
import org.jspecify.annotations.Nullable;

/// All devices in memory, as they were when the database was last asked. Safe for use by many threads:
/// [#find] never waits, the others wait for the database and for each other.
public final class DeviceRegistry {
    // One row for each credential, the rows of a device together.
    private static final String SELECT = """
            select device.device_no, device.device_id, device.resident_no,
                   device.revoked_at is not null as revoked,
                   coalesce(resident.transcript_consent, false) as transcript_consent,
                   credential.credential_no, credential.kind, credential.salt, credential.hash, credential.expires_at
              from device left join resident using (resident_no)
                   left join device_credential as credential
                     on credential.device_no = device.device_no and credential.dropped_at is null
            """;
    private static final String ORDER = " order by device.device_no, credential.credential_no";

    private final Session session;
    private volatile Map<String, Device> devices = new ConcurrentHashMap<>();

    /// An empty registry.
    public DeviceRegistry(Session session) {
        this.session = session;
    }

    /// What memory has of a device, revoked or not.
    public Optional<Device> find(String deviceId) {
        return Optional.ofNullable(devices.get(deviceId));
    }

    /// Asks the database for all devices.
    // Reading and replacing is one step: else a device looked up between the two would be forgotten.
    public synchronized void reload() throws SQLException {
        devices = session.commit(connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT + ORDER)) {
                return read(select);
            }
        });
    }

    /// Asks the database for one device.
    public synchronized Optional<Device> lookUp(String deviceId) throws SQLException {
        Optional<Device> device = session.commit(connection -> select(connection, deviceId));
        device.ifPresentOrElse(found -> devices.put(deviceId, found), () -> devices.remove(deviceId));
        return device;
    }

    private static Optional<Device> select(Connection connection, String deviceId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + " where device.device_id = ?" + ORDER)) {
            select.setString(1, deviceId);
            return Optional.ofNullable(read(select).get(deviceId));
        }
    }

    private static Map<String, Device> read(PreparedStatement select) throws SQLException {
        Map<String, Device> loaded = new ConcurrentHashMap<>();
        try (ResultSet rows = select.executeQuery()) {
            List<Credential> credentials = new ArrayList<>();
            boolean more = rows.next();
            while (more) {
                credentials.clear();
                int number = rows.getInt("device_no");
                String id = rows.getString("device_id");
                Integer resident = rows.getObject("resident_no", Integer.class);
                boolean consent = rows.getBoolean("transcript_consent");
                boolean revoked = rows.getBoolean("revoked");
                do {
                    Credential credential = credential(rows);
                    if (credential != null) {
                        credentials.add(credential);
                    }
                    more = rows.next();
                } while (more && rows.getInt("device_no") == number);
                loaded.put(id, new Device(number, new DeviceId(id), resident, consent, revoked, credentials));
            }
        }
        return loaded;
    }

    private static @Nullable Credential credential(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        if (kind == null) {
            return null;
        }
        int number = row.getInt("credential_no");
        OffsetDateTime end = row.getObject("expires_at", OffsetDateTime.class);
        Instant expires = end == null ? null : end.toInstant();
        byte[] hash = row.getBytes("hash");
        return switch (kind) {
            case "secret" -> new Credential.Secret(number, expires, new SecretHash(row.getBytes("salt"), hash));
            case "claim" -> new Credential.Claim(number, expires, new SecretHash(row.getBytes("salt"), hash));
            case "certificate" ->
                new Credential.Certificate(number, expires, hash == null ? null : Fingerprints.text(hash));
            default -> throw new SQLException("'" + kind + "' is no kind of credential");
        };
    }
}
