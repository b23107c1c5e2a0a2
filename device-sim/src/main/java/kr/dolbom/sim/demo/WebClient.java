package kr.dolbom.sim.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON over HTTP to one program. Safe for use by many threads.
final class WebClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String base;
    private final @Nullable Credentials credentials;

    /// Asked for when it is first needed: until then the program may not serve yet.
    private volatile @Nullable String token;

    private WebClient(String base, @Nullable Credentials credentials) {
        this.base = base;
        this.credentials = credentials;
    }

    private record Credentials(String login, String password) {}

    static WebClient open(String base) {
        return new WebClient(base, null);
    }

    WebClient as(String login, String password) {
        return new WebClient(base, new Credentials(login, password));
    }

    JsonNode get(String path) throws InterruptedException {
        return send("GET", path, HttpRequest.BodyPublishers.noBody());
    }

    /// @param body null members are left out
    JsonNode post(String path, Map<String, ?> body) throws InterruptedException {
        return send("POST", path, json(body));
    }

    JsonNode put(String path, Map<String, ?> body) throws InterruptedException {
        return send("PUT", path, json(body));
    }

    private static HttpRequest.BodyPublisher json(Map<String, ?> body) {
        return HttpRequest.BodyPublishers.ofString(JSON.valueToTree(body).toString());
    }

    private JsonNode send(String method, String path, HttpRequest.BodyPublisher body) throws InterruptedException {
        String known = token;
        if (known == null && credentials != null) {
            known = exchange("POST", "/api/v1/tokens", json(askedFor(credentials)), null)
                    .path("token")
                    .asText();
            token = known;
        }
        return exchange(method, path, body, known);
    }

    private static Map<String, ?> askedFor(Credentials credentials) {
        return Map.of(
                "login", credentials.login(), "password", credentials.password(), "name", "demo", "lifetime", "P7D");
    }

    private JsonNode exchange(String method, String path, HttpRequest.BodyPublisher body, @Nullable String bearer)
            throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(method, body);
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new StepFailedException("%s %s%s answered %d: %s"
                        .formatted(method, base, path, response.statusCode(), response.body()));
            }
            return response.body().isBlank() ? JSON.nullNode() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new StepFailedException("%s %s%s failed: %s".formatted(method, base, path, e));
        }
    }
}
