package kr.dolbom.caseworker.registry;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.contract.identity.ClaimCode;
import org.jspecify.annotations.Nullable;

/// Registers devices, binds them to residents, and gives them claim codes. Each change is noted in the audit log, and
/// the broker hears of it. Whoever calls has seen to it that the viewer is an operator. Safe for use by many threads.
@Singleton
public final class DeviceDesk {
    private final Transactions transactions;
    private final InstantSource clock;

    DeviceDesk(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// The one-time code by which a device enrols.
    ///
    /// @param code shown this once only
    /// @param expires until when it is good
    public record Claim(ClaimCode code, Instant expires) {}

    /// Registers a device that enrols with a claim code.
    ///
    /// @param residentId in whose home it stands; null: in nobody's
    /// @param printed the code that is printed in the box; null: one is made
    public Claim register(
            Viewer viewer,
            String deviceId,
            String vendor,
            String model,
            @Nullable UUID residentId,
            @Nullable String printed) {
        return transactions.run(connection -> {
            Integer residentNo = residentId == null ? null : ResidentApi.numberOf(connection, residentId);
            int deviceNo = Devices.insert(connection, deviceId, residentNo, vendor, model, viewer);
            return claim(connection, deviceNo, printed);
        });
    }

    /// Binds a device to a resident, or to nobody. What it sends from then on is that resident's.
    ///
    /// @param residentId null: to nobody
    public void bind(Viewer viewer, String deviceId, @Nullable UUID residentId) {
        transactions.run(connection -> {
            Integer residentNo = residentId == null ? null : ResidentApi.numberOf(connection, residentId);
            Devices.bind(connection, deviceId, residentNo, viewer);
            return deviceId;
        });
    }

    /// Gives a device a new claim code, and makes those before worthless. Its secret stays good until
    /// it has enrolled.
    ///
    /// @param printed the code that is printed in the box; null: one is made
    public Claim issue(Viewer viewer, String deviceId, @Nullable String printed) {
        return transactions.run(connection -> {
            Devices.Found device = Devices.lock(connection, deviceId);
            refuseRevoked(device, deviceId);
            Devices.dropCredentials(connection, device.number(), "claim");
            Claim claim = claim(connection, device.number(), printed);
            note(connection, viewer, "claim-code-issued", device.residentNo(), deviceId, Map.of());
            Devices.changed(connection, deviceId);
            return claim;
        });
    }

    /// Makes a device's claim codes worthless.
    public void withdraw(Viewer viewer, String deviceId) {
        transactions.run(connection -> {
            Devices.Found device = Devices.lock(connection, deviceId);
            Devices.dropCredentials(connection, device.number(), "claim");
            note(connection, viewer, "claim-code-withdrawn", device.residentNo(), deviceId, Map.of());
            Devices.changed(connection, deviceId);
            return deviceId;
        });
    }

    /// Gives a device a claim code, in the caller's transaction.
    Claim claim(Connection connection, int deviceNo, @Nullable String printed) {
        ClaimCode code = Devices.claimCode(printed);
        Instant expires = clock.instant().plus(Devices.CLAIM_LIFETIME);
        Devices.addCredential(connection, deviceNo, "claim", code.hash(), expires);
        return new Claim(code, expires);
    }

    static void refuseRevoked(Devices.Found device, String deviceId) {
        if (device.revoked()) {
            throw Problem.conflict("Device %s is revoked; take that back first.".formatted(deviceId));
        }
    }

    static void note(
            Connection connection,
            Viewer viewer,
            String action,
            @Nullable Integer residentNo,
            String deviceId,
            Map<String, String> more) {
        Map<String, String> detail = new HashMap<>(more);
        detail.put("device", deviceId);
        AuditLog.write(connection, viewer.actor(), action, residentNo, detail);
    }
}
