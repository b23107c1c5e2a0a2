package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.City.SOON;
import static kr.dolbom.caseworker.City.awaitThat;
import static kr.dolbom.caseworker.City.rings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.City.Person;
import kr.dolbom.caseworker.escalation.SilentAttempts;
import kr.dolbom.caseworker.escalation.Texts;
import kr.dolbom.sim.phone.line.CallbackRules;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.rest.RequestKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What became of calls and texts of which no webhook tells.
class ReconciliationTest {
    private static final City CITY = new City("dolbom.response.step-wait", "1h");
    private static final Duration RUNG_OUT = Duration.ofSeconds(51);

    private final City.Office office = CITY.open();
    private final Person minji = office.onCall("이민지");
    private final Person junho = office.onCall("박준호");

    @AfterAll
    static void close() {
        CITY.close();
    }

    @Test
    void whenEveryReportIsLostTwilioIsAskedAndTheNextPersonIsCalled() {
        minji.phone().callbacks(CallbackRules.IN_ORDER.withAllLost());
        UUID alert = raise();
        minji.phone().ringOut(SOON);
        CITY.town.awaitAttempts(alert, "1 sms accepted", "1 voice accepted");
        CITY.pass(RUNG_OUT);
        junho.take();

        CITY.town.awaitAttempts(alert, "1 sms delivered", "1 voice no-answer", "2 sms delivered", "2 voice reached");
        assertEquals(List.of("provider"), CITY.town.list("""
                select actor as text from alert_event
                 where alert_id = :value and type = 'attempt' and detail ->> 'state' = 'no-answer'""", alert));
    }

    @Test
    void aTextWithoutAReceiptStaysAcceptedAndIsAskedAboutEverMoreSeldom() {
        minji.phone().fault(Fault.NO_RECEIPT);
        UUID alert = raise();
        minji.take();
        CITY.town.awaitAttempts(alert, "1 sms accepted", "1 voice reached");
        Instant sent = Instant.parse(CITY.town.text("""
                select to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as text
                  from escalation_attempt where channel = 'sms' and alert_id = :value""", alert));

        assertFalse(isAskedAbout(alert, sent.plusSeconds(19)));
        assertTrue(isAskedAbout(alert, sent.plusSeconds(25)));
        assertFalse(isAskedAbout(alert, sent.plusSeconds(45)));
        assertTrue(isAskedAbout(alert, sent.plusSeconds(51)));
        assertFalse(isAskedAbout(alert, sent.plusSeconds(90_000)));
        CITY.pass(Duration.ofSeconds(110));
        awaitThat(() -> CITY.town.phones.requests(RequestKind.FETCH_MESSAGE) > 0);
        assertEquals(List.of("1 sms accepted", "1 voice reached"), CITY.town.attempts(alert));
    }

    private static boolean isAskedAbout(UUID alert, Instant now) {
        return CITY.town.transactions.run(
                connection -> SilentAttempts.take(connection, Duration.ofSeconds(30), 1000, now).stream()
                        .anyMatch(attempt -> attempt.alertId().equals(alert)));
    }

    @Test
    void aCallWhoseAcceptanceAndReportsWereLostIsFoundByItsNumber() {
        minji.phone().callbacks(CallbackRules.IN_ORDER.withAllLost()).fault(Fault.API_LOST_REPLY);
        UUID alert = raise();
        minji.phone().awaitRinging(SOON);
        CITY.town.awaitAttempts(alert, "1 sms failed", "1 voice failed", "2 sms delivered", "2 voice ringing");
        CITY.pass(Duration.ofSeconds(36));

        CITY.town.awaitAttempts(alert, "1 sms delivered", "1 voice ringing", "2 sms delivered", "2 voice ringing");
        minji.take();
        assertEquals("이민지", CITY.owner(alert));
        assertEquals(List.of(1, 1), rings(minji, junho));
    }

    @Test
    void aCallThatACrashLeftBehindIsFoundByItsNumber() {
        minji.phone().callbacks(CallbackRules.IN_ORDER.withAllLost());
        UUID alert = raise();
        CITY.town.awaitAttempts(alert, "1 sms accepted", "1 voice accepted");
        CITY.town.execute("""
                update escalation_attempt set state = 'starting', provider_sid = null
                 where channel = 'voice' and caseworker_no = %d""".formatted(minji.number()));
        CITY.pass(Duration.ofSeconds(36));

        CITY.town.awaitAttempts(alert, "1 sms delivered", "1 voice ringing");
        assertEquals(List.of(1), rings(minji));
    }

