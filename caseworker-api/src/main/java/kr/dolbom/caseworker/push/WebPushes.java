package kr.dolbom.caseworker.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zerodeplibs.webpush.EncryptedPushMessage;
import com.zerodeplibs.webpush.MessageEncryptions;
import com.zerodeplibs.webpush.PushMessage;
import com.zerodeplibs.webpush.UserAgentMessageEncryptionKeyInfo;
import com.zerodeplibs.webpush.jwt.VAPIDJWTParam;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.PublicAddress;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.Pushes;
import kr.dolbom.caseworker.escalation.SendResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends messages to browsers, each encrypted for that browser alone. Safe for use by many threads.
@Singleton
final class WebPushes implements Pushes {
    private static final Logger LOG = LoggerFactory.getLogger(WebPushes.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PROOF_LASTS = Duration.ofHours(12);
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final Transactions transactions;
    private final PushSettings settings;
    private final PushKey key;
    private final String contact;
    private final Clock clock;
    private final HttpClient client;

    WebPushes(Transactions transactions, PushSettings settings, PushKey key, PublicAddress address, Clock clock) {
        this.transactions = transactions;
        this.settings = settings;
        this.key = key;
        this.contact = settings.contact().isEmpty() ? address.url() : settings.contact();
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public SendResult send(UUID attemptId, Alert.Person person, Message message) {
        String text = json(message);
        return transactions.run(connection -> PushSubscriptions.list(connection, person.number())).stream()
                .map(browser -> sendOrForget(attemptId, person, browser, message.alertId(), text))
                .min(Comparator.comparingInt(WebPushes::worth))
                .orElseGet(() -> new SendResult.Refused(GONE, "no browser is subscribed any more"));
    }

    /// Where one browser may show it, somebody may see it.
    private static int worth(SendResult result) {
        return switch (result) {
            case SendResult.Reached _, SendResult.Delivered _ -> 0;
            case SendResult.Accepted _ -> 1;
            case SendResult.TooOften _ -> 2;
            case SendResult.Unknown _ -> 3;
            case SendResult.Refused _ -> 4;
        };
    }

    private SendResult sendOrForget(UUID attemptId, Alert.Person person, Browser browser, UUID alertId, String text) {
        SendResult result = send(attemptId, browser, alertId, text);
        if (result instanceof SendResult.Refused(int code, String _) && (code == NOT_FOUND || code == GONE)) {
            LOG.info("A browser is subscribed no more subscription={} status={}", browser.subscriptionId(), code);
            transactions.run(
                    connection -> PushSubscriptions.remove(connection, person.number(), browser.subscriptionId()));
        }
        return result;
    }

    private SendResult send(UUID attemptId, Browser browser, UUID alertId, String text) {
        try {
            HttpResponse<String> answer =
                    client.send(request(browser, alertId, text), HttpResponse.BodyHandlers.ofString());
            int status = answer.statusCode();
            if (status / 100 == 2) {
                return new SendResult.Accepted(
                        answer.headers().firstValue("Location").orElse("push-" + attemptId));
            }
            String told = "the push service answered " + status;
            return switch (status) {
                case TOO_MANY_REQUESTS -> new SendResult.TooOften(status, told);
                default -> status < SERVER_ERROR ? new SendResult.Refused(status, told) : new SendResult.Unknown(told);
            };
        } catch (IOException e) {
            return new SendResult.Unknown(e.getClass().getSimpleName() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new SendResult.Unknown("interrupted");
        }
    }

    private HttpRequest request(Browser browser, UUID alertId, String text) {
        EncryptedPushMessage message = MessageEncryptions.of()
                .encrypt(
                        UserAgentMessageEncryptionKeyInfo.of(browser.publicKey(), browser.authSecret()),
                        PushMessage.ofUTF8(text));
        return HttpRequest.newBuilder(browser.endpoint())
                .timeout(settings.answerTimeout())
                .header("TTL", Long.toString(settings.keepFor().toSeconds()))
                .header("Urgency", "high")
                .header("Topic", topic(alertId))
                .header("Authorization", proof(browser.endpoint()))
                .header("Content-Type", message.mediaType())
                .header("Content-Encoding", message.contentEncoding())
                .POST(HttpRequest.BodyPublishers.ofByteArray(message.toBytes()))
                .build();
    }

    private String proof(URI endpoint) {
        return key.get()
                .generateAuthorizationHeaderValue(VAPIDJWTParam.getBuilder()
                        .resourceURLString(endpoint.toString())
                        .expirationTime(clock.instant().plus(PROOF_LASTS))
                        .subject(contact)
                        .build());
    }

    /// At most 32 characters of base64url: while a browser is away, only the last message of an alert
    /// waits for it.
    private static String topic(UUID alertId) {
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(alertId.getMostSignificantBits())
                .putLong(alertId.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String json(Message message) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("title", message.title());
        members.put("body", message.text());
        members.put("url", message.link().toString());
        members.put("tag", message.alertId().toString());
        try {
            return JSON.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }

    @PreDestroy
    void close() {
        client.shutdownNow();
    }
}
