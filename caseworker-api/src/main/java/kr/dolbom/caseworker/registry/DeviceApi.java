package kr.dolbom.caseworker.registry;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.identity.SecretHash;
import org.jspecify.annotations.Nullable;

/// The devices. The broker hears of each new one on the channel `dolbom_device`.
@Controller("/api/v1/devices")
@Tag(name = "registry")
@Secured(Role.OPERATOR)
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class DeviceApi {
    private static final String COLUMNS = """
            select d.device_id, r.resident_id, d.vendor, d.model, coalesce(p.connected, false) as connected
              from device d left join resident r using (resident_no) left join device_presence p using (device_no)
            """;

    private final Transactions transactions;

    DeviceApi(Transactions transactions) {
        this.transactions = transactions;
    }

    /// A device to enrol.
    ///
    /// @param deviceId its MQTT client id
    /// @param residentId in whose home it stands; may be missing
    /// @param vendor who makes it
    /// @param model what it is
    @Introspected
    public record NewDevice(
            @NotNull(message = "3 to 64 of a-z, 0-9 and hyphen, no hyphen first") @Pattern(regexp = "[a-z0-9][a-z0-9-]{2,63}", message = "3 to 64 of a-z, 0-9 and hyphen, no hyphen first") String deviceId,

            @Nullable UUID residentId,

            @NotBlank(message = "a name of 1 to 60 characters") @Size(max = 60, message = "a name of 1 to 60 characters") String vendor,

            @NotBlank(message = "a name of 1 to 60 characters") @Size(max = 60, message = "a name of 1 to 60 characters") String model) {}

    /// A device that was enrolled just now.
    ///
    /// @param deviceId its MQTT client id and user name
    /// @param secret its MQTT password, shown this once only
    @Introspected
    public record EnrolledDevice(String deviceId, String secret) {}

    /// A device.
    ///
    /// @param deviceId its MQTT client id
    /// @param residentId in whose home it stands, if in any
    /// @param vendor who makes it
    /// @param model what it is
    /// @param connected whether it is connected now
    @Introspected
    public record Device(String deviceId, @Nullable UUID residentId, String vendor, String model, boolean connected) {}

    /// Enrols a device and gives its secret, this once only.
    @Post
    HttpResponse<EnrolledDevice> enrol(@Body @Valid NewDevice device) {
        DeviceSecret secret = DeviceSecret.generate();
        SecretHash hash = secret.hash();
        UUID residentId = device.residentId();
        transactions.run(connection -> {
            int added = Sql.on(connection, """
                            insert into device (device_id, resident_no, vendor, model, secret_salt, secret_hash)
                            values (:device, :resident, :vendor, :model, :salt, :hash)
                            on conflict (device_id) do nothing""")
                    .with("device", device.deviceId())
                    .with("resident", residentId == null ? null : ResidentApi.numberOf(connection, residentId))
                    .with("vendor", device.vendor())
                    .with("model", device.model())
                    .with("salt", hash.salt())
                    .with("hash", hash.hash())
                    .update();
            if (added == 0) {
                throw Problem.duplicate("deviceId", device.deviceId());
            }
            return Sql.on(connection, "select pg_notify('dolbom_device', :device)::text as notified")
                    .with("device", device.deviceId())
                    .list(row -> row);
        });
        return HttpResponse.created(
                new EnrolledDevice(device.deviceId(), secret.text()),
                URI.create("/api/v1/devices/" + device.deviceId()));
    }

    /// All devices.
    @Get
    List<Device> list() {
        return transactions.run(connection ->
                Sql.on(connection, COLUMNS + "order by d.device_no").list(DeviceApi::read));
    }

    /// One device.
    @Get("/{deviceId}")
    Device get(String deviceId) {
        return transactions.run(connection -> Sql.on(connection, COLUMNS + "where d.device_id = :device")
                .with("device", deviceId)
                .find(DeviceApi::read)
                .orElseThrow(() -> Problem.notFound("device", deviceId)));
    }

    private static Device read(Row row) {
        return new Device(
                row.text("device_id"),
                row.findUuid("resident_id"),
                row.text("vendor"),
                row.text("model"),
                row.flag("connected"));
    }
}
