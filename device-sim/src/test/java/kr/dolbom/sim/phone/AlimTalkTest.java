package kr.dolbom.sim.phone;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kr.dolbom.sim.phone.alimtalk.AlimTalkFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The AlimTalk provider as a client meets it, on a clock that the test sets.
class AlimTalkTest extends SimulatorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-03-01T03:00:00Z");
    private static final String KEY = "the-key";

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);

    private Duration patience = SOON;

    private record Answer(int status, JsonNode json) {
        String text(String name) {
            return json.path(name).asText();
        }
    }

    @Override
    PhoneSimulatorSettings settings() {
        return super.settings().withAlimTalkKey(KEY).withClock(now::get);
    }

    @AfterEach
    void disconnect() {
        http.shutdownNow();
    }

    @Test
    void aMessageIsAcceptedArrivesWithItsLinkAndItsFateIsToldSigned() throws Exception {
        Answer accepted = send("r-1");

        assertEquals(202, accepted.status());
        assertEquals("accepted", accepted.text("status"));
        JsonNode told = JSON.readTree(awaitTold(1).getFirst().body());
        assertEquals(accepted.text("id"), told.path("id").asText());
        assertEquals("r-1", told.path("reference").asText());
        assertEquals("delivered", told.path("status").asText());
        assertEquals(told, get(accepted.text("id")).json());
        assertEquals("알림 1건", simulator.phone(MINA).talks().getFirst().text());
        assertEquals(204, simulator.phone(MINA).browser().openLink().status());
        assertEquals(1, simulator.alimTalk().awaitMessages(MINA, 1, SOON).size());
        assertEquals(List.of(), simulator.phone(MINA).texts());
    }

    @Test
    void whatWebhooksAreToldIsSignedWithTheKey() throws Exception {
        send("r-1");
        WebApplication.Asked told = awaitTold(1).getFirst();

        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertEquals(
                HexFormat.of().formatHex(mac.doFinal(told.body().getBytes(StandardCharsets.UTF_8))),
                told.alimTalkSignature());
    }

    @Test
    void theSameReferenceIsTheSameMessage() throws Exception {
        assertEquals(send("r-1").text("id"), send("r-1").text("id"));

        assertEquals(1, simulator.alimTalk().messages(MINA).size());
    }

    @ParameterizedTest
    @CsvSource({"TEMPLATE_REJECTED,400,template-rejected", "API_500,500,internal"})
    void aRefusalSendsNothing(AlimTalkFault fault, int status, String error) throws Exception {
        simulator.alimTalk().fault(MINA, fault);
        Answer refused = send("r-1");

        assertEquals(status, refused.status());
        assertEquals(error, refused.text("error"));
        assertEquals(List.of(), simulator.alimTalk().messages());
    }

    @Test
    void aPersonWithoutKakaoTalkMakesItFail() throws Exception {
        simulator.alimTalk().fault(MINA, AlimTalkFault.NOT_A_USER);
        send("r-1");

        JsonNode told = JSON.readTree(awaitTold(1).getFirst().body());
        assertEquals("failed", told.path("status").asText());
        assertEquals("not-a-user", told.path("reason").asText());
        assertEquals(List.of(), simulator.phone(MINA).talks());
    }

    @Test
    void aProviderThatNeverAnswersStaysSilentForEver() throws Exception {
        simulator.alimTalk().fault(MINA, AlimTalkFault.NEVER_ANSWERS);
        String silent = send("r-1").text("id");
        simulator.alimTalk().clearFault(MINA);
        send("r-2");
        awaitTold(1);
        now.set(NOON.plus(Duration.ofDays(30)));

        assertEquals(0, simulator.alimTalk().answerLate());
        assertEquals("accepted", get(silent).text("status"));
        assertEquals(1, awaitTold(1).size());
    }

    @Test
    void aProviderThatAnswersAfterTwoDaysIsTooLate() throws Exception {
        simulator.alimTalk().fault(MINA, AlimTalkFault.TWO_DAYS_LATE);
        String late = send("r-1").text("id");
        now.set(NOON.plus(Duration.ofHours(47)));
        assertEquals("accepted", get(late).text("status"));
        now.set(NOON.plus(Duration.ofDays(2)));

        assertEquals("delivered", get(late).text("status"));
        assertEquals("2026-03-03T03:00:00Z", get(late).text("answeredAt"));
        assertEquals(1, awaitTold(1).size());
        assertEquals(0, simulator.alimTalk().answerLate());
    }

    @Test
    void whatIsLateCanBeAnsweredAtOnce() throws Exception {
        simulator.alimTalk().fault(MINA, AlimTalkFault.TWO_DAYS_LATE);
        send("r-1");

        assertEquals(1, simulator.alimTalk().answerLate());
        assertEquals(
                "delivered",
                JSON.readTree(awaitTold(1).getFirst().body()).path("status").asText());
    }

    @Test
    void aProviderThatHangsDoesNothing() {
        simulator.alimTalk().fault(MINA, AlimTalkFault.API_HANG);
        patience = Duration.ofMillis(300);

        assertThrows(HttpTimeoutException.class, () -> send("r-1"));
        assertEquals(List.of(), simulator.alimTalk().messages());
    }

    @Test
    void whatIsMissingOrWrongIsNamed() throws Exception {
        assertEquals(401, request("GET", "messages/at-1", "", "wrong").status());
        assertEquals(404, get("at-1").status());
        assertEquals(404, request("GET", "faxes", "", KEY).status());
        for (String missing : List.of("to", "template", "text", "reference")) {
            ObjectNode body = body("r-1");
            body.remove(missing);
            Answer refused = request("POST", "messages", body.toString(), KEY);
            assertEquals(400, refused.status());
            assertTrue(refused.text("message").startsWith(missing), refused.text("message"));
        }
        assertEquals(
                400,
                request("POST", "messages", body("r-1").put("to", "010").toString(), KEY)
                        .status());
        assertEquals(400, request("POST", "messages", "no json", KEY).status());
    }

    private Answer send(String reference) throws IOException, InterruptedException {
        return request("POST", "messages", body(reference).toString(), KEY);
    }

    private Answer get(String id) throws IOException, InterruptedException {
        return request("GET", "messages/" + id, "", KEY);
    }

    private ObjectNode body(String reference) {
        return JSON.createObjectNode()
                .put("to", MINA)
                .put("template", "care-alert")
                .put("text", "알림 1건")
                .put("link", application.url("/a/k3"))
                .put("webhook", application.url("/alimtalk"))
                .put("reference", reference);
    }

    private List<WebApplication.Asked> awaitTold(int count) {
        await().atMost(SOON).until(() -> application.asked("/alimtalk").size() >= count);
        return application.asked("/alimtalk");
    }

    private Answer request(String method, String path, String body, String key)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(
                HttpRequest.newBuilder(URI.create(simulator.url() + "/alimtalk/v1/" + path))
                        .timeout(patience)
                        .header("Authorization", "Bearer " + key)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }
}
