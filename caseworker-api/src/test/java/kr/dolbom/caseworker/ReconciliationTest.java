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
import java.util.UUID;
import kr.dolbom.caseworker.City.Person;
import kr.dolbom.caseworker.escalation.SilentAttempts;
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
                 where channel = 'voice' and destination = '%s'""".formatted(minji.phone().number()));
        CITY.pass(Duration.ofSeconds(36));

        CITY.town.awaitAttempts(alert, "1 sms delivered", "1 voice ringing");
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
                  from escalation_attempt where channel = 'voice' and destination = '%s'""".formatted(minji.phone().number()));
        CITY.town.execute("""
                update escalation_attempt set state = 'starting', provider_sid = null
                 where channel = 'voice' and destination = '%s'""".formatted(minji.phone().number()));
        CITY.pass(Duration.ofSeconds(36));
        awaitThat(() -> CITY.town.attempts(alert).contains("1 sms delivered"));

        assertTrue(CITY.town.attempts(alert).contains("1 voice starting"));
    }

    private UUID raise() {
        return office.resident("김영자").raise("critical", "emergency");
    }
}
