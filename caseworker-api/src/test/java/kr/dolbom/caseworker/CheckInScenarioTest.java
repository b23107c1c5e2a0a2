package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.City.SOON;
import static kr.dolbom.caseworker.City.awaitThat;
import static kr.dolbom.caseworker.City.rings;
import static kr.dolbom.caseworker.RosterOffice.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.City.Person;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.rest.RequestKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Planned conversations, as residents and caseworkers live through them.
class CheckInScenarioTest {
    private static final City CITY = new City();
    private static final Client OPERATOR = new Client(CITY.town.url).as("operator", Town.PASSWORD);
    private static final LocalTime NINE = LocalTime.of(9, 0);
    private static final Duration REPEAT = Duration.ofMinutes(20);

    private final City.Office office = CITY.open();
    private final Person minji = office.onCall("이민지");
    private final City.Home home = office.resident("김영자").of(minji);

    @AfterAll
    static void close() {
        CITY.close();
    }

    @Test
    void theRobotAsksAtNineSheAnswersAndTheCaseworkerReadsTheSummary() {
        home.device("doll");
        plan("sleep", "meal", "pain");
        assertEquals(List.of(), home.heard());
        untilNine();
        awaitHeard("check-in: 김영자 님, 안녕하세요. 안부 여쭐게요. 밤새 잘 주무셨어요?");
        home.answer("fine");
        awaitHeard("check-in: 식사는 하셨어요?");
        home.answer("need-help");
        awaitHeard("check-in: 몸은 편안하세요?");
        home.answer("fine");
        awaitHeard("speak: 말씀 고마워요. 담당 선생님께 전했어요. 곧 연락드릴 거예요.");

        Client caseworker = caseworker(minji);
        JsonNode told = read(caseworker, "/api/v1/residents/" + home.id() + "/check-ins");
        assertEquals("answered", told.at("/0/state").asText());
        assertEquals("잠: 잘 주무심. 식사: 못 드심. 몸: 편안하심.", told.at("/0/summaryKo").asText());
        JsonNode timeline = read(caseworker, "/api/v1/residents/" + home.id() + "/timeline");
        assertEquals("check-in", timeline.at("/0/kind").asText());
        assertEquals(told.at("/0/summaryKo"), timeline.at("/0/textKo"));
        assertEquals(0, alerts());
        assertEquals(List.of(0), rings(minji));
    }

    @Test
    void withoutADeviceThePhoneRingsAndShePressesOneAndSpeaks() {
        Person youngja = home.phone("김영자");
        plan("sleep", "need");
        untilNine();
        youngja.phone().answer(SOON);
        youngja.phone().press("1", SOON);
        assertTrue(youngja.phone().speak("네, 다 있어요", SOON), "it listens for Korean words");
        youngja.phone().awaitSpoken("말씀 고맙습니다. 담당 선생님께 전하겠습니다.", SOON);

        assertEquals(
                List.of("고양시청 노인복지과 돌봄 안심 안부 전화입니다. 김영자 님, 안녕하세요.", "밤새 잘 주무셨어요?"),
                youngja.phone().spoken().subList(0, 2));
        awaitState("answered");
        assertEquals("잠: 잘 주무심. 필요한 것: 없음.", summary());
        assertEquals(
                0, count("select count(*)::text as text from check_in_answer where words is not null and :value = ''"));
    }

    @Test
    void aCallThatTheProviderWouldNotTakeForTheMomentComesAMinuteLaterAndCountsForNothing() {
        Person youngja = home.phone("김영자");
        youngja.phone().fault(Fault.API_429, 1);
        plan("sleep");
        untilNine();
        awaitState("waiting");
        assertEquals(0, youngja.phone().rings().size());
        CITY.pass(Duration.ofSeconds(61));
        youngja.phone().answer(SOON);
        youngja.phone().press("1", SOON);
        awaitState("answered");

        assertEquals(List.of(1), rings(youngja));
        assertEquals(
                "1",
                CITY.town.text("select attempt::text as text from check_in where resident_no = :value", home.number));
    }

    @Test
    void whatSheSaysOnThePhoneIsKeptOnlyWithHerConsent() {
        Person youngja = home.phone("김영자");
        CITY.town.execute("update resident set transcript_consent = true where resident_no = " + home.number);
        plan("need");
        untilNine();
        youngja.phone().answer(SOON);
        youngja.phone().speak("아니요, 반찬이 없어요", SOON);
        awaitState("answered");

        JsonNode tasks = read(caseworker(minji), "/api/v1/tasks");
        assertEquals(1, tasks.size(), tasks.toString());
        assertEquals(
                "meal check-in 아니요, 반찬이 없어요",
                "%s %s %s"
                        .formatted(
                                tasks.at("/0/kind").asText(),
                                tasks.at("/0/source").asText(),
                                tasks.at("/0/words").asText()));
    }