    @Test
    void aTextThatNobodyAskedForBeforeTheCrashIsSentOnceTwilioSaysThatItHasNone() {
        minji.phone().callbacks(CallbackRules.IN_ORDER.withAllLost());
        UUID alert = raise();
        CITY.town.awaitAttempts(alert, "1 sms accepted", "1 voice accepted");
        CITY.town.execute("""
                insert into escalation_attempt (alert_id, step, channel, caseworker_no, destination, state, started_at,
                                                placed_at, updated_at, link_hash)
                select alert_id, 2, channel, caseworker_no, destination, 'starting', started_at, placed_at, updated_at, '\\x00'
                  from escalation_attempt where channel = 'sms' and caseworker_no = %d""".formatted(minji.number()));
        // Twilio has a text to this number at that time: by its link it is the other one, whose reply was lost.
        CITY.town.execute("""
                update escalation_attempt set state = 'starting', provider_sid = null
                 where channel = 'sms' and step = 1 and caseworker_no = %d""".formatted(minji.number()));
        // And one that has nothing to do with an alert.
        CITY.bean(Texts.class).send(UUID.randomUUID(), minji.phone().number(), "어르신 요청 1건 " + CITY.town.url + "/tasks");
        CITY.pass(Duration.ofSeconds(36));

        CITY.town.awaitAttempts(alert, "1 sms delivered", "1 voice accepted", "2 sms accepted");
        assertEquals(3, minji.phone().awaitTexts(3, SOON).size());
        assertEquals(List.of("2"), putBack(alert));
    }

    @Test
    void aCallThatNobodyAskedForBeforeTheCrashRingsOnceTwilioSaysThatItHasNone() {
        UUID alert = raise();
        minji.phone().ringOut(SOON);
        CITY.town.awaitAttempts(alert, "1 sms delivered", "1 voice no-answer", "2 sms delivered", "2 voice ringing");
        CITY.town.execute("""
                insert into escalation_attempt (alert_id, step, channel, caseworker_no, destination, state, started_at,
                                                placed_at, updated_at)
                select alert_id, 9, channel, caseworker_no, destination, 'starting', started_at, updated_at, updated_at
                  from escalation_attempt where channel = 'voice' and caseworker_no = %d""".formatted(minji.number()));
        CITY.pass(Duration.ofSeconds(36));

        awaitThat(() -> rings(minji).equals(List.of(2)));
        minji.take();
        assertEquals("이민지", CITY.owner(alert));
        assertEquals(List.of("9"), putBack(alert));
    }

    @Test
    void aCallWhoseTimeIsOverIsNotMadeAnyMore() {
        UUID alert = raise();
        minji.take();
        CITY.town.execute("""
                insert into escalation_attempt (alert_id, step, channel, caseworker_no, destination, state, started_at,
                                                placed_at, updated_at)
                select alert_id, 9, channel, %d, '%s', 'starting', started_at - interval '10 minutes',
                       started_at - interval '10 minutes', started_at - interval '10 minutes'
                  from escalation_attempt where channel = 'voice' and caseworker_no = %d""".formatted(junho.number(), junho.phone().number(), minji.number()));

        CITY.town.awaitAttempts(alert, "1 sms delivered", "1 voice reached", "9 voice canceled");
        assertEquals(List.of(), putBack(alert));
    }

    @Test
    void whenTwilioFailsForAWhileTheTextsOfThatTimeGoAfterwards() {
        UUID alert = office.resident("김영자").raise("check-in", "silence");
        minji.phone().fault(Fault.API_503, 1);
        junho.phone().fault(Fault.API_503, 1);
        minji.phone().awaitTexts(0, SOON);
        CITY.awaitEvent(alert, "nobody-reached");
        CITY.pass(Duration.ofSeconds(36));

        assertEquals(1, minji.phone().awaitTexts(1, SOON).size());
        assertEquals(1, junho.phone().awaitTexts(1, SOON).size());
        CITY.town.awaitAttempts(alert, "1 sms delivered", "2 sms delivered");
    }

