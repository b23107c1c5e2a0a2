package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.City.SOON;
import static kr.dolbom.caseworker.City.awaitThat;
import static kr.dolbom.caseworker.City.rings;
import static kr.dolbom.caseworker.RosterOffice.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.context.BeanContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.City.Person;
import kr.dolbom.caseworker.notice.Notices;
import kr.dolbom.caseworker.supervisor.SupervisorTexts;
import kr.dolbom.caseworker.timer.Chore;
import kr.dolbom.sim.phone.line.Fault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What supervisors are told of before it matters.
class NoticeScenarioTest {
    private static final City CITY = new City();

    private final City.Office office = CITY.open();
    private final Person sua = office.supervisor("최수아");
    private final SupervisorTexts texts = CITY.bean(SupervisorTexts.class);

    @AfterAll
    static void close() {
        CITY.close();
    }

    @Test
    void theSupervisorIsToldOfADeadNumberBeforeTheNextShift() {
        Person minji = office.onCall("이민지");
        Person junho = office.onCall("박준호");
        office.resident("김영자");
        junho.phone().fault(Fault.UNKNOWN_HANDSET);
        CITY.town.execute("""
                update on_call_shift set starts_at = now() + interval '12 hours' where caseworker_no = %d""".formatted(junho.number()));
        CITY.town.execute("""
                insert into phone_trouble (phone, channel, code, since) values ('%s', 'voice', '21211', now())""".formatted(junho.phone().number()));
        CITY.bean(BeanContext.class).getBeansOfType(Chore.class).stream()
                .filter(chore -> chore.name().equals("readiness-check"))
                .forEach(Chore::run);
        texts.run();
        texts.run();
        String text = sua.phone().awaitTexts(1, SOON).getFirst().body();

        assertTrue(text.startsWith("[고양시 노인복지과] "), text);
        assertTrue(text.contains("당직인 박준호 님의 번호로 연락할 수 없습니다."), text);
        assertTrue(text.endsWith("이 밖에 1건이 더 있습니다."), text);
        assertEquals(1, sua.phone().texts().size());
        assertEquals(List.of(0, 0, 0), rings(sua, minji, junho));
    }

    @Test
    void whoWantsNoTextsAnyMoreIsToldOfToTheSupervisorWithinTheMinute() {
        Person minji = office.onCall("이민지");
        minji.phone().fault(Fault.OPTED_OUT);
        office.resident("김영자").raise("critical", "emergency");
        minji.take();
        awaitThat(() -> !notices().isEmpty());
        CITY.pass(Duration.ofSeconds(16));

        String text = sua.phone().awaitTexts(1, SOON).getFirst().body();
        assertTrue(text.startsWith("[고양시 노인복지과] 이민지 님의 번호로 더는 연락할 수 없습니다(sms, Twilio 오류 21610)."), text);
        assertFalse(text.contains("김영자"), text);
    }

    @Test
    void thatNobodyIsOnCallForAnAlertIsToldAtOnceUntilSomebodyHasIt() {
        office.policy("critical", """
                {"steps": [{"targets": ["on-call"], "channels": ["voice"], "waitSeconds": 60, "repeats": 1, "together": false}],
                 "rounds": 1, "keepsOn": true, "slowWaitSeconds": 300}""");
        UUID alert = office.resident("김영자").raise("critical", "emergency");
        awaitThat(() -> notices().contains("nobody-on-call"));
        CITY.pass(Duration.ofSeconds(16));
        String text = sua.phone().awaitTexts(1, SOON).getFirst().body();
        assertTrue(text.startsWith("[고양시 노인복지과] 알림이 있는데 지금 연락할 당직자가 없습니다."), text);

        Person minji = office.onCall("이민지");
        CITY.pass(Duration.ofSeconds(31));
        minji.take();
        assertEquals("이민지", CITY.owner(alert));
        CITY.pass(Duration.ofSeconds(16));
        awaitThat(() -> notices("ended_at is null").isEmpty());
    }

    @Test
    void whatCanWaitWaitsUntilTheQuietHoursEnd() {
        quietUntil(Duration.ofHours(2));
        raise("maintenance", null);
        texts.run();
        assertEquals(List.of(), notices("told_at is not null"));

        CITY.pass(Duration.ofHours(2).plusMinutes(2));
        texts.run();
        sua.phone().awaitTexts(1, SOON);
    }

    @Test
    void whatMattersThisNightIsToldAtNight() {
        quietUntil(Duration.ofHours(2));
        raise("roster-gap", CITY.town.clock.instant().plus(Duration.ofHours(9)));
        raise("shift-gap", CITY.town.clock.instant().plus(Duration.ofHours(1)));
        texts.run();
        sua.phone().awaitTexts(1, SOON);
        // The phone has the text a moment before its receipt is noted.
        awaitThat(() -> !notices("told_at is not null").isEmpty());

        assertEquals(List.of("shift-gap"), notices("told_at is not null"));
    }

    @Test
    void severalNoticesAreOneTextToEverySupervisor() {
        Person mina = office.supervisor("김미나");
        raise("maintenance", null);
        raise("roster-gap", null);
        raise("roster-single", null);
        texts.run();
        texts.run();

        for (Person supervisor : List.of(sua, mina)) {
            String text = supervisor.phone().awaitTexts(1, SOON).getFirst().body();
            assertTrue(text.endsWith("이 밖에 2건이 더 있습니다."), text);
        }
        awaitThat(() -> notices("told_at is not null").size() == 3);
        assertEquals(1, sua.phone().texts().size());
    }

