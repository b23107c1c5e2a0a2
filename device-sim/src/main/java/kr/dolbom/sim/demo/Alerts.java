package kr.dolbom.sim.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/// The alerts as the platform's REST API shows them.
final class Alerts {
    private final WebClient api;

    Alerts(WebClient api) {
        this.api = api;
    }

    /// Waits for an open alert of a resident and a family.
    JsonNode await(UUID residentId, String family, Duration limit) throws InterruptedException {
        return Await.until("The %s alert".formatted(family), limit, () -> find(residentId, family));
    }

    Optional<JsonNode> find(UUID residentId, String family) throws InterruptedException {
        return findOpen(
                alert -> alert.path("resident").path("residentId").asText().equals(residentId.toString())
                        && alert.path("family").asText().equals(family));
    }

    Optional<JsonNode> findOpen(Predicate<JsonNode> fits) throws InterruptedException {
        for (JsonNode alert : api.get("/api/v1/alerts")) {
            if (fits.test(alert)) {
                return Optional.of(alert);
            }
        }
        return Optional.empty();
    }

    /// Waits until an alert has a state.
    JsonNode awaitState(String alertId, String state, Duration limit) throws InterruptedException {
        return Await.until("The state %s of the alert".formatted(state), limit, () -> {
            JsonNode alert = api.get("/api/v1/alerts/" + alertId).path("alert");
            return alert.path("state").asText().equals(state) ? Optional.of(alert) : Optional.empty();
        });
    }
}
