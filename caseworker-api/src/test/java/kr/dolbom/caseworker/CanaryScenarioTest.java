package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.City.SOON;
import static kr.dolbom.caseworker.City.awaitThat;
import static kr.dolbom.caseworker.RosterOffice.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import kr.dolbom.caseworker.City.Person;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.contract.identity.ClaimCode;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.line.Phone;
import kr.dolbom.sim.phone.rest.RequestKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A call for help of our own goes the whole way, and whoever runs the platform hears when it does not
/// arrive. Broker and engine are played; the response, the phone and the other way are real.
class CanaryScenarioTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NUMBER = "+821099990001";
    private static final String SECRET = DeviceSecret.generate().text();
    private static final ClaimCode CODE = ClaimCode.generate();
    private static final FakeBroker BROKER = new FakeBroker();
    private static final List<String> TOLD = new CopyOnWriteArrayList<>();
    private static final Deque<Integer> ANSWERS = new ArrayDeque<>();
    private static final HttpServer OPERATORS = operators();
    private static final City CITY = new City(
            "dolbom.canary.broker",
            BROKER.address(),
            "dolbom.canary.device",
            "canary",
            "dolbom.canary.secret",
            SECRET,
            "dolbom.canary.claim-code",
            CODE.grouped(),
            "dolbom.canary.webhook",
            "http://127.0.0.1:" + OPERATORS.getAddress().getPort() + "/");
    private static final Client OPERATOR = new Client(CITY.town.url).as("operator", Town.PASSWORD);
    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final Duration LATE = Duration.ofSeconds(61);

    private final Person minji = CITY.open().onCall("이민지");
    private final Phone phone = CITY.town.phones.phone(NUMBER);

    @BeforeEach
    void setUp() {
        HttpResponse<String> set = OPERATOR.put("/api/v1/canary", "{\"phone\": \"%s\"}".formatted(NUMBER));
        assertEquals(200, set.statusCode(), set.body());
        CITY.town.execute("truncate canary_alarm, canary_run");
        TOLD.clear();
        ANSWERS.clear();
        BROKER.passwords.add(SECRET);
        BROKER.onPublish(CanaryScenarioTest::raise);
    }

    @AfterEach
    void mend() {
        phone.clearFaults();
        CITY.town.execute("update canary_run set ended_at = now() where ended_at is null");
    }

    @AfterAll
    static void close() {
        CITY.close();
        BROKER.close();
        OPERATORS.stop(0);
    }

    @Test
    void theCanarysPhoneRingsEveryFewMinutesAndNobodySeesItsAlert() {
        int before = phone.rings().size();
        CITY.pass(EVERY);
        awaitRuns(1);
        phone.awaitCallEnd(SOON);
        CITY.pass(EVERY);
        awaitRuns(2);

        assertEquals(before + 2, phone.rings().size());
        assertEquals(List.of(), phone.texts());
        assertEquals(200, health().statusCode());
        JsonNode canary = read(OPERATOR, "/api/v1/canary");
        assertTrue(canary.get("lastSeconds").asDouble() < 60, canary.toString());
        assertEquals("[]", OPERATOR.get("/api/v1/alerts").body());
        assertFalse(OPERATOR.get(
                        "/api/v1/reports/monthly?reason=the%20canary%20home&month=" + YearMonth.now(CITY.town.clock))
                .body()
                .contains("카나리"));
        assertEquals("0", CITY.town.text("select count(*)::text as text from alert where state <> :value", "resolved"));
        assertEquals(List.of(), TOLD);
        assertEquals(List.of(), minji.phone().rings());
    }

    @Test
    void theCanarysRingIsLateAndTheOperatorIsToldByTheOtherWay() throws IOException {
        BROKER.onPublish((topic, body) -> {});
        ANSWERS.add(503);
        long calls = CITY.town.phones.requests(RequestKind.CREATE_CALL);
        long texts = CITY.town.phones.requests(RequestKind.CREATE_MESSAGE);
        CITY.pass(EVERY);
        awaitAcknowledged();
        CITY.pass(LATE);
        awaitThat(() -> TOLD.size() == 1);
        CITY.pass(Duration.ofSeconds(15));
        awaitThat(() -> TOLD.size() == 2);

        assertEquals(TOLD.getFirst(), TOLD.getLast(), "told again, as it was not taken");
        JsonNode told = JSON.readTree(TOLD.getFirst());
        assertEquals(
                "canary-late engine",
                told.get("event").asText() + " " + told.get("lacks").asText());
        assertEquals(503, health().statusCode());
        assertEquals(
                "1",
                CITY.town.text(
                        "select count(*)::text as text from notice where kind = :value and ended_at is null",
                        "canary-late"));
        assertEquals(calls, CITY.town.phones.requests(RequestKind.CREATE_CALL));
        assertEquals(texts, CITY.town.phones.requests(RequestKind.CREATE_MESSAGE));

        BROKER.onPublish(CanaryScenarioTest::raise);
        CITY.pass(EVERY);
        awaitThat(() -> TOLD.size() == 3);
        assertEquals("canary-well", JSON.readTree(TOLD.getLast()).get("event").asText());
        assertEquals(200, health().statusCode());
    }

    @Test
    void aProviderThatRingsNoPhoneIsNamed() throws IOException {
        phone.fault(Fault.CALL_STUCK);
        CITY.pass(EVERY);
        awaitThat(() -> "1"
                .equals(CITY.town.text(
                        "select count(*)::text as text from canary_run where called_at is not null and run_no > :value",
                        0)));
        CITY.pass(LATE);
        awaitThat(() -> TOLD.size() == 1);

        assertEquals("phone", JSON.readTree(TOLD.getFirst()).get("lacks").asText());
    }

    @Test
    void aBrokerThatLetsNobodyInIsNamed() throws IOException {
        BROKER.passwords.clear();
        CITY.pass(EVERY);
        awaitThat(() -> CITY.town
                .text("select coalesce(left(error, 3), '') as text from canary_run where run_no > :value", 0)
                .equals("134"));
        CITY.pass(LATE);
        awaitThat(() -> TOLD.size() == 1);

        assertEquals("broker", JSON.readTree(TOLD.getFirst()).get("lacks").asText());
    }

    @Test
    void theCanaryEnrolsByItsClaimCodeAsAnyDeviceDoes() {
        BROKER.passwords.clear();
        BROKER.passwords.add(CODE.text());
        BROKER.topics.clear();
        BROKER.onPublish((topic, body) -> {
            if (topic.endsWith("/credential/renew")) {
                BROKER.passwords.add(secretIn(body));
                BROKER.passwords.remove(CODE.text());
            } else {
                raise(topic, body);
            }
        });
        CITY.pass(EVERY);
        awaitRuns(1);

        assertEquals(
                List.of(
                        "dolbom/v1/canary/credential/renew",
                        "dolbom/v1/canary/telemetry/status",
                        "dolbom/v1/canary/telemetry/emergency"),
                BROKER.topics);
    }

    /// As the engine does when an emergency is stored.
    private static void raise(String topic, byte[] body) {
        if (!topic.endsWith("/emergency")) {
            return;
        }
        UUID message = UUID.fromString(member(body, "/id"));
        CITY.town.transactions.run(connection ->
                Sql.on(connection, """
                        with home as (
                            select resident_no from resident join office using (office_no) where canary
                        ), raised as (
                            insert into alert (resident_no, family, tier, reason_ko, reason_en, moment)
                            select resident_no, 'emergency', 'critical', '버튼', 'button', now() from home
                            returning alert_id, resident_no
                        ), found as (
                            insert into finding (resident_no, family, tier, episode, alert_id, reason_ko, reason_en, evidence,
                                                 moment)
                            select resident_no, 'emergency', 'critical', 'emergency:' || :message, alert_id, '', '', '{}', now()
                              from raised
                        )
                        select pg_notify('dolbom_alert', alert_id::text)::text as told from raised""").with("message", message.toString()).list(row -> row.findText("told")));
    }

    private static String secretIn(byte[] body) {
        return member(body, "/data/secret");
    }

    private static String member(byte[] body, String pointer) {
        try {
            return JSON.readTree(body).at(pointer).asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<String> health() {
        return new Client(CITY.town.url).get("/health/canary");
    }

    private static void awaitRuns(int count) {
        awaitThat(() -> read(OPERATOR, "/api/v1/canary").get("inTime").asInt() == count);
    }

    private static void awaitAcknowledged() {
        awaitThat(() -> CITY.town
                .text("select count(*)::text as text from canary_run where acked_at is not null and run_no > :value", 0)
                .equals("1"));
    }

    private static HttpServer operators() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                TOLD.add(new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
                Integer answer = ANSWERS.poll();
                exchange.sendResponseHeaders(answer == null ? 204 : answer, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
