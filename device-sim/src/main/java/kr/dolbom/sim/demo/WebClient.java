package kr.dolbom.sim.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON over HTTP to one program. Safe for use by many threads.
final class WebClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String base;
    private final @Nullable String authorization;

    private WebClient(String base, @Nullable String authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    static WebClient open(String base) {
        return new WebClient(base, null);
    }

    WebClient as(String login, String password) {
        String credentials = login + ":" + password;
        return new WebClient(
                base, "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
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
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(method, body);
        if (authorization != null) {
            request.header("Authorization", authorization);
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
