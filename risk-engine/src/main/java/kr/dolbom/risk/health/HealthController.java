package kr.dolbom.risk.health;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.time.Instant;
import java.time.InstantSource;
import kr.dolbom.risk.follow.EngineStatus;

/// `GET /health`: 200 and `{"status":"UP"}` while the emergency lane is served and the feed is followed and has
/// been read to its end within the last minute, or another engine follows it and this one stands by; else 503
/// with the reason.
@Controller("/health")
final class HealthController {
    private final EngineStatus status;
    private final InstantSource clock;

    HealthController(EngineStatus status, InstantSource clock) {
        this.status = status;
        this.clock = clock;
    }

    @Get
    HttpResponse<Health> health() {
        Instant caughtUpAt = status.findCaughtUpAt().orElse(null);
        String role = status.findRole().map(EngineStatus.Role::id).orElse(null);
        return status.findTrouble(clock.instant())
                .map(reason -> HttpResponse.<Health>status(HttpStatus.SERVICE_UNAVAILABLE)
                        .body(new Health("DOWN", reason, caughtUpAt, role)))
                .orElseGet(() -> HttpResponse.ok(new Health("UP", null, caughtUpAt, role)));
    }
}
