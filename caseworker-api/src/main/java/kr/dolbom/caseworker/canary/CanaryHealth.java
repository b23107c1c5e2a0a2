package kr.dolbom.caseworker.canary;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import java.time.Clock;
import java.time.Instant;
import kr.dolbom.caseworker.database.Transactions;
import org.jspecify.annotations.Nullable;

/// Whether a call for help comes to a phone, for monitors outside of the platform: the only ones who
/// notice that all of it is gone.
@Controller("/health/canary")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class CanaryHealth {
    private final Transactions transactions;
    private final CanarySettings settings;
    private final Clock clock;

    CanaryHealth(Transactions transactions, CanarySettings settings, Clock clock) {
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /// How the canary home does.
    ///
    /// @param status `UP`, `DOWN`, or `OFF` where there is no canary home
    /// @param lastRangAt when the phone rang last, in time; missing: never
    /// @param lastSeconds how long that took from the button to the ring
    @Introspected
    record Health(
            String status,
            @Nullable Instant lastRangAt,
            @Nullable Double lastSeconds) {}

    /// 200 and `UP` while the phone rings in time, or `OFF` where there is no canary home; 503 and
    /// `DOWN` when it rang late or not at all, or nobody has called for help for longer than the
    /// settings say.
    @Get
    @SecurityRequirements
    HttpResponse<Health> health() {
        if (!settings.isOn()) {
            return HttpResponse.ok(new Health("OFF", null, null));
        }
        Instant stale =
                clock.instant().minus(settings.every()).minus(settings.late().multipliedBy(2));
        return transactions.run(connection -> {
            CanaryRun last =
                    CanaryRuns.findLastInTime(connection, settings.late()).orElse(null);
            boolean isWell = last != null
                    && last.begunAt().isAfter(stale)
                    && CanaryRuns.findAlarm(connection).isEmpty();
            var health = new Health(
                    isWell ? "UP" : "DOWN",
                    last == null ? null : last.rangAt(),
                    last == null ? null : last.secondsToRing());
            return isWell
                    ? HttpResponse.ok(health)
                    : HttpResponse.<Health>status(HttpStatus.SERVICE_UNAVAILABLE)
                            .body(health);
        });
    }
}
