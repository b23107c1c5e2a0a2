package kr.dolbom.sim.phone.line;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls the application's addresses as Twilio does: signed, form-encoded, 15 seconds at most. Thread-safe.
final class Webhooks implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Webhooks.class);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int REMEMBERED = 10_000;

    private final Account account;
    private final InstantSource clock;
    private final Monitor monitor;
    private final Deque<SentWebhook> sent = new ArrayDeque<>();
    private Signer signer = Signer.PRIMARY;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    Webhooks(Account account, InstantSource clock, Monitor monitor) {
        this.account = account;
        this.clock = clock;
        this.monitor = monitor;
    }

    /// Which token signs from now on.
    void signer(Signer next) {
        if (!account.canSign(next)) {
            throw new IllegalArgumentException(
                    "Signer %s: the account has no secondary auth token; start the simulator with one".formatted(next));
        }
        monitor.update(() -> signer = next);
    }

    Signer signer() {
        return monitor.read(() -> signer);
    }

    /// What the application answered.
    ///
    /// @param contentType without parameters, lower case, empty when absent
    /// @param bytes size of the body
    /// @param body read as UTF-8
    record Answer(int status, String contentType, int bytes, String body) {}

    /// Calls once and waits for the answer.
    ///
    /// @throws IOException when there was none
    Answer call(Callback target, Map<String, String> parameters) throws IOException {
        return call(target, parameters, UUID.randomUUID().toString());
    }

    private Answer call(Callback target, Map<String, String> parameters, String idempotencyToken) throws IOException {
        boolean get = target.method().equals("GET");
        String url = get
                ? withQuery(target.url().toString(), parameters)
                : target.url().toString();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(LIMIT)
                .header("Accept", "*/*")
                .header("User-Agent", "TwilioProxy/1.1")
                .header("I-Twilio-Idempotency-Token", idempotencyToken)
                .header("X-Twilio-Signature", Signature.of(account.token(signer()), url, get ? Map.of() : parameters))
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .method(
                        target.method(),
                        get
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(encode(parameters)))
                .build();
        Instant at = clock.instant();
        int status = 0;
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            status = response.statusCode();
            String type = response.headers().firstValue("Content-Type").orElse("");
            return new Answer(
                    status,
                    type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT),
                    response.body().length,
                    new String(response.body(), StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while calling a webhook", e);
        } finally {
            remember(new SentWebhook(at, target.method(), url, parameters, status));
        }
    }

    /// Calls and ignores the answer, as Twilio does with status callbacks; a bad answer is logged.
    void notify(Callback target, Map<String, String> parameters, String idempotencyToken) {
        try {
            int status = call(target, parameters, idempotencyToken).status();
            if (status / 100 != 2) {
                log.warn(
                        "Status callback refused: path={} status={}",
                        target.url().getPath(),
                        status);
            }
        } catch (IOException e) {
            if (!monitor.isClosed()) {
                log.warn(
                        "Status callback failed: path={} error={}", target.url().getPath(), e.toString());
            }
        }
    }

    /// The latest webhooks, oldest first.
    List<SentWebhook> sent() {
        return monitor.read(() -> List.copyOf(sent));
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }

    private void remember(SentWebhook webhook) {
        monitor.update(() -> {
            if (sent.size() == REMEMBERED) {
                sent.removeFirst();
            }
            sent.addLast(webhook);
        });
    }

    private static String withQuery(String url, Map<String, String> parameters) {
        return url + (url.indexOf('?') < 0 ? "?" : "&") + encode(parameters);
    }

    private static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(p -> URLEncoder.encode(p.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