    @Test
    void nobodyAnswersTwiceThenSomebodyLooksAndNoPhoneRings() {
        home.device("doll");
        plan("sleep", "meal");
        untilNine();
        awaitAsked(1);
        home.answer("no-answer");
        awaitState("waiting");
        CITY.pass(REPEAT);
        awaitAsked(2);
        home.answer("no-answer");
        awaitState("unanswered");

        UUID alert = alert();
        CITY.awaitEvent(alert, "raised");
        assertEquals("review", CITY.town.text("select tier as text from alert where alert_id = :value", alert));
        assertEquals("raised", CITY.town.stateOf(alert));
        CITY.pass(Duration.ofHours(1));
        assertEquals(List.of(), CITY.town.attempts(alert));
        assertEquals(2, home.heard().size(), "nobody asks a third time: " + home.heard());
        assertEquals(List.of(0), rings(minji));
    }

    @Test
    void aVoicemailIsNoAnswerAndSheIsRungOnceMore() {
        Person youngja = home.phone("김영자");
        youngja.phone().fault(Fault.VOICEMAIL);
        plan("sleep");
        untilNine();
        awaitState("waiting");
        youngja.phone().clearFaults();
        CITY.pass(REPEAT);
        youngja.take();
        awaitState("answered");

        assertEquals(List.of(2), rings(youngja));
        assertEquals(0, alerts());
    }

    @Test
    void whoCallsForHelpInTheConversationGetsItAtOnce() {
        Person youngja = home.phone("김영자");
        plan("sleep", "meal");
        untilNine();
        youngja.phone().answer(SOON);
        youngja.phone().speak("넘어졌어 좀 살려줘", SOON);
        youngja.phone().awaitSpoken("지금 바로 도움을 부르겠습니다.", SOON);
        minji.take();

        assertEquals("이민지", CITY.owner(alert()));
        assertEquals("잠: 도움을 청하심. 식사: 대답 없음.", summary());
    }

    @Test
    void aCallForHelpIsHeardThoughTheCallsEndWasReportedBeforeIt() {
        Person youngja = home.phone("김영자");
        plan("sleep");
        untilNine();
        youngja.phone().decline(SOON);
        awaitState("waiting");
        String call =
                CITY.town.text("select call_id::text as text from check_in where resident_no = :value", home.number);
        URI late = URI.create(CITY.town.url + "/twilio/key/" + call + "?question=sleep&again=false");
        assertEquals(200, CITY.town.phones.sendWebhook(late, Map.of("SpeechResult", "살려 주세요")));
        minji.take();

        assertEquals("이민지", CITY.owner(alert()));
    }

    @Test
    void painIsForReviewAsTheEngineHasIt() {
        home.device("doll");
        plan("pain");
        untilNine();
        awaitAsked(1);
        home.answer("need-help");
        awaitState("answered");

        assertEquals("review", CITY.town.text("select tier as text from alert where alert_id = :value", alert()));
        assertEquals(List.of(0), rings(minji));
    }

    @Test
    void whoIsInHospitalOrHasNotAgreedToCallsIsNotRung() {
        Person youngja = home.phone("김영자");
        City.Home other = office.resident("박순자");
        Person soonja = other.phone("박순자");
        ok(OPERATOR.put("/api/v1/residents/" + other.id() + "/check-in-call-consent", "{\"consents\": false}"));
        CITY.passUntil(NINE.minusMinutes(10));
        ok(OPERATOR.put(
                "/api/v1/residents/" + home.id() + "/mode",
                "{\"mode\": \"hospital\", \"until\": \"%s\", \"reason\": \"무릎 수술\"}"
                        .formatted(CITY.town.clock.instant().plus(Duration.ofDays(3)))));
        ok(OPERATOR.put("/api/v1/offices/" + office.id() + "/check-in-plan", planBody("sleep")));
        untilNine();
        awaitState("left-out");
        awaitThat(() -> leftOut(other).equals("no-consent"));

        assertEquals("hospital", leftOut(home));
        assertEquals(List.of(0, 0), rings(youngja, soonja));
    }

    @Test
    void whenTheProvidersReplyIsLostSheIsRungOnce() {
        Person youngja = home.phone("김영자");
        youngja.phone().fault(Fault.API_LOST_REPLY, 1);
        plan("sleep");
        untilNine();
        youngja.take();
        awaitState("answered");
        CITY.pass(REPEAT);

        assertEquals(List.of(1), rings(youngja));
        assertEquals(
                1,
                CITY.town.phones.requests(
                        RequestKind.CREATE_CALL, youngja.phone().number()));
    }

