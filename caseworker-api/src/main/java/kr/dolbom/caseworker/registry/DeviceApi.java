package kr.dolbom.caseworker.registry;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.PageLimit;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.contract.identity.DeviceSecret;
import org.jspecify.annotations.Nullable;

/// The devices. The broker hears of each change on the channel `dolbom_device`.
@Controller("/api/v1/devices")
@Tag(name = "registry")
@Secured(Role.OPERATOR)
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class DeviceApi {
    private static final String COLUMNS = """
            select d.device_id, d.resident_no, r.resident_id, d.vendor, d.model, coalesce(p.connected, false) as connected,
                   d.revoked_at is not null as revoked
              from device d left join resident r using (resident_no) left join device_presence p using (device_no)
            """;

    private static final PageLimit LIMIT = new PageLimit(200, 1000);

    private final Transactions transactions;
    private final DeviceDesk desk;

    DeviceApi(Transactions transactions, DeviceDesk desk) {
        this.transactions = transactions;
        this.desk = desk;
    }

    /// A device to register.
    ///
    /// @param deviceId its MQTT client id
    /// @param residentId in whose home it stands; may be missing
    /// @param vendor who makes it
    /// @param model what it is
    /// @param credential `secret`: a secret is made and told; `claim-code`: the device enrols with a
    ///     one-time code and makes a secret of its own; `secret` when missing
    /// @param claimCode with `claim-code`: the code that is printed in the box; one is made and told
    ///     when missing
    @Introspected
    public record NewDevice(
            @NotNull(message = "3 to 64 of a-z, 0-9 and hyphen, no hyphen first") @Pattern(regexp = "[a-z0-9][a-z0-9-]{2,63}", message = "3 to 64 of a-z, 0-9 and hyphen, no hyphen first") String deviceId,

            @Nullable UUID residentId,

            @NotBlank(message = "a name of 1 to 60 characters") @Size(max = 60, message = "a name of 1 to 60 characters") String vendor,

            @NotBlank(message = "a name of 1 to 60 characters") @Size(max = 60, message = "a name of 1 to 60 characters") String model,

            @Nullable @Pattern(regexp = "secret|claim-code", message = "secret or claim-code") String credential,

            @Nullable String claimCode) {}

    /// A device that was registered just now.
    ///
    /// @param deviceId its MQTT client id and user name
    /// @param secret its MQTT password, shown this once only; missing where it enrols with a claim code
    /// @param claimCode the one-time code by which it enrols, shown this once only; missing where it
    ///     has a secret
    /// @param claimExpires until when the code is good
    @Introspected
    public record EnrolledDevice(
            String deviceId,
            @Nullable String secret,
            @Nullable String claimCode,
            @Nullable Instant claimExpires) {}

    /// A device.
    ///
    /// @param deviceId its MQTT client id
    /// @param residentId in whose home it stands, if in any
    /// @param vendor who makes it
    /// @param model what it is
    /// @param connected whether it is connected now
    /// @param revoked whether it may not connect any more
    @Introspected
    public record Device(
            String deviceId,
            @Nullable UUID residentId,
            String vendor,
            String model,
            boolean connected,
            boolean revoked) {}

    /// Registers a device and gives its secret or its claim code, this once only.
    @Post
    HttpResponse<EnrolledDevice> register(@Body @Valid NewDevice device, @Parameter(hidden = true) Viewer viewer) {
        UUID residentId = device.residentId();
        boolean claims = "claim-code".equals(device.credential());
        if (!claims && device.claimCode() != null) {
            throw Problem.invalid("claimCode", null, "no claim code beside the credential secret");
        }
        EnrolledDevice registered = transactions.run(connection -> {
            Integer residentNo = residentId == null ? null : ResidentApi.numberOf(connection, residentId);
            int deviceNo =
                    Devices.insert(connection, device.deviceId(), residentNo, device.vendor(), device.model(), viewer);
            return claims ? claim(connection, deviceNo, device) : secret(connection, deviceNo, device);
        });
        return HttpResponse.created(registered, URI.create("/api/v1/devices/" + device.deviceId()));
    }

    private EnrolledDevice secret(Connection connection, int deviceNo, NewDevice device) {
        DeviceSecret secret = DeviceSecret.generate();
        Devices.addCredential(connection, deviceNo, "secret", secret.hash(), null);
        return new EnrolledDevice(device.deviceId(), secret.text(), null, null);
    }

    private EnrolledDevice claim(Connection connection, int deviceNo, NewDevice device) {
        DeviceDesk.Claim claim = desk.claim(connection, deviceNo, device.claimCode());
        return new EnrolledDevice(device.deviceId(), null, claim.code().grouped(), claim.expires());
    }

    /// One page of devices.
    ///
    /// @param devices in the order in which they were registered
    /// @param after for the next page; null where this was the last
    @Introspected
    public record Page(List<Device> devices, @Nullable String after) {}

    /// All devices, one page at a time.
    ///
    /// @param after the member `after` of the last page; missing: the first page
    /// @param limit devices on a page, 1 to 1,000; missing: 200
    @Get
    Page list(
            @QueryValue @Nullable String after,
            @QueryValue @Nullable Integer limit,
            @Parameter(hidden = true) Viewer viewer) {
        int size = LIMIT.of(limit);
        List<Device> devices = transactions.run(connection -> {
            Integer last = after == null
                    ? null
                    : Sql.on(connection, "select device_no from device where device_id = :after")
                            .with("after", after)
                            .find(row -> row.number("device_no"))
                            .orElseThrow(() -> Problem.invalid("after", after, "the after of another page"));
            List<Shown> shown = Sql.on(connection, COLUMNS + """
                            where (:last::int is null or d.device_no > :last) order by d.device_no limit :limit""")
                    .with("last", last)
                    .with("limit", size)
                    .list(DeviceApi::read);
            note(connection, viewer, "device-listed", shown);
            return shown.stream().map(Shown::device).toList();
        });
        return new Page(
                devices, devices.size() < size ? null : devices.getLast().deviceId());
    }

    /// One device.
    @Get("/{deviceId}")
    Device get(String deviceId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            Shown shown = Sql.on(connection, COLUMNS + "where d.device_id = :device")
                    .with("device", deviceId)
                    .find(DeviceApi::read)
                    .orElseThrow(() -> Problem.notFound("device", deviceId));
            note(connection, viewer, "device-read", List.of(shown));
            return shown.device();
        });
    }

    /// A device with the number of the resident in whose home it is; null for none.
    private record Shown(Device device, @Nullable Integer residentNo) {}

    /// Whoever sees in whose home a device is has seen something of that resident.
    private static void note(Connection connection, Viewer viewer, String action, List<Shown> shown) {
        AuditLog.write(
                connection,
                viewer.actor(),
                action,
                shown.stream()
                        .flatMap(one -> Optional.ofNullable(one.residentNo()).stream())
                        .distinct()
                        .toList());
    }

    private static Shown read(Row row) {
        return new Shown(
                new Device(
                        row.text("device_id"),
                        row.findUuid("resident_id"),
                        row.text("vendor"),
                        row.text("model"),
                        row.flag("connected"),
                        row.flag("revoked")),
                row.findNumber("resident_no"));
    }
}
