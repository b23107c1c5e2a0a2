package kr.dolbom.sim.phone;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import kr.dolbom.sim.phone.alimtalk.AlimTalkFault;
import kr.dolbom.sim.phone.line.Behaviour;
import kr.dolbom.sim.phone.line.CallStatus;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.line.LinkHabit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The phones as scripts and the page meet them over HTTP.
class PhonesApiTest extends SimulatorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ASK =
            "<Response><Gather numDigits=\"1\" action=\"/keys\"><Say language=\"ko-KR\">눌러 주세요.</Say></Gather></Response>";

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void hangUpTheClient() {
        http.shutdownNow();
    }

    @Test
    void aCallIsAnsweredAndAKeyPressedByAScript() throws Exception {
        application.answer("/voice", ASK);
        application.answer("/keys", "<Response/>");
        call(MINA, "/voice").create(twilio);

        assertEquals(
                "in-progress",
                post(MINA, "answer", "{\"waitSeconds\":10}")
                        .at("/calls/0/status")
                        .asText());
        post(MINA, "press", "{\"keys\":\"1\",\"waitSeconds\":10}");

        simulator.phone(MINA).awaitCallEnd(SOON);
        JsonNode phone = get("/phones/api/phones/" + MINA);
        assertEquals("completed", phone.at("/calls/0/status").asText());
        assertEquals("1", phone.at("/calls/0/keys").asText());
        assertEquals("눌러 주세요.", phone.at("/calls/0/spoken/0/text").asText());
        assertEquals("ko-KR", phone.at("/calls/0/spoken/0/language").asText());
        assertEquals(1, phone.path("rings").size());
    }

    @ParameterizedTest
    @CsvSource({"decline,BUSY", "ring-out,NO_ANSWER"})
    void aRingingCallIsEndedByAScript(String act, CallStatus status) throws Exception {
        call(MINA, "/voice").create(twilio);
        post(MINA, act, "{\"waitSeconds\":10}");

        assertEquals(status, simulator.phone(MINA).awaitCallEnd(SOON).status());
    }

    @Test
    void aCallInProgressIsEndedByAScript() throws Exception {
        application.answer("/voice", ASK);
        call(MINA, "/voice").create(twilio);
        post(MINA, "answer", "{\"waitSeconds\":10}");
        post(MINA, "stay-silent", "{\"waitSeconds\":10}");
        assertEquals(
                CallStatus.COMPLETED, simulator.phone(MINA).awaitCallEnd(SOON).status());

        call(MINA, "/voice").create(twilio);
        post(MINA, "answer", "{\"waitSeconds\":10}");
        post(MINA, "hangup", "{}");
        assertEquals(
                CallStatus.COMPLETED, simulator.phone(MINA).awaitCallEnd(SOON).status());
    }

    @Test
    void actingAtTheWrongMomentChangesNothingAndSaysSo() throws Exception {
        for (String act : List.of("answer", "decline", "ring-out", "hangup", "stay-silent")) {
            assertEquals(409, send("POST", phonePath(MINA, act), "{}").statusCode(), act);
        }
        HttpResponse<String> refused = send("POST", phonePath(MINA, "press"), "{\"keys\":\"1\"}");
        assertEquals(409, refused.statusCode());
        assertTrue(refused.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json"));
        assertTrue(refused.body().contains("no call that listens"), refused.body());
    }

    @Test
    void ownerBehaviourAndFaultsAreSet() throws Exception {
        put(phonePath(MINA, "owner"), "{\"owner\":\" 김민아 \"}");
        put(phonePath(MINA, "behaviour"), "{\"kind\":\"answer\",\"afterSeconds\":1.5,\"keys\":\"1\"}");
        JsonNode phone = put(phonePath(MINA, "faults"), "{\"BUSY\":null,\"API_500\":2}");

        assertEquals("김민아", simulator.phone(MINA).owner());
        assertEquals(
                Behaviour.answer(Duration.ofMillis(1500), "1"),
                simulator.phone(MINA).behaviour());
        assertEquals(
                Map.of(Fault.BUSY, Integer.MAX_VALUE, Fault.API_500, 2),
                simulator.phone(MINA).faults());
        assertEquals("answer", phone.at("/behaviour/kind").asText());
        assertTrue(phone.at("/faults/BUSY").isNull());

        put(phonePath(MINA, "behaviour"), "{\"kind\":\"speak\",\"words\":[\"네\"]}");
        assertEquals(
                Behaviour.speak(Duration.ZERO, List.of("네")),
                simulator.phone(MINA).behaviour());
        put(phonePath(MINA, "behaviour"), "{\"kind\":\"decline\"}");
        assertEquals(Behaviour.decline(Duration.ZERO), simulator.phone(MINA).behaviour());
        put(phonePath(MINA, "behaviour"), "{\"kind\":\"by-hand\"}");
        assertEquals(Behaviour.BY_HAND, simulator.phone(MINA).behaviour());
        put(phonePath(MINA, "faults"), "{}");
        assertEquals(Map.of(), simulator.phone(MINA).faults());
    }

    @Test
    void faultsForEveryNumberAndCallbackRulesAreSet() throws Exception {
        assertEquals(
                1, put("/phones/api/faults", "{\"API_503\":1}").path("API_503").asInt());
        assertEquals(1, get("/phones/api/faults").path("API_503").asInt());
        assertEquals(400, send("PUT", "/phones/api/faults", "{\"BUSY\":null}").statusCode());

        put("/phones/api/callbacks", "{\"delaySeconds\":0.5,\"copies\":2,\"swapped\":true}");
        JsonNode rules = get("/phones/api/callbacks");
        assertEquals(0.5, rules.path("delaySeconds").asDouble());
        assertEquals(2, rules.path("copies").asInt());
        assertTrue(rules.path("swapped").asBoolean());
    }

    @Test
    void linksAreOpenedAndCallbacksOfOnePhoneGetLostByAScript() throws Exception {
        put(phonePath(MINA, "links"), "{\"afterSeconds\":60,\"times\":2,\"presses\":false}");
        put(phonePath(MINA, "callbacks"), "{\"lost\":[\"delivered\"]}");
        assertEquals(
                new LinkHabit(Duration.ofMinutes(1), 2, false),
                simulator.phone(MINA).browser().habit());
        assertEquals(
                Set.of("delivered"),
                simulator.phone(MINA).callbackRules().orElseThrow().lost());
        text(MINA, "Hello " + application.url("/a/k3")).create(twilio);

        assertEquals(
                204,
                post(MINA, "open-link", "{\"waitSeconds\":10}")
                        .at("/visits/0/status")
                        .asInt());
        assertEquals(409, send("POST", phonePath(MINA, "press-link"), "{}").statusCode());
        expectOk(send("DELETE", phonePath(MINA, "callbacks"), "{}"));
        assertEquals(Optional.empty(), simulator.phone(MINA).callbackRules());
    }

    @Test
    void everyCallbackGetsLostAndTheSignerIsChosenByAScript() throws Exception {
        put("/phones/api/callbacks", "{\"lost\":\"all\"}");
        assertTrue(get("/phones/api/callbacks").path("lost").size() > 10);
        assertEquals(
                "FORGED",
                put("/phones/api/signer", "{\"signer\":\"FORGED\"}")
                        .path("signer")
                        .asText());
        assertEquals(
                400,
                send("PUT", "/phones/api/signer", "{\"signer\":\"SECONDARY\"}").statusCode());
        String webhook = "{\"url\":\"%s\",\"parameters\":{\"CallSid\":\"CA0\"}}".formatted(application.url("/status"));
        assertEquals(
                204,
                JSON.readTree(expectOk(send("POST", "/phones/api/webhooks", webhook))
                                .body())
                        .path("status")
                        .asInt());
        assertEquals("CA0", application.asked("/status").getFirst().value("CallSid"));
        assertEquals(
                "CA0",
                get("/phones/api/webhooks").at("/webhooks/0/parameters/CallSid").asText());
    }

    @Test
    void alimTalkAndPushAreSetByAScript() throws Exception {
        put("/phones/api/alimtalk/faults/" + MINA, "{\"fault\":\"NEVER_ANSWERS\"}");
        assertEquals(
                Map.of(MINA, AlimTalkFault.NEVER_ANSWERS), simulator.alimTalk().faults());
        put("/phones/api/alimtalk/faults/" + MINA, "{\"fault\":null}");
        assertEquals(Map.of(), simulator.alimTalk().faults());
        assertEquals(0, get("/phones/api/alimtalk").path("messages").size());
        assertTrue(expectOk(send("POST", "/phones/api/alimtalk/late-answers", "{}"))
                .body()
                .contains("0"));

        JsonNode subscription = JSON.readTree(
                expectOk(send("POST", "/phones/api/push/subscriptions", "{}")).body());
        assertTrue(subscription.path("endpoint").asText().startsWith(simulator.url() + "/push/"));
        assertEquals(87, subscription.at("/keys/p256dh").asText().length());
        String path =
                "/phones/api/push/subscriptions/" + subscription.path("id").asText();
        assertEquals("GONE", put(path, "{\"answer\":\"GONE\"}").path("answer").asText());
        assertEquals(0, get("/phones/api/push").path("notices").size());
    }

    @Test
    void requestsAreCounted() throws Exception {
        text(MINA, "Hello").create(twilio);

        assertEquals(1, get("/phones/api/requests").path("CREATE_MESSAGE").asInt());
        assertEquals(0, get("/phones/api/requests").path("CREATE_CALL").asInt());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    400 | GET  | /phones/api/phones/010-1234-5678              |
                    400 | PUT  | /phones/api/phones/+821011112222/owner        | {"owner":1}
                    400 | PUT  | /phones/api/phones/+821011112222/owner        | no json
                    400 | PUT  | /phones/api/phones/+821011112222/owner        | []
                    400 | PUT  | /phones/api/phones/+821011112222/behaviour    | {"kind":"sleep"}
                    400 | PUT  | /phones/api/phones/+821011112222/behaviour    | {"kind":"answer","keys":"abc"}
                    400 | PUT  | /phones/api/phones/+821011112222/faults       | {"RAIN":null}
                    400 | PUT  | /phones/api/phones/+821011112222/faults       | {"BUSY":0}
                    400 | POST | /phones/api/phones/+821011112222/press        | {"keys":"A"}
                    400 | POST | /phones/api/phones/+821011112222/answer       | {"waitSeconds":-1}
                    400 | PUT  | /phones/api/callbacks                         | {"copies":0}
                    400 | PUT  | /phones/api/callbacks                         | {"lost":["arrived"]}
                    400 | PUT  | /phones/api/phones/+821011112222/links        | {"times":-1}
                    400 | PUT  | /phones/api/signer                            | {"signer":"ME"}
                    400 | POST | /phones/api/webhooks                          | {"url":"here"}
                    400 | PUT  | /phones/api/alimtalk/faults/010               | {"fault":"API_500"}
                    400 | PUT  | /phones/api/push/subscriptions/none           | {"answer":"GONE"}
                    409 | POST | /phones/api/phones/+821011112222/open-link    | {}
                    409 | POST | /phones/api/phones/+821011112222/speak        | {"words":"네"}
                    409 | POST | /phones/api/webhooks                          | {"url":"http://127.0.0.1:9/"}
                    404 | PUT  | /phones/api/alimtalk/weather                  | {}
                    404 | DELETE | /phones/api/phones/+821011112222/faults     |
                    404 | POST | /phones/api/phones/+821011112222/dance        | {}
                    404 | GET  | /phones/api                                   |
                    404 | GET  | /phones/api/nothing                           |
                    404 | GET  | /phones/nothing                               |
                    404 | GET  | /phones/../../logback.xml                     |
                    404 | POST | /phones                                       | {}
                    """)
    void badRequestsAreToldWhatWasExpected(int status, String method, String path, String body) throws Exception {
        HttpResponse<String> response = send(method, path, body);

        assertEquals(status, response.statusCode(), response.body());
        assertFalse(JSON.readTree(response.body()).path("detail").asText().isEmpty());
    }

    @Test
    void theStreamTellsEveryChange() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.url() + "/phones/events"))
                .build();
        Thread.ofVirtual().start(() -> {
            try {
                http.send(request, HttpResponse.BodyHandlers.ofLines()).body().forEach(lines::add);
            } catch (IOException | InterruptedException e) {
                lines.add("ended: " + e);
            }
        });
        await().atMost(SOON).until(() -> lines.contains("data: {\"phones\":[]}"));

        text(MINA, "안녕하세요 <b>").create(twilio);
        await().atMost(SOON).until(() -> lines.stream().anyMatch(line -> line.contains("안녕하세요 <b>")));
        call(MINA, "/voice").create(twilio);
        await().atMost(SOON).until(() -> lines.stream().anyMatch(line -> line.contains("\"status\":\"ringing\"")));
        assertTrue(lines.contains("event: phones"));
        assertTrue(lines.contains("event: phone"));
    }

    @ParameterizedTest
    @CsvSource({
        "/phones,text/html",
        "/phones/,text/html",
        "/phones?lang=en,text/html",
        "/phones/phones.css,text/css",
        "/phones/phones.js,text/javascript",
        "/phones/phone.svg,image/svg+xml"
    })
    void thePageIsServedWithoutAnythingFromElsewhere(String path, String type) throws Exception {
        HttpResponse<String> response = send("GET", path, null);

        assertEquals(200, response.statusCode());
        assertTrue(response.headers().firstValue("Content-Type").orElse("").startsWith(type));
        assertTrue(response.headers()
                .firstValue("Content-Security-Policy")
                .orElse("")
                .startsWith("default-src 'self'"));
        assertFalse(response.body().contains("innerHTML"));
        assertFalse(response.body().replace("http://www.w3.org/2000/svg", "").matches("(?s).*(src|href)=\"?https?:.*"));
    }

    @Test
    void healthIsUp() throws Exception {
        assertEquals("UP", get("/health").path("status").asText());
    }

    private static String phonePath(String number, String what) {
        return "/phones/api/phones/" + number + "/" + what;
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(expectOk(send("GET", path, null)).body());
    }

    private JsonNode put(String path, String body) throws Exception {
        return JSON.readTree(expectOk(send("PUT", path, body)).body());
    }

    private JsonNode post(String number, String act, String body) throws Exception {
        return JSON.readTree(
                expectOk(send("POST", phonePath(number, act), body)).body());
    }

    private static HttpResponse<String> expectOk(HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        return response;
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        HttpRequest.BodyPublisher publisher =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return http.send(
                HttpRequest.newBuilder(URI.create(simulator.url() + path))
                        .method(method, publisher)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