    @Test
    void aTextWaitsWhileTwilioIsAskedTooOften() {
        minji.phone().fault(Fault.API_429, 9);
        UUID alert = office.resident("김영자").raise("check-in", "silence");
        for (int requests = 3; requests <= 9; requests += 3) {
            int asked = requests;
            awaitThat(() -> CITY.town.phones.requests(
                                    RequestKind.CREATE_MESSAGE, minji.phone().number())
                            == asked
                    && !CITY.town.list("""
                                    select attempt_id::text as text from escalation_attempt
                                     where alert_id = :value and placed_at is null""", alert).isEmpty());
            CITY.pass(Duration.ofSeconds(11));
        }

        assertEquals(1, minji.phone().awaitTexts(1, SOON).size());
        CITY.town.awaitAttempts(alert, "1 sms delivered");
    }

    /// The steps of which something was put back.
    private static List<String> putBack(UUID alert) {
        return CITY.town.list("""
                select t.step::text as text from alert_event e
                  join escalation_attempt t on t.attempt_id::text = e.detail ->> 'attempt'
                 where e.alert_id = :value and e.type = 'put-back'""", alert);
    }

    @Test
    void aTextIsKnownByItsLinkHoweverWrongOneOfTheClocksIs() {
        minji.phone().callbacks(CallbackRules.IN_ORDER.withAllLost());
        UUID alert = raise();
        CITY.town.awaitAttempts(alert, "1 sms accepted", "1 voice accepted");
        CITY.town.execute("""
                update escalation_attempt set state = 'starting', provider_sid = null,
                                              placed_at = placed_at - interval '5 minutes'
                 where channel = 'sms' and caseworker_no = %d""".formatted(minji.number()));
        CITY.pass(Duration.ofSeconds(36));

        CITY.town.awaitAttempts(alert, "1 sms delivered", "1 voice accepted");
        assertEquals(1, minji.phone().texts().size());
    }

    @Test
    void whatWaitedThroughAnOutageUntilTheQuietHoursGoesWhenTheyEnd() {
        City.Home home = office.resident("박순자");
        // The usual hours again.
        CITY.town.execute("delete from risk_setting_change where office_no = " + office.number);
        CITY.passUntil(LocalTime.of(3, 0));
        CITY.town.execute("""
                insert into alert (resident_no, family, tier, state, reason_ko, reason_en, moment)
                values (%d, 'silence', 'check-in', 'escalating', '-', '-', now())""".formatted(home.number));
        CITY.town.execute("""
                insert into escalation_attempt (alert_id, step, channel, caseworker_no, destination, state, started_at)
                select alert_id, 1, channel, %d, '%s', 'starting', now()
                  from alert, (values ('sms'), ('voice')) c (channel)
                 where resident_no = %d""".formatted(minji.number(), minji.phone().number(), home.number));
        awaitThat(() -> CITY.town.list("""
                        select channel as text from escalation_attempt join alert using (alert_id)
                         where resident_no = :value and not_before is not null""", home.number).size() == 2);
        assertEquals(List.of(), minji.phone().texts());
        assertEquals(List.of(0), rings(minji));

        // What is urgent does not wait with it.
        raise();
        minji.take();
        assertEquals(List.of(1), rings(minji));
        int texts = minji.phone().texts().size();
        CITY.passUntil(LocalTime.of(8, 0));

        minji.phone().awaitRinging(SOON);
        minji.phone().awaitTexts(texts + 1, SOON);
    }

    @Test
    void twoThatCouldBeTheSameAreLeftAlone() {
        minji.phone().callbacks(CallbackRules.IN_ORDER.withAllLost());
        UUID alert = raise();
        CITY.town.awaitAttempts(alert, "1 sms accepted", "1 voice accepted");
        CITY.town.execute("""
                insert into escalation_attempt (alert_id, step, channel, caseworker_no, destination, state, started_at,
                                                placed_at, updated_at)
                select alert_id, 9, channel, caseworker_no, destination, 'starting', started_at, placed_at, updated_at
                  from escalation_attempt where channel = 'voice' and caseworker_no = %d""".formatted(minji.number()));
        CITY.town.execute("""
                update escalation_attempt set state = 'starting', provider_sid = null
                 where channel = 'voice' and caseworker_no = %d""".formatted(minji.number()));
        CITY.pass(Duration.ofSeconds(36));
        awaitThat(() -> CITY.town.attempts(alert).contains("1 sms delivered"));

        assertTrue(CITY.town.attempts(alert).contains("1 voice starting"));
    }

    private UUID raise() {
        return office.resident("김영자").raise("critical", "emergency");
    }
}
