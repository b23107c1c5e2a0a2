package kr.dolbom.sim.phone;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.line.Phone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every answer of the API against Twilio's published description of it, see `twilio-answers.schema.json`.
class TwilioContractTest extends SimulatorTest {
    private static final JsonNode CONTRACT = read("twilio-answers.schema.json");
    private static final String ASK =
            "<Response><Gather numDigits=\"1\" action=\"/keys\"><Say language=\"ko-KR\">눌러 주세요.</Say></Gather></Response>";

    private RawTwilio api;

    @Override
    PhoneSimulatorSettings settings() {
        return super.settings().withOwnNumbers(Set.of(OFFICE));
    }

    @BeforeEach
    void connect() {
        api = new RawTwilio(simulator, ACCOUNT, TOKEN);
    }

    @AfterEach
    void disconnect() {
        api.close();
    }

    @Test
    void aCallThatAnotherDialledIsAnsweredAsDescribed() throws Exception {
        application.answer(
                "/voice",
                "<Response><Dial callerId=\"%s\"><Number>%s</Number></Dial></Response>".formatted(OFFICE, JUNHO));
        String parent = post("Calls", "Url", application.url("/voice")).sid();
        simulator.phone(MINA).answer();
        String child = simulator.phone(JUNHO).awaitRinging(SOON).sid();

        RawTwilio.Answer answer = api.get("Calls/" + child + ".json");

        assertEquals("ringing", status(200, "call", answer));
        assertEquals(parent, answer.json().path("parent_call_sid").asText());
        assertEquals("outbound-dial", answer.json().path("direction").asText());
    }

    @Test
    void aCallIsAnsweredAsDescribedInEachOfItsStates() throws Exception {
        application.answer("/voice", ASK);
        Phone mina = simulator.phone(MINA);
        List<String> statuses = new ArrayList<>();

        statuses.add(status(201, "call", post("Calls", "Url", application.url("/voice"))));
        String ringing = mina.awaitRinging(SOON).sid();
        statuses.add(status(200, "call", api.get("Calls/" + ringing + ".json")));
        mina.answer();
        statuses.add(status(200, "call", api.get("Calls/" + ringing + ".json")));
        statuses.add(status(200, "call", api.post("Calls/" + ringing + ".json", Map.of("Status", "completed"))));
        for (Fault fault : List.of(Fault.BUSY, Fault.NO_ANSWER, Fault.UNREACHABLE)) {
            mina.clearFaults().fault(fault);
            String sid = post("Calls", "Url", application.url("/voice")).sid();
            mina.awaitCallEnd(SOON);
            statuses.add(status(200, "call", api.get("Calls/" + sid + ".json")));
        }
        mina.clearFaults().fault(Fault.CALL_STUCK);
        String stuck = post("Calls", "Url", application.url("/voice")).sid();
        statuses.add(status(200, "call", api.get("Calls/" + stuck + ".json")));
        statuses.add(status(200, "call", api.post("Calls/" + stuck + ".json", Map.of("Status", "canceled"))));

        assertEquals(
                List.of(
                        "queued",
                        "ringing",
                        "in-progress",
                        "completed",
                        "busy",
                        "no-answer",
                        "failed",
                        "queued",
                        "canceled"),
                statuses);
    }

    @Test
    void aTextThatArrivesIsAnsweredAsDescribed() throws Exception {
        RawTwilio.Answer created = post("Messages", "Body", "안녕하세요");
        assertEquals("queued", status(201, "message", created));
        simulator.phone(MINA).awaitTexts(1, SOON);

        assertEquals("delivered", status(200, "message", api.get("Messages/" + created.sid() + ".json")));
    }

    @ParameterizedTest
    @CsvSource({
        "NO_RECEIPT,sent,0,1",
        "TEXT_LOST,sent,0,0",
        "UNREACHABLE,undelivered,30003,0",
        "BLOCKED,undelivered,30004,0",
        "UNKNOWN_HANDSET,undelivered,30005,0",
        "UNKNOWN_LANDLINE,undelivered,30006,0",
        "FILTERED,undelivered,30007,0",
        "QUEUE_FULL,failed,30001,0"
    })
    void aTextThatMeetsAFaultIsAnsweredAsDescribed(Fault fault, String status, int code, int arrived) throws Exception {
        simulator.phone(MINA).fault(fault, 1);
        String resource = "Messages/" + post("Messages", "Body", "안녕하세요").sid() + ".json";

        await().atMost(SOON)
                .until(() -> api.get(resource).json().path("status").asText().equals(status)
                        && simulator.phone(MINA).faults().isEmpty());
        RawTwilio.Answer fetched = api.get(resource);
        check(200, "message", fetched);
        assertEquals(code, fetched.json().path("error_code").asInt());
        assertEquals(arrived, simulator.phone(MINA).awaitTexts(arrived, SOON).size());
    }

    @Test
    void listsAreAnsweredAsDescribedOnEveryPage() throws Exception {
        for (int i = 0; i < 3; i++) {
            post("Messages", "Body", "Text " + i);
            post("Calls", "Url", application.url("/voice"));
        }
        for (String page : List.of("", "?PageSize=2&Page=0", "?PageSize=2&Page=1", "?To=%2B821033334444")) {
            check(200, "calls", api.get("Calls.json" + page));
            check(200, "messages", api.get("Messages.json" + page));
        }
        assertTrue(api.get("Calls.json?PageSize=2").json().path("next_page_uri").isTextual());
        assertTrue(api.get("Calls.json?PageSize=2&Page=1")
                .json()
                .path("next_page_uri")
                .isNull());
    }

