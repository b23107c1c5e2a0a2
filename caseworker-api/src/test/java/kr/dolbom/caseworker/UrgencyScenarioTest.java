package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.City.SOON;
import static kr.dolbom.caseworker.City.awaitThat;
import static kr.dolbom.caseworker.City.rings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.City.Person;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.desk.AlertDesk;
import kr.dolbom.caseworker.desk.Ownership;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// An alert that becomes more urgent than it was when people were called, or when somebody took it.
class UrgencyScenarioTest {
    private static final City CITY = new City("dolbom.response.step-wait", "60s");

    private final City.Office office = CITY.open();
    private final Person minji = office.onCall("이민지");
    private final Person junho = office.onCall("박준호");
    private final City.Home home = office.resident("김영자");

    @AfterAll
    static void close() {
        CITY.close();
    }

    @Test
    void whatSomebodyTookForLaterRingsWhenItBecomesCriticalHoweverTheySnoozedIt() {
        UUID alert = home.raise("check-in", "silence");
        take(alert, minji);
        CITY.bean(Ownership.class)
                .snooze(alert, person(minji), CITY.town.clock.instant().plus(Duration.ofHours(3)));
        raiseTier(alert, "critical");
        minji.take();

        assertEquals("이민지", CITY.owner(alert));
        assertEquals(List.of(1, 0), rings(minji, junho));
        assertEquals(List.of("raised"), whys(alert));
    }

    @Test
    void whatIsTakenAndBecomesUrgentIsAskedAboutOnceWithWhoeverHasIt() {
        UUID alert = home.raise("check-in", "silence");
        take(alert, minji);
        CITY.bean(Ownership.class)
                .snooze(alert, person(minji), CITY.town.clock.instant().plus(Duration.ofHours(3)));
        raiseTier(alert, "urgent");
        minji.take();
        CITY.awaitEvent(alert, "confirmed");
        CITY.pass(Duration.ofMinutes(20));

        assertTrue(minji.phone().spoken().getFirst().contains("맡으신 알림이 아직 열려 있습니다"));
        assertEquals("이민지", CITY.owner(alert));
        assertEquals(List.of(1, 0), rings(minji, junho));
    }

    @Test
    void whenNobodyCameForALesserAlertACriticalOneBeginsWithTheFirstPhoneAgain() {
        office.policy("check-in", """
                {"steps": [{"targets": ["on-call"], "channels": ["sms"], "waitSeconds": 1, "repeats": 1, "together": false}],
                 "rounds": 1, "keepsOn": false, "slowWaitSeconds": 300}""");
        UUID alert = home.raise("check-in", "silence");
        minji.phone().awaitTexts(1, SOON);
        CITY.pass(Duration.ofSeconds(2));
        junho.phone().awaitTexts(1, SOON);
        CITY.pass(Duration.ofSeconds(2));
        CITY.awaitEvent(alert, "nobody-reached");
        raiseTier(alert, "critical");
        minji.take();

        assertEquals("이민지", CITY.owner(alert));
        assertEquals(List.of(1, 0), rings(minji, junho));
    }

    @Test
    void aCallThatWaitsForTheMorningGoesAtOnceWhenTheAlertBecomesCritical() {
        UUID alert = UUID.randomUUID();
        CITY.town.execute("""
                insert into alert (alert_id, resident_no, family, tier, state, reason_ko, reason_en, moment)
                values ('%s', %d, 'silence', 'check-in', 'escalating', '-', '-', now())""".formatted(alert, home.number));
        CITY.town.execute("""
                insert into escalation_attempt (alert_id, step, channel, caseworker_no, destination, state, started_at,
                                                not_before, urgency)
                values ('%s', 1, 'voice', %d, '%s', 'starting', now(), now() + interval '30 days', 2)""".formatted(alert, junho.number(), junho.phone().number()));
        raiseTier(alert, "critical");
        junho.phone().awaitRinging(SOON);
        minji.phone().awaitRinging(SOON);
    }

    @Test
    void aWordThatAllIsWellDoesNotCloseWhatBecameUrgentAfterIt() {
        home.device("doll");
        UUID alert = home.raise("review", "decline");
        awaitThat(() -> home.heard().size() == 1);
        CITY.answerLatest(alert, "fine");
        CITY.awaitEvent(alert, "check-in-answered");
        raiseTier(alert, "urgent");
        minji.take();

        assertEquals("이민지", CITY.owner(alert));
    }

    /// Raises an alert's tier as the risk engine does.
    private static void raiseTier(UUID alert, String tier) {
        CITY.town.transactions.run(connection -> {
            Sql.on(connection, "update alert set tier = :tier where alert_id = :alert")
                    .with("tier", tier)
                    .with("alert", alert)
                    .update();
            // By another clock than ours.
            Sql.on(connection, """
                            insert into alert_event (alert_id, at, type, actor)
                            values (:alert, now() + interval '1 hour', 'tier-raised', 'platform')""").with("alert", alert).update();
            return Sql.on(connection, "select pg_notify('dolbom_alert', :alert)::text as told")
                    .with("alert", alert.toString())
                    .list(row -> row.findText("told"));
        });
    }

    private static List<String> whys(UUID alert) {
        return CITY.town.list("""
                select detail ->> 'why' as text from alert_event
                 where alert_id = :value and type = 'people-called' and detail ->> 'why' = 'raised'""", alert);
    }

    private static void take(UUID alert, Person person) {
        CITY.bean(AlertDesk.class).take(alert, person(person));
    }

    private static Alert.Person person(Person person) {
        return Alert.Person.caseworker(person.number(), person.id(), person.name());
    }
}
