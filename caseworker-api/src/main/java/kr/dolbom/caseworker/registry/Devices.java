package kr.dolbom.caseworker.registry;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.contract.identity.ClaimCode;
import kr.dolbom.contract.identity.SecretHash;
import org.jspecify.annotations.Nullable;

/// What all resources of devices do in the database.
public final class Devices {
    /// How long a claim code is good: a box may stand in a store room for months.
    static final Duration CLAIM_LIFETIME = Duration.ofDays(180);

    private Devices() {}

    /// A device that a request names.
    ///
    /// @param number the database's number
    /// @param residentNo to whom it is bound; null: to nobody
    /// @param revoked whether it may not connect any more
    record Found(int number, @Nullable Integer residentNo, boolean revoked) {}

    /// The device that a request names, for the rest of the transaction nobody else's to change.
    static Found lock(Connection connection, String deviceId) {
        return Sql.on(connection, """
                        select device_no, resident_no, revoked_at is not null as revoked
                          from device where device_id = :device for update""")
                .with("device", deviceId)
                .find(row -> new Found(row.number("device_no"), row.findNumber("resident_no"), row.flag("revoked")))
                .orElseThrow(() -> Problem.notFound("device", deviceId));
    }

    /// Binds a device to a resident, or to nobody. What it sends from then on is that resident's.
    public static void bind(Connection connection, String deviceId, @Nullable Integer residentNo, Viewer viewer) {
        Found device = lock(connection, deviceId);
        Sql.on(connection, "update device set resident_no = :resident where device_no = :device")
                .with("resident", residentNo)
                .with("device", device.number())
                .update();
        Map<String, String> detail = Map.of("device", deviceId);
        if (device.residentNo() != null && !device.residentNo().equals(residentNo)) {
            AuditLog.write(connection, viewer.actor(), "device-unbound", device.residentNo(), detail);
        }
        if (residentNo != null && !residentNo.equals(device.residentNo())) {
            AuditLog.write(connection, viewer.actor(), "device-bound", residentNo, detail);
        }
        changed(connection, deviceId);
    }

    /// Registers a device that enrols with a claim code.
    ///
    /// @param residentNo in whose home it stands; null: in nobody's
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is one with this id
    public static void register(
            Connection connection,
            String deviceId,
            @Nullable Integer residentNo,
            String vendor,
            String model,
            ClaimCode code,
            Instant now,
            Viewer viewer) {
        int deviceNo = insert(connection, deviceId, residentNo, vendor, model, viewer);
        addCredential(connection, deviceNo, "claim", code.hash(), now.plus(CLAIM_LIFETIME));
    }

    /// Adds a device without any credential.
    static int insert(
            Connection connection,
            String deviceId,
            @Nullable Integer residentNo,
            String vendor,
            String model,
            Viewer viewer) {
        int deviceNo = Sql.on(connection, """
                        insert into device (device_id, resident_no, vendor, model)
                        values (:device, :resident, :vendor, :model)
                        on conflict (device_id) do nothing
                        returning device_no""")
                .with("device", deviceId)
                .with("resident", residentNo)
                .with("vendor", vendor)
                .with("model", model)
                .find(row -> row.number("device_no"))
                .orElseThrow(() -> Problem.duplicate("deviceId", deviceId));
        AuditLog.write(connection, viewer.actor(), "device-registered", residentNo, Map.of("device", deviceId));
        changed(connection, deviceId);
        return deviceNo;
    }

    /// A device of the registry.
    ///
    /// @param deviceId its MQTT client id
    /// @param residentNo in whose home it stands; null: in nobody's
    /// @param vendor who makes it
    /// @param model what it is
    public record Known(String deviceId, @Nullable Integer residentNo, String vendor, String model) {}

    /// All of these that there are.
    public static List<Known> list(Connection connection, Collection<String> deviceIds) {
        return Sql.on(
                        connection,
                        "select device_id, resident_no, vendor, model from device where device_id = any(:ids)")
                .with("ids", deviceIds.toArray(String[]::new))
                .list(row -> new Known(
                        row.text("device_id"), row.findNumber("resident_no"), row.text("vendor"), row.text("model")));
    }

    /// The code that a request gives, or a new one.
    static ClaimCode claimCode(@Nullable String given) {
        return given == null
                ? ClaimCode.generate()
                : ClaimCode.find(given)
                        .orElseThrow(() -> Problem.invalid(
                                "claimCode", null, "26 digits and letters without I, L, O and U, hyphens aside"));
    }

    static void addCredential(
            Connection connection, int deviceNo, String kind, SecretHash hash, @Nullable Instant expires) {
        Sql.on(connection, """
                        insert into device_credential (device_no, kind, salt, hash, expires_at)
                        values (:device, :kind, :salt, :hash, :expires)""")
                .with("device", deviceNo)
                .with("kind", kind)
                .with("salt", hash.salt())
                .with("hash", hash.hash())
                .with("expires", expires)
                .update();
    }

    /// Drops a device's credentials of one kind.
    static void dropCredentials(Connection connection, int deviceNo, String kind) {
        Sql.on(connection, """
                        update device_credential set dropped_at = now()
                         where device_no = :device and kind = :kind and dropped_at is null""").with("device", deviceNo).with("kind", kind).update();
    }

    /// Tells the broker that something of a device has changed.
    static void changed(Connection connection, String deviceId) {
        Sql.on(connection, "select pg_notify('dolbom_device', :device)::text as notified")
                .with("device", deviceId)
                .list(row -> row);
    }
}
