package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.City.SOON;
import static kr.dolbom.caseworker.City.awaitThat;
import static kr.dolbom.caseworker.City.rings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.City.Person;
import kr.dolbom.sim.phone.alimtalk.AlimTalkFault;
import kr.dolbom.sim.phone.alimtalk.AlimTalkMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// AlimTalk, and the text that comes in its place.
class AlimTalkScenarioTest {
    private static final City CITY = new City();
    private static final Client OPERATOR = new Client(CITY.town.url).as("operator", Town.PASSWORD);

    private final City.Office office = CITY.open();
    private final Person minji = office.onCall("이민지");

    @AfterAll
    static void close() {
        CITY.close();
    }

    @Test
    void anAlimTalkMessageNamesTheOfficeAndNothingAboutTheResidentAndItsButtonTakesTheAlert() {
        UUID alert = raise("alimtalk");
        CITY.town.awaitAttempts(alert, "1 alimtalk delivered");
        AlimTalkMessage message = awaitTalk(minji);
        CITY.pass(Duration.ofSeconds(61));
        new Client(message.link()).form("", Map.of());

        assertEquals("[고양시 노인복지과] 위급 돌봄 알림이 1건 있습니다. 아래 버튼을 눌러 확인해 주세요.", message.text());
        assertEquals("dolbom-alert-ko", message.template());
        assertEquals("이민지", CITY.owner(alert));
        CITY.town.awaitAttempts(alert, "1 alimtalk reached");
        assertEquals(List.of(), minji.phone().texts());
    }

    @Test
    void anAlimTalkMessageStaysUnansweredForAMinuteTheTextComesOnce() {
        fault(minji, AlimTalkFault.NEVER_ANSWERS);
        UUID alert = raise("alimtalk");
        CITY.town.awaitAttempts(alert, "1 alimtalk accepted");
        assertEquals(List.of(), minji.phone().texts());

        CITY.pass(Duration.ofSeconds(61));
        String text = minji.phone().awaitTexts(1, SOON).getFirst().body();
        CITY.town.awaitAttempts(alert, "1 alimtalk accepted", "1 sms delivered");
        CITY.pass(Duration.ofMinutes(5));
        new Client(link(text)).form("", Map.of());

        assertTrue(text.startsWith("[고양시 노인복지과] 위급 돌봄 알림 1건 http"), text);
        assertEquals("이민지", CITY.owner(alert));
        CITY.town.awaitAttempts(alert, "1 alimtalk accepted", "1 sms reached");
        assertEquals(1, minji.phone().texts().size());
    }

    @Test
    void theProviderOfAlimTalkAnswersAfterTwoDaysNothingRings() {
        fault(minji, AlimTalkFault.TWO_DAYS_LATE);
        UUID alert = raise("voice", "alimtalk");
        minji.ringOut(CITY);
        CITY.pass(Duration.ofSeconds(61));
        String text = minji.phone().awaitTexts(1, SOON).getFirst().body();
        new Client(link(text)).form("", Map.of());
        CITY.pass(Duration.ofDays(2));
        CITY.town.phones.alimTalk().answerLate();

        CITY.town.awaitAttempts(alert, "1 alimtalk delivered", "1 sms reached", "1 voice no-answer");
        assertEquals(List.of(1), rings(minji));
        assertEquals(1, minji.phone().texts().size());
        assertEquals("이민지", CITY.owner(alert));
        assertEquals(
                1,
                CITY.town.events(alert).stream().filter("acknowledged"::equals).count());
        assertEquals(
                List.of("starting", "accepted", "delivered by the provider's word delivered"),
                CITY.town.list("""
                        select concat_ws(' by the provider''s word ', detail::jsonb ->> 'state',
                                         detail::jsonb ->> 'provider-status') as text
                          from ledger_entry
                         where alert_id = :value and detail::jsonb ->> 'channel' = 'alimtalk' order by entry_no""", alert));
    }

    @Test
    void theProgramIsRestartedWithinTheMinuteTheTextComesAllTheSame() {
        fault(minji, AlimTalkFault.NEVER_ANSWERS);
        UUID alert = raise("alimtalk");
        CITY.town.awaitAttempts(alert, "1 alimtalk accepted");
        CITY.restart();
        assertEquals(List.of(), minji.phone().texts());
        CITY.pass(Duration.ofSeconds(61));

        minji.phone().awaitTexts(1, SOON);
        CITY.town.awaitAttempts(alert, "1 alimtalk accepted", "1 sms delivered");
    }

    @Test
    void oneThatStillWaitsWhenItsTextIsDueIsWithdrawn() {
        UUID alert = raise("sms");
        CITY.town.awaitAttempts(alert, "1 sms delivered");
        CITY.town.execute("""
                insert into escalation_attempt (alert_id, step, channel, caseworker_no, destination, state, started_at,
                                                not_before, text_due_at)
                select alert_id, 2, 'alimtalk', caseworker_no, destination, 'starting', started_at,
                       started_at + interval '1 day', started_at
                  from escalation_attempt where channel = 'sms' and caseworker_no = %d""".formatted(minji.number()));
        CITY.town.list("select pg_notify('dolbom_alert', :value)::text as text", alert.toString());

        CITY.town.awaitAttempts(alert, "1 sms delivered", "2 alimtalk canceled", "2 sms delivered");
        assertEquals(2, minji.phone().texts().size());
    }

