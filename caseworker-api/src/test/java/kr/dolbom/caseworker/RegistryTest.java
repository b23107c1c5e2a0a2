package kr.dolbom.caseworker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import kr.dolbom.contract.identity.SecretHash;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryTest {
    private final Town town = new Town();
    private final Client operator = new Client(town.url).as("operator", Town.PASSWORD);

    @BeforeAll
    void start() {
        town.start();
    }

    @AfterAll
    void close() {
        town.close();
    }

    @Test
    void anOfficeACaseworkerAResidentADeviceAndAShiftAreAddedAndFoundAgain() {
        String office = created("/api/v1/offices", """
                {"nameKo": "수원시청 노인복지과", "nameEn": "Suwon City Hall", "shortName": "수원시 노인복지과"}""", "officeId");
        String caseworker = created("/api/v1/caseworkers", """
                {"officeId": "%s", "name": "한지우", "phone": "+821044440004", "login": "jiwoo",
                 "password": "a long first password"}""".formatted(office), "caseworkerId");
        String resident = created("/api/v1/residents", """
                {"officeId": "%s", "caseworkerId": "%s", "name": "박순자", "birthYear": 1938, "neighbourhood": "매탄동",
                 "address": "매탄로 1"}""".formatted(office, caseworker), "residentId");
        String device = created("/api/v1/devices", """
                {"deviceId": "doll-77", "residentId": "%s", "vendor": "Acme", "model": "Doll 2"}""".formatted(resident), "deviceId");
        created("/api/v1/on-call-shifts", """
                {"officeId": "%s", "caseworkerId": "%s", "position": 1, "startsAt": "2026-01-01T09:00:00+09:00"}""".formatted(office, caseworker), "position");

        assertEquals(
                "수원시청 노인복지과", read("/api/v1/offices/" + office).get("nameKo").asText());
        assertEquals(
                "jiwoo", read("/api/v1/caseworkers/" + caseworker).get("login").asText());
        assertEquals(
                "매탄동",
                read("/api/v1/residents/" + resident).get("neighbourhood").asText());
        assertEquals(
                resident, read("/api/v1/devices/" + device).get("residentId").asText());
        assertTrue(read("/api/v1/on-call-shifts").toString().contains(caseworker));
        assertTrue(read("/api/v1/offices").size() > 1);
        for (String list : List.of("caseworkers", "residents", "devices")) {
            assertTrue(read("/api/v1/" + list).get(list).size() > 1, list);
        }
        assertEquals(
                200,
                new Client(town.url)
                        .as("jiwoo", "a long first password")
                        .get("/api/v1/alerts")
                        .statusCode());
    }

    @Test
    void aDevicesSecretIsShownOnceAndOnlyItsHashIsStored() {
        JsonNode device = Client.json(operator.post(
                "/api/v1/devices", "{\"deviceId\": \"doll-78\", \"vendor\": \"Acme\", \"model\": \"Doll\"}"));
        String secret = device.get("secret").asText();

        String stored = town.text("""
                        select encode(salt, 'hex') || ' ' || encode(hash, 'hex') as text
                          from device_credential join device using (device_no)
                         where device_id = :value and kind = 'secret'""", "doll-78");
        HexFormat hex = HexFormat.of();
        SecretHash hash = new SecretHash(hex.parseHex(stored.substring(0, 32)), hex.parseHex(stored.substring(33)));
        assertTrue(hash.matches(secret));
        assertFalse(operator.get("/api/v1/devices/doll-78").body().contains(secret));
    }

    @Test
    void theBrokerHearsOfANewDevice() throws SQLException {
        try (Connection connection = town.database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("listen dolbom_device");
            operator.post("/api/v1/devices", "{\"deviceId\": \"doll-79\", \"vendor\": \"Acme\", \"model\": \"Doll\"}");
            PGNotification[] notifications =
                    connection.unwrap(PGConnection.class).getNotifications(5000);
            assertEquals("doll-79", notifications[0].getParameter());
        }
    }

    @Test
    void whatIsNotAsExpectedIsNamedWithItsValueAndWhatIsExpected() {
        HttpResponse<String> answer = operator.post("/api/v1/caseworkers", """
                {"officeId": "%s", "name": "x", "phone": "010-1234", "login": "someone", "password": "hunter2"}""".formatted(UUID.randomUUID()));

        assertEquals(400, answer.statusCode());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElseThrow());
        JsonNode errors = Client.json(answer).get("errors");
        assertEquals("password", errors.get(0).get("field").asText());
        assertTrue(
                errors.get(0).path("value").isNull()
                        || errors.get(0).path("value").isMissingNode(),
                "no secret");
        assertEquals("phone", errors.get(1).get("field").asText());
        assertEquals("010-1234", errors.get(1).get("value").asText());
        assertTrue(errors.get(1).get("expected").asText().contains("+821012345678"));
        assertFalse(answer.body().contains("hunter2"));
    }

    @Test
    void anOfficesNameInTextsMustBeOneThatPhonesShow() {
        HttpResponse<String> answer = operator.post("/api/v1/offices", """
                {"nameKo": "펲시청", "nameEn": "Pep City Hall", "shortName": "펲시"}""");

        assertField(answer, "shortName");
        assertTrue(answer.body().contains("□시"), answer.body());
    }

    @Test
    void aMissingAnUnknownAMisspeltAndAMalformedMemberAreRefused() {
        assertField(operator.post("/api/v1/offices", "{}"), "nameEn");
        HttpResponse<String> unknown = operator.post(
                "/api/v1/offices", "{\"nameKo\": \"a\", \"nameEn\": \"b\", \"shortName\": \"c\", \"colour\": \"red\"}");
        assertEquals(400, unknown.statusCode(), unknown.body());
        assertField(unknown, "colour");
        HttpResponse<String> number = operator.post("/api/v1/residents", "{\"birthYear\": \"long ago\"}");
        assertEquals(400, number.statusCode(), number.body());
        assertField(number, "birthYear");
        assertEquals(
                "long ago",
                Client.json(number).get("errors").get(0).get("value").asText());
        HttpResponse<String> broken = operator.post("/api/v1/offices", "{\"nameKo\": ");
        assertEquals(400, broken.statusCode(), broken.body());
        assertEquals(
                "application/problem+json",
                broken.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void whatIsThereAlreadyIsA409() {
        String device = "{\"deviceId\": \"doll-80\", \"vendor\": \"Acme\", \"model\": \"Doll\"}";
        assertEquals(201, operator.post("/api/v1/devices", device).statusCode());
        HttpResponse<String> again = operator.post("/api/v1/devices", device);

        assertEquals(409, again.statusCode());
        assertField(again, "deviceId");
    }

    @Test
    void aShiftForSomebodyOfAnotherOfficeOrThatEndsBeforeItStartsIsRefused() {
        String office = town.text("select office_id::text as text from office where office_no = :value", 1);
        String stranger =
                town.text("select caseworker_id::text as text from caseworker where caseworker_no = :value", 3);
        assertField(operator.post("/api/v1/on-call-shifts", """
                {"officeId": "%s", "caseworkerId": "%s", "position": 1, "startsAt": "2026-01-01T09:00:00+09:00"}""".formatted(office, stranger)), "caseworkerId");
        assertField(operator.post("/api/v1/on-call-shifts", """
                {"officeId": "%s", "caseworkerId": "%s", "position": 1, "startsAt": "2026-01-02T09:00:00+09:00",
                 "endsAt": "2026-01-01T09:00:00+09:00"}""".formatted(office, stranger)), "endsAt");
    }

    @Test
    void whatDoesNotExistIsA404Problem() {
        HttpResponse<String> answer = operator.get("/api/v1/residents/" + UUID.randomUUID());

        assertEquals(404, answer.statusCode());
        assertEquals(404, Client.json(answer).get("status").asInt());
        assertEquals(404, operator.get("/api/v1/nonsense").statusCode());
        assertEquals(400, operator.get("/api/v1/residents/nonsense").statusCode());
    }

    @Test
    void longListsComeOnePageAtATimeInTheOrderInWhichTheirEntriesWereAdded() {
        town.execute("""
                insert into resident (office_no, name, birth_year, neighbourhood, address)
                select 1, '김 ' || n, 1940, '대화동', '대화로 ' || n from generate_series(1, 4) n""");
        town.execute("""
                insert into device (device_id, vendor, model)
                select 'paged-' || 9 - n, 'Acme', 'Doll' from generate_series(1, 4) n""");
        town.execute("""
                insert into on_call_shift (office_no, caseworker_no, position, starts_at, ends_at)
                select 1, 1, 7 - n % 2, now() + interval '1 year' - n / 2 * interval '1 day',
                       now() + interval '2 years'
                  from generate_series(1, 5) n""");
        town.execute("""
                insert into check_in (resident_no, day, planned_at, due_at, ended_at, questions, state, left_out)
                select resident_no, '2001-02-03', '2001-02-03Z', '2001-02-03Z', '2001-02-03Z', 'sleep', state,
                       case state when 'left-out' then 'away' end
                  from (select resident_no, (array['left-out', 'answered', 'unanswered'])[1 + resident_no % 3] as state
                          from resident where birth_year = 1940) as one""");

        assertWalked("residents", "residents", "residentId", """
                select resident_id::text as text from resident where resident_no > :value order by resident_no""");
        assertWalked("caseworkers", "caseworkers", "caseworkerId", """
                select caseworker_id::text as text from caseworker where caseworker_no > :value order by caseworker_no""");
        assertWalked("devices", "devices", "deviceId", """
                select device_id as text from device where device_no > :value order by device_no""");
        assertWalked("on-call-shifts", "shifts", "shiftId", """
                select shift_id::text as text from on_call_shift where shift_no > :value
                 order by office_no, starts_at, position, shift_no""");
        assertWalked("check-ins?day=2001-02-03", "checkIns", "checkInId", """
                select check_in_id::text as text from check_in where check_in_no > :value
                 order by state = 'answered', state = 'left-out', check_in_no""");
    }

    private void assertWalked(String path, String list, String id, String query) {
        List<String> walked = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = read("/api/v1/" + path + (path.contains("?") ? "&" : "?") + "limit=2" + after);
            assertTrue(page.get(list).size() <= 2, path);
            page.get(list).forEach(one -> walked.add(one.get(id).asText()));
            after = page.get("after").isNull()
                    ? ""
                    : "&after=" + page.get("after").asText();
        } while (!after.isEmpty());
        assertTrue(walked.size() > 2, path);
        assertEquals(town.list(query, 0), walked, path);
    }

    @Test
    void aPageThatCannotBeIsRefusedAndTheParameterNamed() {
        for (String list : List.of(
                "residents",
                "caseworkers",
                "devices",
                "on-call-shifts",
                "check-ins",
                "quarantine",
                "audit-events",
                "notices")) {
            for (String limit : List.of("0", "-1", "1001", "many")) {
                assertField(operator.get("/api/v1/" + list + "?limit=" + limit), "limit");
            }
        }
        for (String list : List.of("residents", "caseworkers", "on-call-shifts", "check-ins")) {
            assertField(operator.get("/api/v1/" + list + "?after=nonsense"), "after");
            assertField(operator.get("/api/v1/" + list + "?after=" + UUID.randomUUID()), "after");
        }
        assertField(operator.get("/api/v1/devices?after=nobody"), "after");
        assertField(operator.get("/api/v1/quarantine?before=nonsense"), "before");
    }

    @Test
    void withoutAnAccountThereIsNothing() {
        HttpResponse<String> answer = new Client(town.url).get("/api/v1/residents");

        assertEquals(401, answer.statusCode());
        assertTrue(answer.headers().firstValue("WWW-Authenticate").orElseThrow().startsWith("Bearer"));
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(
                401,
                new Client(town.url)
                        .as("operator", "wrong")
                        .get("/api/v1/residents")
                        .statusCode());
        assertEquals(
                401,
                new Client(town.url)
                        .as("nobody", "wrong")
                        .get("/api/v1/residents")
                        .statusCode());
    }

    @Test
    void eachLookAtAResidentIsNoted() {
        String resident = town.text("select resident_id::text as text from resident where resident_no = :value", 1);
        read("/api/v1/residents/" + resident);

        assertTrue(town.list(
                        "select actor || ' ' || action || ' ' || address as text from audit_event where resident_no = :value",
                        1)
                .contains("operator resident-read 127.0.0.1"));
    }

    @Test
    void guardiansMayBeCalledOnlyWhileTheyConsentAndEachChangeIsNoted() {
        String resident = town.text("select resident_id::text as text from resident where resident_no = :value", 1);
        String path = "/api/v1/residents/" + resident + "/guardians";
        JsonNode added = Client.json(
                operator.post(path, "{\"name\": \"김지은\", \"relation\": \"딸\", \"phone\": \"+821055550005\"}"));
        String guardian = path + "/" + added.get("guardianId").asText();

        assertEquals(false, added.get("mayBeCalled").asBoolean());
        assertEquals(
                true,
                Client.json(operator.post(guardian + "/consent", "{}"))
                        .get("mayBeCalled")
                        .asBoolean());
        assertEquals(
                false,
                Client.json(operator.post(guardian + "/withdraw", "{}"))
                        .get("mayBeCalled")
                        .asBoolean());
        operator.post(guardian + "/withdraw", "{}");
        assertEquals(1, read(path).size());
        assertEquals(
                404,
                operator.post(path + "/" + UUID.randomUUID() + "/consent", "{}").statusCode());
        assertEquals(
                List.of("guardian-added", "guardian-consented", "guardian-withdrew", "guardians-read"),
                town.list("""
                        select action as text from audit_event where resident_no = :value and action like 'guardian%'
                         order by audit_no""", 1));
    }

    @Test
    void theOpenApiDocumentIsServed() {
        HttpResponse<String> document = new Client(town.url).get("/openapi/dolbom.yml");

        assertEquals(200, document.statusCode());
        for (String path : List.of("/api/v1/offices", "/api/v1/alerts/{alertId}/acknowledge", "/health")) {
            assertTrue(document.body().contains(path + ":"), path);
        }
        assertFalse(document.body().contains("\n  /twilio"), "webhooks are nobody's to call but Twilio's");
    }

    @Test
    void healthIsUpOnceNotificationsAreHeard() {
        await().atMost(Town.SOON)
                .until(() -> new Client(town.url).get("/health").body().equals("{\"status\":\"UP\"}"));
    }

    private String created(String path, String json, String id) {
        HttpResponse<String> answer = operator.post(path, json);
        assertEquals(201, answer.statusCode(), answer.body());
        return Client.json(answer).get(id).asText();
    }

    private JsonNode read(String path) {
        HttpResponse<String> answer = operator.get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        return Client.json(answer);
    }

    private static void assertField(HttpResponse<String> answer, String field) {
        assertEquals(4, answer.statusCode() / 100, answer.body());
        assertEquals(
                field, Client.json(answer).get("errors").get(0).get("field").asText(), answer.body());
    }
}
