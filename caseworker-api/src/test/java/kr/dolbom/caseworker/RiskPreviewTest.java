package kr.dolbom.caseworker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.database.Sql;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What may be asked of the engine before it is set: previews of risk settings; and weather advisories.
/// The engine's part is played by an update of the row.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RiskPreviewTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String ADVISORIES = "/api/v1/weather-advisories";

    private final Town town = new Town();
    private final Client operator = new Client(town.url).as("operator", Town.PASSWORD);
    private final Client minji = new Client(town.url).as("minji", PASSWORD);
    private final Client sua = new Client(town.url).as("sua", PASSWORD);
    /// One start for all, so that it is the same when an advisory is entered again.
    private final Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private String officeId = "";
    private String residentId = "";
    private String office = "";
    private String resident = "";

    @BeforeAll
    void start() {
        town.start();
        town.transactions.run(connection -> Accounts.add(connection, "minji", PASSWORD, Role.CASEWORKER, 1)
                && Accounts.add(connection, "sua", PASSWORD, Role.CASEWORKER, 3));
        officeId = town.text("select office_id::text as text from office where office_no = :value", 1);
        residentId = town.text("select resident_id::text as text from resident where resident_no = :value", 1);
        office = "/api/v1/offices/" + officeId + "/risk-settings";
        resident = "/api/v1/residents/" + residentId + "/risk-settings";
    }

    @BeforeEach
    void forget() {
        town.execute("truncate risk_preview, risk_setting_change, weather_advisory cascade");
    }

    @AfterAll
    void close() {
        town.close();
    }

    @Test
    void aQuestionIsKeptForTheEngineWithTheLastFourWeeksAsItsPeriod() {
        HttpResponse<String> answer = minji.post(
                resident + "/previews", "{\"settings\": {\"caps.urgent\": \"14h\", \"margins.urgent\": null}}");

        assertEquals(202, answer.statusCode(), answer.body());
        JsonNode preview = Client.json(answer);
        assertEquals("waiting", preview.get("state").asText());
        assertEquals(0, preview.get("percentDone").asInt());
        assertEquals("14h", preview.get("settings").get("caps.urgent").asText());
        assertTrue(preview.get("settings").get("margins.urgent").isNull());
        assertEquals("minji", preview.get("askedBy").asText());
        assertEquals(Duration.ofDays(28), Duration.between(moment(preview, "from"), moment(preview, "to")));
        assertEquals(
                "{\"caps.urgent\": 840, \"margins.urgent\": null}",
                town.text("select proposed::text as text from risk_preview where resident_no = :value", 1));
        assertEquals("14h", town.text("""
                        select detail ->> 'caps.urgent' as text from audit_event
                         where action = :value and resident_no = 1 order by at desc limit 1""", "risk-preview-asked"));
    }

    @Test
    void theAnswerIsReadWithItsProgressAndEveryLookAtItIsLogged() {
        String preview = office + "/previews/" + ask(operator, office);
        engineDoes("state = 'running', progress = 0.42, worker = gen_random_uuid(), leased_until = now()");
        assertEquals(42, Client.json(operator.get(preview)).get("percentDone").asInt());
        answer();

        JsonNode done = Client.json(operator.get(preview));

        assertEquals("done", done.get("state").asText());
        JsonNode result = done.get("result");
        assertEquals(
                0.5, result.get("proposed").get("urgent").get("perWorkerAndDay").asDouble());
        assertEquals(
                4.5,
                result.get("now").get("injectedSilences").get("medianHours").asDouble());
        assertEquals(
                "lost",
                result.get("trueCases").get("cases").get(0).get("verdict").asText());
        assertEquals("1", town.text("""
                        select count(*)::text as text from audit_event where action = :value and resident_no = 1""", "risk-preview-read"));
    }

    @Test
    void aFailureSaysWhyAndWhatToDo() {
        String preview = resident + "/previews/" + ask(minji, resident);
        engineDoes("state = 'failed', error = 'Ask for a shorter period.', finished_at = now()");

        JsonNode failed = Client.json(minji.get(preview));

        assertEquals("failed", failed.get("state").asText());
        assertEquals("Ask for a shorter period.", failed.get("error").asText());
    }

    @Test
    void anOfficeHasOnePreviewAtATime() {
        ask(minji, resident);
        HttpResponse<String> second = operator.post(office + "/previews", question());
        assertEquals(409, second.statusCode());
        assertTrue(Client.json(second).get("detail").asText().contains("Ask again when it is done"), second.body());

        answer();

        assertEquals(202, operator.post(office + "/previews", question()).statusCode());
    }

    @Test
    void onlyWhoMayChangeASettingMayAskAndSee() {
        String preview = "/previews/" + ask(minji, resident);

        assertEquals(404, sua.post(resident + "/previews", question()).statusCode());
        assertEquals(404, sua.get(resident + preview).statusCode());
        assertEquals(403, minji.post(office + "/previews", question()).statusCode());
        assertEquals(403, minji.get(office + preview).statusCode());
        // A resident's is none of the office.
        assertEquals(404, operator.get(office + preview).statusCode());
        assertEquals(401, new Client(town.url).get(resident + preview).statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'settings': {}}; settings; one or more settings by name",
                "{}; settings; one or more settings by name",
                "{'settings': {'caps.urgent': '30h'}}; settings.caps.urgent; a value from 8h to 24h",
                "{'settings': {'quiet.begins': '21h'}}; settings.quiet.begins; another setting: quiet hours change no alert",
                "{'settings': {'caps.urgent': '14h'}, 'to': '2100-01-01T00:00:00Z'}; to; a period of at most 92 days",
                "{'settings': {'caps.urgent': '14h'}, 'from': '2020-01-01T00:00:00Z'}; from; a period of at most 92 days",
                "{'settings': {'caps.urgent': '14h'}, 'from': 'yesterday'}; from; a value of type OffsetDateTime"
            })
    void aQuestionThatIsNoneIsRefusedByName(String body, String field, String expected) {
        HttpResponse<String> answer = minji.post(resident + "/previews", body.replace('\'', '"'));

        assertEquals(400, answer.statusCode(), answer.body());
        JsonNode error = Client.json(answer).get("errors").get(0);
        assertEquals(field, error.get("field").asText());
        assertTrue(error.get("expected").asText().startsWith(expected), answer.body());
    }

    @Test
    void anUnknownSettingAndAnUnknownPreviewAreNotFound() {
        HttpResponse<String> answer = minji.post(resident + "/previews", "{\"settings\": {\"caps.nothing\": \"14h\"}}");

        assertEquals(404, answer.statusCode());
        assertEquals(
                "There is no setting caps.nothing.",
                Client.json(answer).get("detail").asText());
        assertEquals(
                404,
                minji.get(resident + "/previews/0195e5a0-0000-7000-8000-0000000000aa")
                        .statusCode());
    }

    @Test
    void aChangeMayNameThePreviewThatItStandsOn() {
        String preview = ask(minji, resident);
        assertEquals(400, change("14h", preview).statusCode(), "it is not done");
        answer();

        assertEquals(400, change("13h", preview).statusCode(), "it proposed 14h");
        assertEquals(200, change("14h", preview).statusCode());

        assertEquals(
                preview,
                Client.json(minji.get(resident))
                        .get("changes")
                        .get(0)
                        .get("previewId")
                        .asText());
    }

    @Test
    void anAdvisoryIsEnteredSeenAndEnded() {
        HttpResponse<String> entered = operator.post(ADVISORIES, advisory("heat-wave", "대화동", -1, 30, "KMA"));
        assertEquals(201, entered.statusCode(), entered.body());
        String id = Client.json(entered).get("advisoryId").asText();
        JsonNode seen = Client.json(operator.get(ADVISORIES)).get(0);
        assertEquals("KMA", seen.get("source").asText());
        assertTrue(seen.get("inForce").asBoolean());

        assertEquals(204, operator.delete(ADVISORIES + "/" + id).statusCode());
        assertEquals(204, operator.delete(ADVISORIES + "/" + id).statusCode());

        JsonNode ended = Client.json(operator.get(ADVISORIES)).get(0);
        assertEquals("operator", ended.get("endedBy").asText());
        assertEquals("false", ended.get("inForce").asText());
        assertEquals(
                List.of("weather-advisory-ended", "weather-advisory-entered"),
                town.list(
                        "select action as text from audit_event where detail ->> 'advisory' = :value order by audit_no desc",
                        id));
    }

    @Test
    void aFeedThatRepeatsItselfMovesTheEndUnlessAPersonHasEndedIt() {
        operator.post(ADVISORIES, advisory("cold-wave", null, 2, 20, "KMA"));
        HttpResponse<String> again = operator.post(ADVISORIES, advisory("cold-wave", null, 2, 40, "KMA"));
        JsonNode all = Client.json(operator.get(ADVISORIES));
        assertEquals(1, all.size());
        assertEquals(
                Duration.ofHours(38), Duration.between(moment(all.get(0), "startsAt"), moment(all.get(0), "endsAt")));
        operator.delete(ADVISORIES + "/" + Client.json(again).get("advisoryId").asText());

        assertEquals(
                409,
                operator.post(ADVISORIES, advisory("cold-wave", null, 2, 50, "KMA"))
                        .statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "rain, 대화동, 0, 10, kind",
        "heat-wave, 없는동, 0, 10, neighbourhood",
        "heat-wave, 대화동, 10, 5, endsAt",
        "heat-wave, 대화동, -20, -10, endsAt",
        "heat-wave, 대화동, 0, 400, endsAt",
        "heat-wave, 대화동, 400, 410, startsAt"
    })
    void anAdvisoryThatIsNoneIsRefusedByName(String kind, String district, int starts, int ends, String field) {
        HttpResponse<String> answer = operator.post(ADVISORIES, advisory(kind, district, starts, ends, "KMA"));

        assertEquals(400, answer.statusCode(), answer.body());
        assertEquals(
                field, Client.json(answer).get("errors").get(0).get("field").asText());
    }

    @Test
    void advisoriesAreTheOperatorsBusiness() {
        assertEquals(
                403,
                minji.post(ADVISORIES, advisory("heat-wave", null, 0, 10, "me")).statusCode());
        assertEquals(403, minji.get(ADVISORIES).statusCode());
        assertEquals(
                404,
                operator.delete(ADVISORIES + "/0195e5a0-0000-7000-8000-0000000000aa")
                        .statusCode());
    }

    private String advisory(String kind, @Nullable String district, int startsHours, int endsHours, String source) {
        return """
                {"kind": "%s", "officeId": "%s", "neighbourhood": %s, "startsAt": "%s", "endsAt": "%s", "source": "%s"}""".formatted(
                        kind,
                        officeId,
                        district == null ? "null" : '"' + district + '"',
                        began.plus(Duration.ofHours(startsHours)),
                        began.plus(Duration.ofHours(endsHours)),
                        source);
    }

    private static String question() {
        return "{\"settings\": {\"caps.urgent\": \"14h\"}}";
    }

    private static String ask(Client client, String whose) {
        return Client.json(client.post(whose + "/previews", question()))
                .get("previewId")
                .asText();
    }

    private HttpResponse<String> change(String value, String preview) {
        return minji.put(
                resident + "/caps.urgent",
                "{\"value\": \"%s\", \"reason\": \"fell last week\", \"previewId\": \"%s\"}".formatted(value, preview));
    }

    private void engineDoes(String set) {
        town.execute("update risk_preview set " + set);
    }

    /// As `kr.dolbom.risk.preview.Result` writes it.
    private void answer() {
        String side = """
                {"urgent":{"count":28,"per30PersonDays":30.0,"perDay":1.0,"perWorkerAndDay":0.5},
                 "checkIn":{"count":0,"per30PersonDays":0.0,"perDay":0.0,"perWorkerAndDay":0.0},
                 "injectedSilences":{"count":60,"medianHours":4.5,"daytimeMedianHours":4.0,"p90Hours":14.0}}""";
        String result = """
                {"from":"2026-03-01T00:00:00Z","to":"2026-03-29T00:00:00Z","residents":1,"residentsReplayed":1,
                 "caseworkers":2,"personDays":28.0,"enoughData":true,"now":%s,"proposed":%s,
                 "trueCases":{"ofSilence":1,"foundNow":1,"foundProposed":0,"lost":1,"ofOtherFamilies":0,"cases":[
                  {"alertId":"0195e5a0-0000-7000-8000-0000000000aa","residentId":"%s",
                   "raisedAt":"2026-03-03T00:00:00Z","verdict":"lost","hoursLater":2.0}]}}""".formatted(side, side, residentId);
        town.transactions.run(
                connection -> Sql.on(connection, """
                        update risk_preview set state = 'done', progress = 1, worker = null, leased_until = null,
                               finished_at = now(), result = :result::jsonb""").with("result", result).update());
    }

    private static Instant moment(JsonNode node, String field) {
        return OffsetDateTime.parse(node.get(field).asText()).toInstant();
    }
}