    /// Codes and their meanings are those of twilio.com/docs/api/errors.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | 21201 | POST   | Calls.json    | From=%2B82312345678&Url=http://a.example/
            400 | 21213 | POST   | Calls.json    | To=%2B821011112222&Url=http://a.example/
            400 | 21211 | POST   | Calls.json    | To=12&From=%2B82312345678&Url=http://a.example/
            400 | 21210 | POST   | Calls.json    | To=%2B821011112222&From=%2B82312345679&Url=http://a.example/
            400 | 21205 | POST   | Calls.json    | To=%2B821011112222&From=%2B82312345678
            400 | 21626 | POST   | Calls.json    | To=%2B821011112222&From=%2B82312345678&Url=http://a.example/&StatusCallbackEvent=sung
            400 | 21604 | POST   | Messages.json | From=%2B82312345678&Body=Hello
            400 | 21603 | POST   | Messages.json | To=%2B821011112222&Body=Hello
            400 | 21602 | POST   | Messages.json | To=%2B821011112222&From=%2B82312345678
            400 | 21211 | POST   | Messages.json | To=%2B82010&From=%2B82312345678&Body=Hello
            400 | 21606 | POST   | Messages.json | To=%2B821011112222&From=%2B82312345679&Body=Hello
            400 | 21266 | POST   | Messages.json | To=%2B82312345678&From=%2B82312345678&Body=Hello
            400 | 20001 | GET    | Calls.json?PageSize=0 |
            400 | 20001 | GET    | Messages.json?DateSent=yesterday |
            404 | 20404 | GET    | Calls/CA00000000000000000000000000000000.json |
            404 | 20404 | POST   | Calls/CA00000000000000000000000000000000.json | Status=completed
            404 | 20404 | GET    | Messages/SM00000000000000000000000000000000.json |
            404 | 20404 | GET    | Faxes.json |
            405 | 20004 | PUT    | Calls.json |
            405 | 20004 | DELETE | Messages.json |
            501 | 20501 | GET    | Calls.json?ParentCallSid=CA00000000000000000000000000000000 |
            """)
    void refusalsAreAnsweredAsDescribed(int status, int code, String method, String resource, String form)
            throws Exception {
        RawTwilio.Answer refused = api.send(method, resource, form == null ? "" : form);

        check(status, "error", refused);
        assertEquals(code, refused.json().path("code").asInt());
        assertEquals(status, refused.json().path("status").asInt());
    }

    @ParameterizedTest
    @CsvSource({
        "API_400,400,21612",
        "API_429,429,20429",
        "API_500,500,20500",
        "API_503,503,20503",
        "LANDLINE,400,21614",
        "OPTED_OUT,400,21610",
        "INVALID_NUMBER,400,21211"
    })
    void faultsAreAnsweredAsDescribed(Fault fault, int status, int code) throws Exception {
        simulator.phone(MINA).fault(fault);
        RawTwilio.Answer refused = post("Messages", "Body", "Hello");

        check(status, "error", refused);
        assertEquals(code, refused.json().path("code").asInt());
    }

    @Test
    void aStrangerIsAnsweredAsDescribed() throws Exception {
        try (RawTwilio stranger = new RawTwilio(simulator, ACCOUNT, "wrong")) {
            RawTwilio.Answer refused = stranger.get("Calls.json");
            check(401, "error", refused);
            assertEquals(20003, refused.json().path("code").asInt());
        }
    }

    @Test
    void theContractItselfRefusesWhatTwilioWouldNeverAnswer() throws Exception {
        JsonNode call = post("Calls", "Url", application.url("/voice")).json();
        for (String change : List.of(
                "{\"status\":\"rang\"}",
                "{\"duration\":5}",
                "{\"date_created\":\"2026-01-01T00:00:00Z\"}",
                "{\"mood\":1}")) {
            ObjectNode other = call.deepCopy();
            other.setAll((ObjectNode) new ObjectMapper().readTree(change));
            assertFalse(faults("call", other).isEmpty(), change);
        }
    }

    private RawTwilio.Answer post(String resource, String name, String value) throws Exception {
        return api.post(resource + ".json", Map.of("To", MINA, "From", OFFICE, name, value));
    }

    private static String status(int status, String what, RawTwilio.Answer answer) {
        check(status, what, answer);
        return answer.json().path("status").asText();
    }

    private static void check(int status, String what, RawTwilio.Answer answer) {
        assertEquals(status, answer.status(), () -> String.valueOf(answer.json()));
        assertEquals(Set.of(), faults(what, answer.json()), () -> String.valueOf(answer.json()));
    }

    private static Set<ValidationMessage> faults(String what, JsonNode answer) {
        ObjectNode schema = CONTRACT.deepCopy();
        schema.put("$ref", "#/$defs/" + what);
        JsonSchema compiled = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
        return compiled.validate(answer);
    }

    private static JsonNode read(String resource) {
        try (InputStream in = TwilioContractTest.class.getResourceAsStream(resource)) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in, resource));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
