package kr.dolbom.broker.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kr.dolbom.broker.database.Session;
import kr.dolbom.contract.identity.SecretHash;
import kr.dolbom.contract.topic.DeviceId;

/// All devices in memory, as they were when the database was last asked. Safe for use by many threads: [#find]
/// never waits, the others wait for the database and for each other.
public final class DeviceRegistry {
    private static final String SELECT = """
            select device.device_no, device.device_id, device.resident_no, device.secret_salt, device.secret_hash,
                   device.revoked_at is not null as revoked,
                   coalesce(resident.transcript_consent, false) as transcript_consent
              from device left join resident using (resident_no)
            """;

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
            Map<String, Device> loaded = new ConcurrentHashMap<>();
            try (PreparedStatement select = connection.prepareStatement(SELECT);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Device device = device(rows);
                    loaded.put(device.id().value(), device);
                }
            }
            return loaded;
        });
    }

    /// Asks the database for one device.
    public synchronized Optional<Device> lookUp(String deviceId) throws SQLException {
        Optional<Device> device = session.commit(connection -> select(connection, deviceId));
        device.ifPresentOrElse(found -> devices.put(deviceId, found), () -> devices.remove(deviceId));
        return device;
    }

    private static Optional<Device> select(Connection connection, String deviceId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + " where device_id = ?")) {
            select.setString(1, deviceId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(device(rows)) : Optional.empty();
            }
        }
    }

    private static Device device(ResultSet row) throws SQLException {
        return new Device(
                row.getInt("device_no"),
                new DeviceId(row.getString("device_id")),
                row.getObject("resident_no", Integer.class),
                row.getBoolean("transcript_consent"),
                row.getBoolean("revoked"),
                new SecretHash(row.getBytes("secret_salt"), row.getBytes("secret_hash")));
    }
}
