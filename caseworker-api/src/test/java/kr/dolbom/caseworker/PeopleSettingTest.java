package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.Town.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.database.Sql;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Policies and thresholds as pages show and change them. The engine's part is played by an update of the row, as it
/// writes it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleSettingTest {
    private final Town town = new Town();
    private Client supervisor;
    private Client caseworker;
    private String thresholds = "";
    private String policies = "";

    @BeforeAll
    void start() {
        town.execute("update caseworker set duty = 'supervisor' where caseworker_no = 2");
        town.start();
        town.transactions.run(connection -> Accounts.add(connection, "minji", PASSWORD, Role.CASEWORKER, 1)
                && Accounts.add(connection, "junho", PASSWORD, Role.SUPERVISOR, 2));
        caseworker = new Client(town.url).signIn("minji", PASSWORD);
        supervisor = new Client(town.url).signIn("junho", PASSWORD);
        String office = town.text("select office_id::text as text from office where office_no = :value", 1);
        thresholds = "/people/thresholds/" + office;
        policies = "/people/policies/" + office;
    }

    @BeforeEach
    void forget() {
        town.execute("truncate risk_preview, risk_setting_change, weather_advisory cascade");
        town.execute("delete from escalation_policy");
    }

    @AfterAll
    void close() {
        town.close();
    }

    @Test
    void aSupervisorDoesByRestForTheOwnOfficeWhatThePagesLetThemDo() {
        Client junho = new Client(town.url).as("junho", PASSWORD);
        Client operator = new Client(town.url).as("operator", PASSWORD);
        String own = id("select office_id::text as text from office where office_no = :value", 1);
        String other = id("select office_id::text as text from office where office_no = :value", 2);
        String setting = "{\"value\": \"14h\", \"reason\": \"heat wave\"}";
        String question = "{\"settings\": {\"caps.urgent\": \"12h\"}}";
        String policy = "{\"reason\": \"back to the default\"}";
        for (String office : List.of(own, other)) {
            String path = "/api/v1/offices/" + office;
            boolean isOwn = office.equals(own);
            assertEquals(
                    isOwn ? List.of(200, 200, 200, 202, 200, 200, 201) : Collections.nCopies(7, 404),
                    List.of(
                            junho.get(path).statusCode(),
                            junho.get(path + "/risk-settings").statusCode(),
                            junho.put(path + "/risk-settings/caps.urgent", setting)
                                    .statusCode(),
                            junho.post(path + "/risk-settings/previews", question)
                                    .statusCode(),
                            junho.get(path + "/policies/critical").statusCode(),
                            junho.put(path + "/policies/critical", policy).statusCode(),
                            junho.post("/api/v1/weather-advisories", advisory(office))
                                    .statusCode()),
                    path);
            assertEquals(
                    List.of(403, 403),
                    List.of(
                            junho.post(path + "/change", "{}").statusCode(),
                            new Client(town.url).as("minji", PASSWORD).get(path).statusCode()),
                    "names of offices are the operators', settings no caseworker's");
        }
        String elsewhere = Client.json(operator.post("/api/v1/weather-advisories", advisory(other)))
                .get("advisoryId")
                .asText();
        assertEquals(1, Client.json(junho.get("/api/v1/weather-advisories")).size());
        assertEquals(
                404, junho.delete("/api/v1/weather-advisories/" + elsewhere).statusCode());
        assertEquals(1, Client.json(junho.get("/api/v1/offices")).size());
    }

    @Test
    void aSupervisorKeepsTheOwnOfficesPeopleByRest() {
        Client junho = new Client(town.url).as("junho", PASSWORD);
        String own = id("select office_id::text as text from office where office_no = :value", 1);
        String other = id("select office_id::text as text from office where office_no = :value", 2);
        HttpResponse<String> added = junho.post("/api/v1/residents", resident(own));
        assertEquals(201, added.statusCode(), added.body());
        assertEquals(400, junho.post("/api/v1/residents", resident(other)).statusCode());
        Client operator = new Client(town.url).as("operator", PASSWORD);
        String elsewhere = "/api/v1/residents/"
                + Client.json(operator.post("/api/v1/residents", resident(other)))
                        .get("residentId")
                        .asText();
        assertEquals(404, junho.get(elsewhere).statusCode());
        assertEquals(
                404,
                junho.post(elsewhere + "/consent", "{\"transcriptConsent\": true}")
                        .statusCode());
        for (JsonNode resident : Client.json(junho.get("/api/v1/residents")).get("residents")) {
            assertEquals(own, resident.get("officeId").asText());
        }

        String people = "/api/v1/caseworkers/";
        String minji =
                people + id("select caseworker_id::text as text from caseworker where caseworker_no = :value", 1);
        String myself =
                people + id("select caseworker_id::text as text from caseworker where caseworker_no = :value", 2);
        String sua = people + id("select caseworker_id::text as text from caseworker where caseworker_no = :value", 3);
        assertEquals(
                2,
                Client.json(junho.get("/api/v1/caseworkers")).get("caseworkers").size());
        assertEquals(
                200, junho.post(minji + "/change", "{\"language\": \"en\"}").statusCode());
        assertEquals(404, junho.get(sua).statusCode());
        assertEquals(404, junho.post(sua + "/change", "{\"language\": \"en\"}").statusCode());
        assertEquals(404, junho.post(sua + "/left", "").statusCode());
        assertEquals(409, junho.post(myself + "/left", "").statusCode());
        assertEquals(
                403,
                new Client(town.url)
                        .as("minji", PASSWORD)
                        .get("/api/v1/residents")
                        .statusCode());
    }

    @Test
    void aPageThatBeginsAfterSomebodyOfAnotherOfficeTellsNothing() {
        Client junho = new Client(town.url).as("junho", PASSWORD);
        Client operator = new Client(town.url).as("operator", PASSWORD);
        String office = id("select office_id::text as text from office where office_no = :value", 2);
        String strange = Client.json(operator.post("/api/v1/residents", resident(office)))
                .get("residentId")
                .asText();
        String sua = id("select caseworker_id::text as text from caseworker where caseworker_no = :value", 3);
        town.execute("""
                insert into check_in (resident_no, day, planned_at, due_at, ended_at, questions, state)
                select resident_no, '2001-02-03', '2001-02-03Z', '2001-02-03Z', '2001-02-03Z', 'sleep', 'answered'
                  from resident where office_no = 2 limit 1""");
        town.execute("""
                insert into on_call_shift (office_no, caseworker_no, position, starts_at, ends_at)
                values (2, 3, 9, '2001-02-03Z', '2001-02-04Z')""");
        String shift = id("select shift_id::text as text from on_call_shift where position = :value", 9);
        String checkIn = id("""
                select check_in_id::text as text from check_in where extract(year from day) = :value""", 2001);
        String nobody = UUID.randomUUID().toString();
        for (String path : List.of(
                "/api/v1/residents?after=" + strange,
                "/api/v1/caseworkers?after=" + sua,
                "/api/v1/on-call-shifts?after=" + shift,
                "/api/v1/check-ins?after=" + checkIn)) {
            String id = path.replaceAll(".*=", "");
            HttpResponse<String> answer = junho.get(path);
            assertEquals(400, answer.statusCode(), answer.body());
            assertEquals(200, operator.get(path).statusCode(), "it is there");
            assertEquals(
                    junho.get(path.replace(id, nobody)).body().replace(nobody, "ID"),
                    answer.body().replace(id, "ID"));
        }
    }

    private String id(String query, int number) {
        return town.text(query, number);
    }

    private String advisory(String office) {
        return """
                {"kind": "heat-wave", "officeId": "%s", "startsAt": "%s", "endsAt": "%s"}""".formatted(office, town.clock.instant(), town.clock.instant().plus(Duration.ofHours(5)));
    }

    private static String resident(String office) {
        return """
                {"officeId": "%s", "name": "박순자", "birthYear": 1940, "neighbourhood": "대화동", "address": "대화로 1"}""".formatted(office);
    }

    @Test
    void aPolicyReadsAsASequenceAndIsChangedByItsForm() {
        String usual = ok(caseworker.get("/people/policies"));
        assertTrue(usual.contains("당직자 모두(순번대로)에게 전화와 문자, 5초 기다림"), usual);
        assertTrue(usual.contains("20바퀴 돌고, 그 뒤에도 5분마다 누군가 맡을 때까지 계속합니다."), usual);
        assertFalse(usual.contains(policies + "/urgent"), "a caseworker reads alone");
        assertTrue(ok(supervisor.get(policies + "/urgent")).contains("name=\"s0-t-on-call\" value=\"yes\" checked"));

        HttpResponse<String> saved = supervisor.form(
                policies + "/urgent",
                Map.ofEntries(
                        Map.entry("s0-t-primary", "yes"),
                        Map.entry("s0-c-voice", "yes"),
                        Map.entry("s0-c-sms", "yes"),
                        Map.entry("s0-wait", "120"),
                        Map.entry("s0-repeats", "2"),
                        Map.entry("s1-t-team", "yes"),
                        Map.entry("s1-c-voice", "yes"),
                        Map.entry("s1-wait", "60"),
                        Map.entry("s1-repeats", "1"),
                        Map.entry("s1-together", "yes"),
                        Map.entry("rounds", "3"),
                        Map.entry("slow-wait", "10"),
                        Map.entry("reason", "야간에 주 당직 먼저")));

        assertEquals(303, saved.statusCode(), saved.body());
        String page = ok(supervisor.get("/people/policies"));
        assertTrue(page.contains("<li>당직 1순위에게 전화와 문자, 2분 기다림, 2번까지</li>"), page);
        assertTrue(page.contains("<li>부서 모두에게 전화, 1분 기다림, 한꺼번에</li>"), page);
        assertTrue(page.contains("이 부서의 정책") && page.contains("junho · 야간에 주 당직 먼저"), page);
    }

    @Test
    void aPolicyThatReachesNobodyOrNeverRingsIsRefused() {
        HttpResponse<String> nobody = policy("s0-t-guardian", "s0-c-voice");
        assertEquals(400, nobody.statusCode());
        assertTrue(nobody.body().contains("아무에게도 닿지 않아") && nobody.body().contains("당직자를 세우거나"), nobody.body());
        assertTrue(
                nobody.body().contains("name=\"s0-t-guardian\" value=\"yes\" checked"), "nothing is to be typed again");
        assertTrue(policy("s0-t-on-call", "s0-c-sms").body().contains("문자로는 아무도 깨지 않습니다."));
        Client english = new Client(town.url).signIn("junho", PASSWORD).with("Accept-Language", "en");
        assertTrue(english.form(policies + "/urgent", form("s0-t-guardian", "s0-c-voice"))
                .body()
                .contains("a step whose targets somebody stands for now: put somebody on call"));
        assertEquals(
                403,
                caseworker
                        .form(policies + "/urgent", form("s0-t-team", "s0-c-voice"))
                        .statusCode());
        assertEquals(
                "0", town.text("select count(*)::text as text from escalation_policy where tier = :value", "urgent"));
    }

    private HttpResponse<String> policy(String target, String channel) {
        return supervisor.form(policies + "/urgent", form(target, channel));
    }

    private static Map<String, String> form(String target, String channel) {
        return Map.of(
                target,
                "yes",
                channel,
                "yes",
                "s0-wait",
                "60",
                "s0-repeats",
                "1",
                "rounds",
                "1",
                "slow-wait",
                "5",
                "reason",
                "because");
    }

    @Test
    void thresholdsAreReplayedBeforeTheyChangeAndOneClickReturns() {
        HttpResponse<String> asked = supervisor.form(thresholds + "/previews", Map.of("caps.urgent", "14h"));
        String preview = location(asked);
        assertTrue(ok(supervisor.get(preview)).contains("판단 엔진을 기다리고 있습니다."));
        town.execute("""
                update risk_preview set state = 'running', progress = 0.42, worker = gen_random_uuid(),
                       leased_until = now()""");
        String running = ok(supervisor.get(preview));
        assertTrue(running.contains("42 %") && running.contains("hx-trigger=\"every 1s\""), running);
        assertTrue(ok(supervisor.get("/people/thresholds")).contains("미리보기가 진행되고 있습니다."));
        answer(28, "earlier", -4.0);

        String done = ok(supervisor.get(preview));

        assertTrue(done.contains("이 기준이었다면 지난 28일 동안 알림이 주 3건 더 있었고, 1건을 4시간 먼저 찾았을 것입니다."), done);
        assertTrue(done.contains("<td class=\"number\">25</td><td class=\"number\">28</td>"), done);
        assertFalse(done.contains("hx-trigger"), "nothing more will come");
        assertEquals(
                400, supervisor.form(preview + "/apply", Map.of("reason", "")).statusCode());
        assertEquals("16h", value());
        assertEquals(
                303,
                supervisor.form(preview + "/apply", Map.of("reason", "지난주 낙상")).statusCode());
        String page = ok(supervisor.get("/people/thresholds"));
        assertTrue(page.contains("<strong>14시간</strong>") && page.contains("기본값 → 14시간"), page);
        assertTrue(page.contains("junho · 지난주 낙상") && page.contains(preview), page);
        assertEquals("14h", value());
        supervisor.form(thresholds + "/return", Map.of("name", "caps.urgent", "before", ""));
        assertEquals("16h", value());
        assertTrue(ok(caseworker.get("/people/thresholds")).contains("14시간 → 기본값"));
        assertEquals(403, caseworker.form(thresholds + "/return", Map.of()).statusCode());
    }

    @Test
    void whereTooLittleIsStoredThePageSaysHowMuchInItsOwnLanguage() {
        String preview = location(supervisor.form(thresholds + "/previews", Map.of("caps.urgent", "15h")));
        town.execute("""
                update risk_preview set state = 'done', progress = 1, finished_at = now(), worker = null, leased_until = null,
                       result = jsonb_build_object(
                           'from', '2026-03-01T00:00:00Z', 'to', '2026-03-29T00:00:00Z', 'residents', 1,
                           'residentsReplayed', 1, 'caseworkers', 2, 'personDays', 7, 'leastPersonDays', 14,
                           'enoughData', false, 'advice', 'Not enough data: 7.0 watched person-days.',
                           'trueCases', '{"ofSilence":0,"foundNow":0,"foundProposed":0,"lost":0,"ofOtherFamilies":0,"cases":[]}'::jsonb)
                 where finished_at is null""");

        String page = ok(supervisor.get(preview));

        assertTrue(page.contains("지켜본 시간이 어르신 한 분 기준 7일치이고, 적어도 14일치가 있어야 합니다."), page);
        assertFalse(page.contains("Not enough data"), page);
    }

    @Test
    void theSentenceInEnglishAndWhenCasesAreLost() {
        String preview = location(supervisor.form(thresholds + "/previews", Map.of("caps.urgent", "20h")));
        answer(7, "lost", 0.0);
        Client english = new Client(town.url).signIn("junho", PASSWORD).with("Accept-Language", "en");
        String page = ok(english.get(preview));
        assertTrue(
                page.contains("Over the last 28 days this would have given 18 alerts a week fewer and missed 1 case."),
                page);
        assertTrue(ok(supervisor.get(preview)).contains("알림이 주 18건 적었고, 1건을 놓쳤을 것입니다."));
    }

    @Test
    void whenNoEngineAnswersThePageSaysSoAndOffersToWait() {
        String preview = location(supervisor.form(thresholds + "/previews", Map.of("caps.urgent", "14h")));
        assertFalse(ok(supervisor.get(preview)).contains("아직 답하지 않습니다"));
        town.execute("update risk_preview set asked_at = asked_at - interval '1 minute'");
        String late = ok(supervisor.get(preview));
        assertTrue(late.contains("판단 엔진이 아직 답하지 않습니다.") && late.contains("더 기다리기"), late);
        HttpResponse<String> second = supervisor.form(thresholds + "/previews", Map.of("caps.urgent", "13h"));
        assertTrue(second.body().contains("다른 미리보기가 진행되고 있습니다."), second.body());
        town.execute("update risk_preview set state = 'failed', error = 'Ask for less.', finished_at = now()");
        String failed = ok(supervisor.get(preview));
        assertTrue(failed.contains("저장된 기준은 그대로입니다."), failed);
        assertFalse(failed.contains("Ask for less."), "what the engine says is for programs");
    }

    @Test
    void valuesOutOfBoundsAndQuietHoursAndAdvisories() {
        HttpResponse<String> wild = supervisor.form(thresholds + "/previews", Map.of("caps.urgent", "30h"));
        assertEquals(400, wild.statusCode());
        assertTrue(
                wild.body().contains("<p class=\"fault\" id=\"caps.urgent-fault\">8시간부터 24시간까지의 값을 적어 주세요."),
                wild.body());
        assertTrue(wild.body().contains("기본 16시간, 8시간부터 24시간까지."), wild.body());
        String english = supervisor
                .with("Accept-Language", "en")
                .form(thresholds + "/previews", Map.of("floors.urgent", "much"))
                .body();
        supervisor.with("Accept-Language", "ko");
        assertTrue(english.contains("Write a value from 1 h to 12 h."), english);
        assertTrue(supervisor
                .form(thresholds + "/previews", Map.of("caps.urgent", "16시간"))
                .body()
                .contains("지금과 다른 값을 하나는"));
        assertEquals(
                303,
                supervisor
                        .form(thresholds + "/quiet", Map.of("quiet.begins", "21:30", "quiet-reason", "일찍 주무심"))
                        .statusCode());
        String quiet = ok(supervisor.get("/people/thresholds"));
        assertTrue(quiet.contains("일찍 주무심") && quiet.contains("<strong>21:30</strong>"), quiet);
        assertEquals(
                400,
                supervisor
                        .form(thresholds + "/quiet", Map.of("quiet.begins", "late", "quiet-reason", "because"))
                        .statusCode());
        LocalDateTime now = LocalDateTime.ofInstant(town.clock.instant(), ZoneId.of("Asia/Seoul"))
                .truncatedTo(ChronoUnit.MINUTES);
        HttpResponse<String> entered = supervisor.form(
                thresholds + "/advisories",
                Map.of(
                        "kind", "heat-wave",
                        "place", "대화동",
                        "starts", now.minusHours(1).toString(),
                        "ends", now.plus(Duration.ofHours(30)).toString(),
                        "source", "기상청"));
        assertEquals(303, entered.statusCode(), entered.body());
        assertTrue(ok(caseworker.get("/people/thresholds")).contains("폭염 · 대화동"));
        String id = town.text("select advisory_id::text as text from weather_advisory where source = :value", "기상청");
        assertEquals(
                303,
                supervisor
                        .form(thresholds + "/advisories/" + id + "/end", Map.of())
                        .statusCode());
        assertTrue(ok(supervisor.get("/people/thresholds")).contains("지남"));
        assertEquals(
                400,
                supervisor
                        .form(thresholds + "/advisories", Map.of("kind", "heat-wave", "starts", "soon"))
                        .statusCode());
        for (String tab : List.of("policies", "thresholds")) {
            assertFalse(ok(caseworker.get("/people/" + tab)).contains("method=\"post\" action=\"/people/thresholds\""));
        }
    }

    private String value() {
        return town.transactions.run(connection -> Sql.on(connection, """
                        select coalesce((select case value when 840 then '14h' end from risk_setting_change
                                          where name = 'caps.urgent' order by change_no desc limit 1), '16h') as value""").get(row -> row.text("value")));
    }

    /// As `kr.dolbom.risk.preview.Result` writes it.
    private void answer(int proposedPerWeek, String verdict, double hoursLater) {
        String side = """
                {"urgent":{"count":%d,"per30PersonDays":30.0,"perDay":%s,"perWorkerAndDay":0.5},
                 "checkIn":{"count":0,"per30PersonDays":0.0,"perDay":0.0,"perWorkerAndDay":0.0},
                 "injectedSilences":{"count":60,"medianHours":4.5,"daytimeMedianHours":4.0,"p90Hours":14.0}}""";
        String resident = town.text("select resident_id::text as text from resident where resident_no = :value", 1);
        // 25 a week as it stands.
        String result = """
                {"from":"2026-03-01T00:00:00Z","to":"2026-03-29T00:00:00Z","residents":1,"residentsReplayed":1,
                 "caseworkers":2,"personDays":28.0,"enoughData":true,"now":%s,"proposed":%s,
                 "trueCases":{"ofSilence":1,"foundNow":1,"foundProposed":1,"lost":0,"ofOtherFamilies":0,"cases":[
                  {"alertId":"0195e5a0-0000-7000-8000-0000000000aa","residentId":"%s",
                   "raisedAt":"2026-03-03T00:00:00Z","verdict":"%s","hoursLater":%s}]}}""".formatted(
                        side.formatted(100, 25.0 / 7),
                        side.formatted(proposedPerWeek * 4, proposedPerWeek / 7.0),
                        resident,
                        verdict,
                        hoursLater);
        town.transactions.run(
                connection -> Sql.on(connection, """
                        update risk_preview set state = 'done', progress = 1, worker = null, leased_until = null,
                               finished_at = now(), result = :result::jsonb""").with("result", result).update());
    }

    private static String ok(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse(answer.statusCode() + answer.body());
    }
}
