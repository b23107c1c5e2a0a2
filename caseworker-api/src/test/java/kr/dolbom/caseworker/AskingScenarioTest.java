package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.City.awaitThat;
import static kr.dolbom.caseworker.City.rings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.City.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What the robot asks before anybody is called, and when it asks nothing.
class AskingScenarioTest {
    private static final City CITY = new City("dolbom.response.step-wait", "60s");

    private final City.Office office = CITY.open();
    private final Person minji = office.onCall("이민지");
    private final City.Home home = office.resident("김영자");

    @AfterAll
    static void close() {
        CITY.close();
    }

    @Test
    void whenTheFirstDeviceGetsNoAnswerTheSecondInTheHomeAsksAndThenPeopleAreCalled() {
        home.device("doll").device("speaker");
        UUID alert = home.raise("urgent", "silence");
        awaitQuestions(alert, 1);
        CITY.answerLatest(alert, "no-answer");
        awaitQuestions(alert, 2);
        assertTrue(CITY.town.events(alert).contains("other-device-asked"));
        assertEquals(List.of(0), rings(minji));
        CITY.answerLatest(alert, "no-answer");
        minji.take();

        assertEquals("이민지", CITY.owner(alert));
    }

    @Test
    void anAnswerThroughTheSecondDeviceEndsItWithoutACallAndTheTimelineHasBothAnswersAndHowTheyWereGiven() {
        home.device("doll").device("speaker");
        UUID alert = home.raise("urgent", "silence");
        awaitQuestions(alert, 1);
        CITY.answerLatest(alert, "no-answer");
        awaitQuestions(alert, 2);
        CITY.answerLatest(alert, "fine", "button");
        CITY.awaitState(alert, "resolved");

        assertEquals(List.of(0), rings(minji));
        assertEquals(List.of("no-answer", "fine by button"), CITY.town.list("""
                        select concat_ws(' by ', detail ->> 'answer', detail ->> 'by') as text from alert_event
                         where alert_id = :value and type = 'check-in-answered' order by event_no""", alert));
        String console = office.signIn(minji)
                .with("Accept", "text/html")
                .with("Accept-Language", "en")
                .get("/alerts/" + alert)
                .body();
        assertTrue(console.contains("The resident said that all is well. (by the button)"), console);
        // That the device reported is not that the resident answered.
        assertTrue(console.contains("Question: no answer ("), console);
        assertTrue(console.contains("Question: said to be fine ("), console);
    }

    @Test
    void aResidentWhoNeedsMoreTimeToAnswerHasIt() {
        home.device("doll");
        CITY.town.execute("update resident set answer_seconds = 300 where resident_no = " + home.number);
        UUID alert = home.raise("urgent", "silence");
        awaitQuestions(alert, 1);

        assertEquals(
                "300",
                CITY.town.text(
                        "select data ->> 'timeLimitSeconds' as text from device_command where alert_id = :value",
                        alert));
    }

    @Test
    void inQuietHoursACheckInWaitsForTheMorningAndAnUrgentAlertDoesNot() {
        home.device("doll");
        City.Home other = office.resident("박순자").device("doll");
        quietFromNowOnFor(Duration.ofHours(2));
        UUID checkIn = home.raise("check-in", "silence");
        UUID urgent = other.raise("urgent", "silence");
        awaitQuestions(urgent, 1);
        CITY.awaitEvent(checkIn, "raised");
        assertEquals(List.of(), CITY.town.commands(checkIn));
        CITY.pass(Duration.ofHours(2));
        awaitQuestions(checkIn, 1);
    }

    @Test
    void whoeverIsOutByNightIsAskedAboutInQuietHoursToo() {
        home.device("doll");
        quietFromNowOnFor(Duration.ofHours(2));
        awaitQuestions(home.raise("check-in", "outing"), 1);
    }

    @Test
    void whatHasChangedOverWeeksIsAskedAboutAndStaysForSomebodyToLookAt() {
        home.device("doll");
        UUID alert = home.raise("review", "decline");
        awaitQuestions(alert, 1);
        CITY.answerLatest(alert, "fine");
        CITY.awaitEvent(alert, "check-in-answered");

        assertEquals("checking-in", CITY.town.stateOf(alert));
        assertEquals(List.of(0), rings(minji));
    }

    @Test
    void whoSaysInACheckInThatHelpIsNeededGetsItAsUrgently() {
        home.device("doll");
        UUID alert = home.raise("check-in", "silence");
        awaitQuestions(alert, 1);
        CITY.answerLatest(alert, "need-help");
        minji.take();

        assertEquals("이민지", CITY.owner(alert));
        assertTrue(CITY.town.events(alert).contains("tier-raised"));
    }

    private void quietFromNowOnFor(Duration time) {
        LocalTime now = LocalTime.now(CITY.town.clock);
        int begins = now.minusMinutes(1).toSecondOfDay() / 60;
        int ends = now.plus(time).toSecondOfDay() / 60;
        CITY.town.execute("""
                insert into risk_setting_change (office_no, name, value, changed_by, reason)
                values (%1$d, 'quiet.begins', %2$d, 'operator', 'quiet hours'),
                       (%1$d, 'quiet.ends', %3$d, 'operator', 'quiet hours')""".formatted(office.number, begins, ends));
    }

    private static void awaitQuestions(UUID alert, int count) {
        awaitThat(() -> CITY.town.commands(alert).stream()
                        .filter(command -> command.startsWith("check-in"))
                        .count()
                == count);
    }
}