    @Test
    void whoTakesItWithinTheMinuteGetsNoText() {
        fault(minji, AlimTalkFault.NEVER_ANSWERS);
        UUID alert = raise("voice", "alimtalk");
        minji.take();
        CITY.town.awaitAttempts(alert, "1 alimtalk accepted", "1 voice reached");
        CITY.pass(Duration.ofSeconds(61));
        awaitTimersDone(alert);

        CITY.town.awaitAttempts(alert, "1 alimtalk accepted", "1 voice reached");
        assertEquals(List.of(), minji.phone().texts());
    }

    @Test
    void whoIsNotOnKakaoTalkGetsTheTextAtOnceAndFromThenOnTextsAloneAndTheOfficeIsTold() {
        fault(minji, AlimTalkFault.NOT_A_USER);
        UUID first = raise("alimtalk");
        CITY.town.awaitAttempts(first, "1 alimtalk failed", "1 sms delivered");
        UUID second = office.resident("박순자").raise("critical", "emergency");
        CITY.town.awaitAttempts(second, "1 sms delivered");

        assertEquals(2, minji.phone().texts().size());
        assertEquals(
                List.of("alimtalk-unusable"),
                CITY.town.list("select kind as text from notice where office_no = :value", office.number));
    }

    @Test
    void aProviderThatIsDownOrDoesNotAnswerIsFollowedByTheTextAtOnce() {
        for (AlimTalkFault fault :
                List.of(AlimTalkFault.API_500, AlimTalkFault.API_HANG, AlimTalkFault.TEMPLATE_REJECTED)) {
            fault(minji, fault);
            UUID alert = raise("alimtalk");
            CITY.town.awaitAttempts(alert, "1 alimtalk failed", "1 sms delivered");
        }
        assertEquals(3, minji.phone().texts().size());
    }

    @Test
    void anOfficeSetsItsOwnTime() {
        fault(minji, AlimTalkFault.NEVER_ANSWERS);
        String change = "/api/v1/offices/" + office.id() + "/change";
        assertEquals(400, OPERATOR.post(change, "{\"alimTalkWaitSeconds\": 5}").statusCode());
        assertEquals(200, OPERATOR.post(change, "{\"alimTalkWaitSeconds\": 20}").statusCode());
        UUID alert = raise("alimtalk");
        CITY.town.awaitAttempts(alert, "1 alimtalk accepted");
        CITY.pass(Duration.ofSeconds(21));

        CITY.town.awaitAttempts(alert, "1 alimtalk accepted", "1 sms delivered");
    }

    @Test
    void aReportWithAForeignSignatureChangesNothing() {
        fault(minji, AlimTalkFault.NEVER_ANSWERS);
        UUID alert = raise("alimtalk");
        AlimTalkMessage message = awaitTalk(minji);
        String body = "{\"id\": \"%s\", \"status\": \"failed\", \"reason\": \"not-a-user\"}".formatted(message.id());
        Client stranger = new Client("").with("X-AlimTalk-Signature", "00".repeat(32));

        assertEquals(403, stranger.post(message.webhook(), body).statusCode());
        assertEquals(403, new Client("").post(message.webhook(), body).statusCode());
        CITY.town.awaitAttempts(alert, "1 alimtalk accepted");
        assertFalse(CITY.town
                .list(
                        "select phone as text from phone_trouble where phone = :value",
                        minji.phone().number())
                .contains(minji.phone().number()));
    }

    private UUID raise(String... channels) {
        office.policy("critical", """
                {"steps": [{"targets": ["on-call"], "channels": ["%s"], "waitSeconds": 86400, "repeats": 1,
                            "together": false}],
                 "rounds": 1, "keepsOn": false, "slowWaitSeconds": 300}""".formatted(String.join("\", \"", channels)));
        return office.resident("김영자").raise("critical", "emergency");
    }

    private static void fault(Person person, AlimTalkFault fault) {
        CITY.town.phones.alimTalk().fault(person.phone().number(), fault);
    }

    private static AlimTalkMessage awaitTalk(Person person) {
        return CITY.town
                .phones
                .alimTalk()
                .awaitMessages(person.phone().number(), 1, SOON)
                .getLast();
    }

    /// Waits until everything that was due for an alert was done.
    private static void awaitTimersDone(UUID alert) {
        awaitThat(() -> CITY.town.list("""
                        select task_instance as text from scheduled_tasks
                         where task_name = 'alert-look-again' and task_instance like :value || '@%'""", alert.toString()).stream()
                .noneMatch(timer ->
                        Instant.parse(timer.substring(timer.indexOf('@') + 1)).isBefore(CITY.town.clock.instant())));
    }

    private static String link(String text) {
        return text.substring(text.indexOf("http"));
    }
}
