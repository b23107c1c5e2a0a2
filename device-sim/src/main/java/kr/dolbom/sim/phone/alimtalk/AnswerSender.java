package kr.dolbom.sim.phone.alimtalk;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kr.dolbom.sim.phone.line.WebAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells webhooks what became of messages: JSON, signed with HMAC-SHA256 of the body in hexadecimal digits.
final class AnswerSender implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AnswerSender.class);
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final String key;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();

    AnswerSender(String key) {
        this.key = key;
    }

    void send(AlimTalkMessage message) {
        Optional<URI> address = WebAddress.parse(message.webhook());
        if (address.isEmpty()) {
            return;
        }
        String body = AlimTalkApi.json(message).toString();
        HttpRequest request = HttpRequest.newBuilder(address.get())
                .timeout(LIMIT)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("X-AlimTalk-Signature", signature(key, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                log.warn(
                        "AlimTalk answer refused: path={} status={}",
                        address.get().getPath(),
                        status);
            }
        } catch (IOException e) {
            log.warn("AlimTalk answer failed: path={} error={}", address.get().getPath(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String signature(String key, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no HmacSHA256", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
