package kr.dolbom.caseworker.canary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way to the operators that does not go by the provider of calls and texts: a plain HTTP POST of a
/// JSON object to an address of theirs. Safe for use by many threads.
@Singleton
final class OtherWay {
    private static final Logger LOG = LoggerFactory.getLogger(OtherWay.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int REDIRECT = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CanarySettings settings;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    OtherWay(CanarySettings settings) {
        this.settings = settings;
    }

    /// What the operators are told.
    ///
    /// @param event `canary-late` or `canary-well`
    /// @param since when the alarm began
    /// @param until when it ended; null: it lasts
    /// @param lacks what did not do its part: `broker`, `engine`, `response` or `phone`
    /// @param text the same as a sentence
    record Message(String event, Instant since, @Nullable Instant until, String lacks, String text) {}

    /// Tells it.
    ///
    /// @return whether it was taken, or there is nowhere to tell it
    boolean tell(Message message) {
        if (settings.webhook().isEmpty()) {
            LOG.error("The operators cannot be told, DOLBOM_CANARY_WEBHOOK is not set event={}", message.event());
            return true;
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(settings.webhook()))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json(message)))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status >= OK && status < REDIRECT) {
                return true;
            }
            LOG.error("The operators could not be told event={} status={}", message.event(), status);
        } catch (IOException e) {
            LOG.error("The operators could not be told event={} reason=\"{}\"", message.event(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static String json(Message message) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("event", message.event());
        members.put("since", message.since().toString());
        Instant until = message.until();
        if (until != null) {
            members.put("until", until.toString());
        }
        members.put("lacks", message.lacks());
        members.put("text", message.text());
        try {
            return JSON.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }
}
