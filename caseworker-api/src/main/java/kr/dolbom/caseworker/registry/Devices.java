package kr.dolbom.caseworker.registry;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.contract.identity.ClaimCode;
import kr.dolbom.contract.identity.SecretHash;
import org.jspecify.annotations.Nullable;

/// What all resources of devices do in the database.
final class Devices {
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
