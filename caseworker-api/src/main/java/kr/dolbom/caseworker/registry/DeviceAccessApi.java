package kr.dolbom.caseworker.registry;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.command.RenewSecret;
import org.jspecify.annotations.Nullable;

/// In whose home a device stands, and by what it may come in. Each change holds within five seconds,
/// also for a device that is connected, and is noted in the audit log.
@Controller("/api/v1/devices/{deviceId}")
@Tag(name = "registry")
@Secured(Role.OPERATOR)
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class DeviceAccessApi {
    private static final Duration TO_RENEW = Duration.ofDays(7);

    private final DeviceDesk desk;
    private final Transactions transactions;
    private final InstantSource clock;

    DeviceAccessApi(DeviceDesk desk, Transactions transactions, InstantSource clock) {
        this.desk = desk;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// In whose home a device is to stand.
    ///
    /// @param residentId the resident; missing: in nobody's
    @Introspected
    public record Binding(@Nullable UUID residentId) {}

    /// Binds a device to a resident, or to nobody. What it sends from then on is that resident's.
    @Post("/resident")
    Binding bind(String deviceId, @Body @Valid Binding binding, @Parameter(hidden = true) Viewer viewer) {
        desk.bind(viewer, deviceId, binding.residentId());
        return binding;
    }

    /// A claim code to give to a device.
    ///
    /// @param claimCode the code that is printed in the box; one is made when missing
    @Introspected
    public record NewClaimCode(@Nullable String claimCode) {}

    /// The one-time code by which a device enrols.
    ///
    /// @param claimCode shown this once only
    /// @param expires until when it is good
    @Introspected
    public record IssuedClaimCode(String claimCode, Instant expires) {}

    /// Gives a device a new claim code, and makes those before worthless. Its secret stays good until
    /// it has enrolled.
    @Post("/claim-code")
    IssuedClaimCode issue(String deviceId, @Body @Valid NewClaimCode wanted, @Parameter(hidden = true) Viewer viewer) {
        DeviceDesk.Claim claim = desk.issue(viewer, deviceId, wanted.claimCode());
        return new IssuedClaimCode(claim.code().grouped(), claim.expires());
    }

    /// A command that was given to a device.
    ///
    /// @param commandId its id
    /// @param expires until when the device must have fetched it
    @Introspected
    public record Renewal(UUID commandId, Instant expires) {}

    /// Asks a device to make a new secret. It goes on by the old one until it has.
    @Post("/renewal")
    Renewal renew(String deviceId, @Parameter(hidden = true) Viewer viewer) {
        Instant now = clock.instant();
        Renewal renewal = new Renewal(UUID.randomUUID(), now.plus(TO_RENEW));
        RenewSecret command = new RenewSecret();
        transactions.run(connection -> {
            Devices.Found device = Devices.lock(connection, deviceId);
            DeviceDesk.refuseRevoked(device, deviceId);
            Sql.on(connection, """
                            insert into device_command (command_id, device_no, kind, data, created_at, expires_at)
                            values (:command, :device, :kind, :data::jsonb, :now, :expires)""")
                    .with("command", renewal.commandId())
                    .with("device", device.number())
                    .with("kind", command.kind().wireName())
                    .with("data", new String(Contract.writeData(command), StandardCharsets.UTF_8))
                    .with("now", now)
                    .with("expires", renewal.expires())
                    .update();
            DeviceDesk.note(connection, viewer, "renewal-asked", device.residentNo(), deviceId, Map.of());
            return Sql.on(connection, "select pg_notify('dolbom_command', :command)::text as told")
                    .with("command", renewal.commandId().toString())
                    .list(row -> row);
        });
        return renewal;
    }

    /// Whether a device may come by a TLS client certificate with its id as common name.
    ///
    /// @param allowed whether it may
    /// @param fingerprint SHA-256 of the only one, in hexadecimal digits with or without colons;
    ///     missing: any of a trusted issuer
    @Introspected
    public record CertificateRule(
            @NotNull(message = "true or false") Boolean allowed,

            @Nullable @Pattern(regexp = Fingerprint.FORM, message = Fingerprint.EXPECTED) String fingerprint) {}

    /// Says by which certificate a device may come in; what was said before does not hold any more.
    @Post("/certificate")
    CertificateRule certificate(
            String deviceId, @Body @Valid CertificateRule rule, @Parameter(hidden = true) Viewer viewer) {
        byte[] fingerprint = rule.fingerprint() == null ? null : Fingerprint.bytes(rule.fingerprint());
        transactions.run(connection -> {
            Devices.Found device = Devices.lock(connection, deviceId);
            Devices.dropCredentials(connection, device.number(), "certificate");
            if (rule.allowed()) {
                Sql.on(connection, """
                                insert into device_credential (device_no, kind, hash)
                                values (:device, 'certificate', :hash::bytea)""")
                        .with("device", device.number())
                        .with("hash", fingerprint)
                        .update();
            }
            DeviceDesk.note(
                    connection,
                    viewer,
                    rule.allowed() ? "certificate-allowed" : "certificate-forbidden",
                    device.residentNo(),
                    deviceId,
                    fingerprint == null ? Map.of() : Map.of("fingerprint", Fingerprint.text(fingerprint)));
            Devices.changed(connection, deviceId);
            return device;
        });
        return rule;
    }

    /// Whether a device may not connect any more.
    ///
    /// @param revoked whether it may not
    @Introspected
    public record Revocation(
            @NotNull(message = "true or false") Boolean revoked) {}

    /// Revokes a device, which is disconnected then, or takes that back.
    @Post("/revocation")
    Revocation revoke(String deviceId, @Body @Valid Revocation revocation, @Parameter(hidden = true) Viewer viewer) {
        transactions.run(connection -> {
            Devices.Found device = Devices.lock(connection, deviceId);
            Sql.on(connection, """
                            update device set revoked_at = case when :revoked then coalesce(revoked_at, now()) end
                             where device_no = :device""")
                    .with("revoked", revocation.revoked())
                    .with("device", device.number())
                    .update();
            if (device.revoked() != revocation.revoked()) {
                DeviceDesk.note(
                        connection,
                        viewer,
                        revocation.revoked() ? "device-revoked" : "device-readmitted",
                        device.residentNo(),
                        deviceId,
                        Map.of());
            }
            Devices.changed(connection, deviceId);
            return device;
        });
        return revocation;
    }
}