    @Test
    void killedWhileAskingTheOtherInstanceGoesOnAndEverythingWasAskedOnce() {
        home.device("doll");
        EmbeddedServer other = CITY.town.start();
        plan("sleep", "meal");
        untilNine();
        awaitAsked(1);
        other.stop();
        home.answer("fine");
        awaitAsked(2);
        home.answer("fine");
        awaitState("answered");

        assertEquals(
                List.of(
                        "check-in: 김영자 님, 안녕하세요. 안부 여쭐게요. 밤새 잘 주무셨어요?",
                        "check-in: 식사는 하셨어요?",
                        "speak: 말씀 고마워요. 담당 선생님께 전할게요. 좋은 하루 보내세요."),
                home.heard());
    }

    @Test
    void aPlanIsTheOfficesOrTheResidentsOwnAndNeverInQuietHours() {
        String ofOffice = "/api/v1/offices/" + office.id() + "/check-in-plan";
        String own = "/api/v1/residents/" + home.id() + "/check-in-plan";
        Client caseworker = caseworker(minji);
        Client stranger = caseworker(CITY.open().caseworker("최수아"));
        assertEquals("none", read(caseworker, own).get("from").asText());
        assertEquals(403, caseworker.put(ofOffice, planBody("sleep")).statusCode());
        ok(OPERATOR.put(ofOffice, planBody("sleep")));
        assertEquals("office", read(caseworker, own).get("from").asText());
        ok(caseworker.put(own, planBody("meal", "medicine")));
        assertEquals(
                "[\"meal\",\"medicine\"]",
                read(caseworker, own).get("questions").toString());
        assertEquals(404, stranger.get(own).statusCode());
        assertEquals(400, stranger.get(ofOffice).statusCode());
        assertEquals(204, caseworker.delete(own).statusCode());
        assertEquals("office", read(caseworker, own).get("from").asText());

        CITY.town.execute("""
                insert into risk_setting_change (office_no, name, value, changed_by, reason)
                values (%1$d, 'quiet.begins', 1320, 'operator', 'quiet'), (%1$d, 'quiet.ends', 600, 'operator', 'quiet')""".formatted(office.number));
        HttpResponse<String> refused = caseworker.put(own, planBody("sleep"));
        assertEquals(400, refused.statusCode());
        assertTrue(refused.body().contains("a time outside of the quiet hours from 22:00 to 10:00"), refused.body());
        assertEquals(400, caseworker.put(own, planBody("weather")).statusCode());
    }

    /// The office's plan is set at ten to nine.
    private void plan(String... questions) {
        CITY.passUntil(NINE.minusMinutes(10));
        ok(OPERATOR.put("/api/v1/residents/" + home.id() + "/check-in-plan", planBody(questions)));
    }

    private static String planBody(String... questions) {
        return """
                {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "at": "09:00", "questions": ["%s"]}""".formatted(String.join("\", \"", questions));
    }

    private static void untilNine() {
        CITY.pass(Duration.ofMinutes(10));
    }

    private static void ok(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
    }

    private static Client caseworker(Person person) {
        String login = "caseworker-" + person.number();
        CITY.town.transactions.run(
                connection -> Accounts.add(connection, login, Town.PASSWORD, Role.CASEWORKER, person.number()));
        return new Client(CITY.town.url).as(login, Town.PASSWORD);
    }

    private void awaitHeard(String last) {
        awaitThat(() -> !home.heard().isEmpty() && home.heard().getLast().equals(last));
    }

    private void awaitAsked(int count) {
        awaitThat(() -> home.heard().stream()
                        .filter(line -> line.startsWith("check-in"))
                        .count()
                == count);
    }

    private void awaitState(String state) {
        awaitThat(() -> CITY.town
                .text("select state as text from check_in where resident_no = :value", home.number)
                .equals(state));
    }

    private static String leftOut(City.Home home) {
        return CITY.town.text("select left_out as text from check_in where resident_no = :value", home.number);
    }

    private String summary() {
        return CITY.town.text("select summary_ko as text from check_in where resident_no = :value", home.number);
    }

    private UUID alert() {
        awaitThat(() -> alerts() == 1);
        return UUID.fromString(
                CITY.town.text("select alert_id::text as text from alert where resident_no = :value", home.number));
    }

    private int alerts() {
        return Integer.parseInt(
                CITY.town.text("select count(*)::text as text from alert where resident_no = :value", home.number));
    }

    private static int count(String query) {
        return Integer.parseInt(CITY.town.text(query, ""));
    }
}
