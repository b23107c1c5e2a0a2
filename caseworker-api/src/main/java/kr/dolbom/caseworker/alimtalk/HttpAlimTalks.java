package kr.dolbom.caseworker.alimtalk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.PublicAddress;
import kr.dolbom.caseworker.escalation.AlimTalkSettings;
import kr.dolbom.caseworker.escalation.AlimTalks;
import kr.dolbom.caseworker.escalation.SendResult;

/// Sends AlimTalk messages through a provider's HTTP API, as `docs/reference/alimtalk.md` writes it
/// down. Safe for use by many threads.
@Singleton
final class HttpAlimTalks implements AlimTalks {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final AlimTalkSettings settings;
    private final PublicAddress address;
    private final HttpClient client;

    HttpAlimTalks(AlimTalkSettings settings, PublicAddress address) {
        this.settings = settings;
        this.address = address;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public SendResult send(UUID attemptId, String to, String language, String text, URI link) {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("senderKey", settings.senderKey());
        message.put("template", language.equals("en") ? settings.templateEn() : settings.templateKo());
        message.put("to", to);
        message.put("text", text);
        message.put("link", link.toString());
        message.put("reference", attemptId.toString());
        message.put("webhook", address.of("/alimtalk/status/" + attemptId).toString());
        HttpRequest request = HttpRequest.newBuilder(URI.create(settings.url() + "/messages"))
                .timeout(settings.answerTimeout())
                .header("Authorization", "Bearer " + settings.key())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json(message)))
                .build();
        try {
            return read(client.send(request, HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            return new SendResult.Unknown(e.getClass().getSimpleName() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new SendResult.Unknown("interrupted");
        }
    }

    private static SendResult read(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return AlimTalkStatus.read(answer.body())
                    .map(told -> switch (told.state()) {
                        case DELIVERED -> new SendResult.Delivered(told.id());
                        case FAILED -> new SendResult.Refused(status, "failed: " + told.error());
                        default -> new SendResult.Accepted(told.id());
                    })
                    .orElseGet(() -> new SendResult.Unknown("HTTP %d with an unknown body".formatted(status)));
        }
        String why = why(answer.body());
        if (status == TOO_MANY_REQUESTS) {
            return new SendResult.TooOften(status, why);
        }
        return status < SERVER_ERROR
                ? new SendResult.Refused(status, why)
                : new SendResult.Unknown("HTTP %d: %s".formatted(status, why));
    }

    private static String why(byte[] body) {
        try {
            return JSON.readTree(body).path("error").asText("no reason");
        } catch (IOException e) {
            return "no reason";
        }
    }

    private static String json(Map<String, String> message) {
        try {
            return JSON.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }

    @PreDestroy
    void close() {
        client.shutdownNow();
    }
}
