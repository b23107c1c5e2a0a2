package kr.dolbom.sim.phone.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import kr.dolbom.sim.phone.PhoneSimulator;
import kr.dolbom.sim.phone.PhoneSimulatorSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PushServiceTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static PhoneSimulator simulator;
    private static HttpClient http;

    private final Sender sender = new Sender();
    private PushSubscription subscription;

    @BeforeAll
    static void start() {
        simulator = PhoneSimulator.start(PhoneSimulatorSettings.of("AC0123456789abcdef0123456789abcdef", "token"));
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.shutdownNow();
        simulator.close();
    }

    @BeforeEach
    void subscribe() {
        subscription = simulator.push().subscribe();
    }

    @Test
    void aMessageIsOpenedAsTheBrowserWouldAndItsHeadersAreKept() throws Exception {
        byte[] body = Sender.encrypt("알림 1건", subscription.p256dh(), subscription.auth());
        HttpResponse<String> response = send(
                Map.of(
                        "TTL", "300",
                        "Urgency", "high",
                        "Topic", "alert-1",
                        "Content-Encoding", "aes128gcm",
                        "Authorization", proof(Duration.ofHours(12))),
                body);

        assertEquals(201, response.statusCode(), response.body());
        assertTrue(response.headers().firstValue("Location").orElse("").startsWith(simulator.url()));
        PushNotice notice =
                simulator.push().awaitNotices(subscription.id(), 1, SOON).getFirst();
        assertEquals("알림 1건", notice.text());
        assertEquals("300", notice.header("TTL"));
        assertEquals("high", notice.header("Urgency"));
        assertEquals("alert-1", notice.header("Topic"));
        assertTrue(notice.header("Authorization").startsWith("vapid t="));
        assertEquals("", notice.fault());
    }

    @ParameterizedTest
    @EnumSource(PushAnswer.class)
    void aRequestInOrderGetsTheAnswerThatWasSet(PushAnswer answer) throws Exception {
        simulator.push().answer(subscription.id(), answer);
        HttpResponse<String> response =
                send(Map.of("TTL", "0", "Authorization", proof(Duration.ofHours(1))), new byte[0]);

        assertEquals(answer.status(), response.statusCode());
        assertEquals(
                answer == PushAnswer.TOO_MANY,
                response.headers().firstValue("Retry-After").isPresent());
        assertEquals(1, simulator.push().notices(subscription.id()).size());
    }

    @Test
    void aRequestThatIsNotInOrderIsRefusedAndSaysWhy() throws Exception {
        String good = proof(Duration.ofHours(1));
        byte[] none = new byte[0];
        refused(400, "TTL", Map.of("Authorization", good), none);
        refused(401, "vapid", Map.of("TTL", "60"), none);
        refused(403, "exp", Map.of("TTL", "60", "Authorization", proof(Duration.ofHours(25))), none);
        refused(403, "exp", Map.of("TTL", "60", "Authorization", proof(Duration.ofHours(-1))), none);
        refused(
                403,
                "aud",
                Map.of(
                        "TTL",
                        "60",
                        "Authorization",
                        sender.authorization("https://b.example", Instant.now().plusSeconds(60))),
                none);
        refused(
                403,
                "signed",
                Map.of("TTL", "60", "Authorization", good.replaceFirst("k=.*", "k=" + subscription.p256dh())),
                none);
        refused(413, "4097", Map.of("TTL", "60", "Authorization", good), new byte[4097]);
        refused(400, "aes128gcm", Map.of("TTL", "60", "Authorization", good), new byte[200]);
        refused(
                400,
                "could not open",
                Map.of("TTL", "60", "Authorization", good, "Content-Encoding", "aes128gcm"),
                "health data in the clear".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anUnknownSubscriptionIsNotFound() throws Exception {
        assertThrows(IllegalArgumentException.class, () -> simulator.push().answer("none", PushAnswer.GONE));
        assertEquals(
                404,
                http.send(
                                HttpRequest.newBuilder(URI.create(simulator.url() + "/push/none"))
                                        .POST(HttpRequest.BodyPublishers.noBody())
                                        .build(),
                                HttpResponse.BodyHandlers.discarding())
                        .statusCode());
    }

    private void refused(int status, String why, Map<String, String> headers, byte[] body) throws Exception {
        HttpResponse<String> response = send(headers, body);

        assertEquals(status, response.statusCode(), response.body());
        assertTrue(response.body().contains(why), response.body());
        assertEquals("", simulator.push().notices(subscription.id()).getLast().text());
    }

    private String proof(Duration life) throws Exception {
        return sender.authorization(simulator.url(), Instant.now().plus(life));
    }

    private HttpResponse<String> send(Map<String, String> headers, byte[] body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(subscription.endpoint()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