    @Test
    void aTextThatIsRefusedOrDoesNotArriveIsSentAgainAnHourLater() {
        sua.phone().fault(Fault.UNKNOWN_HANDSET, 1);
        raise("maintenance", null);
        texts.run();
        awaitThat(() -> failedTexts() == 1);
        assertEquals(List.of(), notices("told_at is not null"));
        sua.phone().clearFaults();
        sua.phone().fault(Fault.API_500, 1);
        CITY.pass(Duration.ofMinutes(61));
        texts.run();
        awaitThat(() -> failedTexts() == 2);
        CITY.pass(Duration.ofMinutes(61));
        texts.run();

        sua.phone().awaitTexts(1, SOON);
        awaitThat(() -> notices("told_at is not null").equals(List.of("maintenance")));
    }

    @Test
    void aNoticeThatSomebodyHasSeenIsNotTexted() {
        UUID notice = raise("maintenance", null);
        Client console = office.signIn(sua);
        JsonNode seen = Client.json(console.post("/api/v1/notices/" + notice + "/seen", ""));
        texts.run();

        assertEquals("person-" + sua.number(), seen.get("seenBy").asText());
        assertEquals(List.of(), sua.phone().texts());
        assertEquals(
                0, read(console, "/api/v1/notices?seen=false").get("notices").size());
        assertEquals(
                1, read(console, "/api/v1/notices?seen=true").get("notices").size());
    }

    @Test
    void supervisorsSeeTheirOfficesNoticesPageByPageAndNobodyElsesAndCaseworkersNone() {
        raise("maintenance", null);
        raise("roster-gap", null);
        UUID last = raise("roster-single", null);
        CITY.town.execute("update notice set ended_at = raised_at where notice_id = '%s'".formatted(last));
        Client supervisor = office.signIn(sua);
        Client caseworker = office.signIn(office.caseworker("이민지"));
        City.Office other = CITY.open();
        Client stranger = other.signIn(other.supervisor("박서준"));
        Client operator = new Client(CITY.town.url).as("operator", Town.PASSWORD);

        JsonNode first = read(supervisor, "/api/v1/notices?limit=2");
        JsonNode second = read(
                supervisor,
                "/api/v1/notices?limit=2&before=" + first.get("before").asText());
        assertEquals(List.of("roster-single", "roster-gap", "maintenance"), kinds(first, second));
        assertEquals(List.of("roster-gap", "maintenance"), kinds(read(supervisor, "/api/v1/notices?open=true")));
        assertEquals(
                3,
                kinds(read(operator, "/api/v1/notices?officeId=" + office.id())).size());
        assertTrue(kinds(read(operator, "/api/v1/notices")).size() >= 3);
        assertEquals(List.of(), kinds(read(stranger, "/api/v1/notices")));
        assertEquals(403, caseworker.get("/api/v1/notices").statusCode());
        assertEquals(
                403, caseworker.post("/api/v1/notices/" + last + "/seen", "").statusCode());
        assertEquals(404, stranger.post("/api/v1/notices/" + last + "/seen", "").statusCode());
        assertEquals(
                400, stranger.get("/api/v1/notices?officeId=" + office.id()).statusCode());
        assertEquals(401, new Client(CITY.town.url).get("/api/v1/notices").statusCode());
    }

    private UUID raise(String kind, @Nullable Instant mattersAt) {
        Instant now = CITY.town.clock.instant();
        CITY.town.transactions.run(connection ->
                Notices.raiseFor(connection, office.number, kind, "", mattersAt, now, "하나", "둘", "셋", "넷"));
        return UUID.fromString(CITY.town.text(
                "select notice_id::text as text from notice where kind = '" + kind + "' and office_no = :value",
                office.number));
    }

    /// Quiet hours that began an hour ago.
    private void quietUntil(Duration ahead) {
        LocalTime now = LocalTime.ofInstant(CITY.town.clock.instant(), CITY.town.clock.getZone());
        CITY.town.execute("""
                insert into risk_setting_change (office_no, name, value, changed_by, reason)
                values (%1$d, 'quiet.begins', %2$d, 'operator', 'as the test needs it'),
                       (%1$d, 'quiet.ends', %3$d, 'operator', 'as the test needs it')""".formatted(office.number, minute(now.minusHours(1)), minute(now.plus(ahead))));
    }

    private static int minute(LocalTime time) {
        return time.toSecondOfDay() / 60;
    }

    private List<String> notices() {
        return notices("true");
    }

    private List<String> notices(String condition) {
        return CITY.town.list(
                "select kind as text from notice where office_no = :value and %s order by kind".formatted(condition),
                office.number);
    }

    private int failedTexts() {
        return CITY.town
                .list(
                        "select state as text from notice_text where caseworker_no = :value and state = 'failed'",
                        sua.number())
                .size();
    }

    private static List<String> kinds(JsonNode... pages) {
        return Arrays.stream(pages)
                .flatMap(page -> page.get("notices").findValuesAsText("kind").stream())
                .toList();
    }
}
