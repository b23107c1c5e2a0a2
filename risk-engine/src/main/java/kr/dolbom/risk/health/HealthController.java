package kr.dolbom.risk.health;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import kr.dolbom.risk.follow.EngineStatus;

/// `GET /health`: 200 and `{"status":"UP"}` while the feed is followed and the emergency lane served; else 503 with the
/// reason.
@Controller("/health")
final class HealthController {
    private final EngineStatus status;

    HealthController(EngineStatus status) {
        this.status = status;
    }

    @Get
    HttpResponse<Health> health() {
        return status.findTrouble()
                .map(reason -> HttpResponse.<Health>status(HttpStatus.SERVICE_UNAVAILABLE)
                        .body(new Health("DOWN", reason)))
                .orElseGet(() -> HttpResponse.ok(new Health("UP", null)));
    }
}
