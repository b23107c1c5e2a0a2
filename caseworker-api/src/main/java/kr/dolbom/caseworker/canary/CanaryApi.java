package kr.dolbom.caseworker.canary;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;
import org.jspecify.annotations.Nullable;

/// The canary home.
@Controller("/api/v1/canary")
@Tag(name = "operations")
@Secured(Role.OPERATOR)
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class CanaryApi {
    private static final String PHONE = "a number such as +821012345678";
    private static final Duration DAY = Duration.ofDays(1);

    private final Transactions transactions;
    private final CanarySettings settings;
    private final Clock clock;

    CanaryApi(Transactions transactions, CanarySettings settings, Clock clock) {
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /// The phone that is to ring.
    ///
    /// @param phone its number, E.164
    @Introspected
    public record NewCanary(
            @NotNull(message = PHONE) @Pattern(regexp = "\\+[1-9][0-9]{6,14}", message = PHONE) String phone) {}

    /// The canary home and how it does.
    ///
    /// @param residentId to whom its device is to be bound when it is registered; missing before it is
    ///     set up
    /// @param phone which rings; missing before it is set up
    /// @param on whether the settings have a device for it
    /// @param runs calls for help in the last 24 hours
    /// @param inTime of them those with which the phone rang in time
    /// @param lastRangAt when the phone rang last, in time; missing: never
    /// @param lastSeconds how long that took from the button to the ring
    /// @param lateSince since when it rings late or not at all; missing: it rings in time
    /// @param lacks what did not do its part then: `broker`, `engine`, `response` or `phone`
    /// @param told whether the operators' address has taken that; false where there is none
    @Introspected
    public record Canary(
            @Nullable UUID residentId,
            @Nullable String phone,
            boolean on,
            int runs,
            int inTime,
            @Nullable Instant lastRangAt,
            @Nullable Double lastSeconds,
            @Nullable Instant lateSince,
            @Nullable String lacks,
            @Nullable Boolean told) {}

    /// How it does.
    @Get
    Canary get() {
        return transactions.run(this::read);
    }

    /// Sets the canary home up, or gives it another phone. Its device is registered afterwards as any
    /// other.
    @Put
    Canary set(@Body @Valid NewCanary canary, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            CanaryHome.set(connection, canary.phone(), viewer.account().login(), clock.instant());
            AuditLog.write(connection, viewer.actor(), "canary-set", null, Map.of());
            return read(connection);
        });
    }

    private Canary read(Connection connection) {
        Instant now = clock.instant();
        Optional<CanaryHome> home = CanaryHome.find(connection);
        CanaryRuns.Availability day = CanaryRuns.availability(connection, now.minus(DAY), now, settings.late());
        Optional<CanaryRun> last = CanaryRuns.findLastInTime(connection, settings.late());
        Optional<CanaryRuns.Alarm> alarm = CanaryRuns.findAlarm(connection);
        return new Canary(
                home.map(CanaryHome::residentId).orElse(null),
                home.map(CanaryHome::phone).orElse(null),
                settings.isOn(),
                day.runs(),
                day.inTime(),
                last.map(CanaryRun::rangAt).orElse(null),
                last.map(CanaryRun::secondsToRing).orElse(null),
                alarm.map(CanaryRuns.Alarm::beganAt).orElse(null),
                alarm.map(CanaryRuns.Alarm::lacks).orElse(null),
                alarm.map(one -> one.toldAt() != null && !settings.webhook().isEmpty())
                        .orElse(null));
    }
}
