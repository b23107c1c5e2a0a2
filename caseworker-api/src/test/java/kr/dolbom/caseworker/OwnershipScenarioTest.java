package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.City.SOON;
import static kr.dolbom.caseworker.City.awaitThat;
import static kr.dolbom.caseworker.City.rings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.City.Person;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.desk.Ownership;
import kr.dolbom.caseworker.problem.ProblemException;
import kr.dolbom.sim.phone.line.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What becomes of an alert that somebody has taken.
class OwnershipScenarioTest {
    private static final Duration LONG = Duration.ofMinutes(31);
    private static final Duration REMINDER_WAIT = Duration.ofMinutes(5).plusSeconds(1);
    private static final City CITY = new City("dolbom.response.step-wait", "60s");

    private final City.Office office = CITY.open();
    private final Person minji = office.onCall("이민지");
    private final Person junho = office.onCall("박준호");
    private final City.Home home = office.resident("김영자");
    private final UUID alert = home.raise("critical", "emergency");

    @AfterAll
    static void close() {
        CITY.close();
    }

    @Test
    void whoTookAnAlertAndForgotItIsAskedAndThenOthersAreCalled() {
        minji.take();
        CITY.passQuietly(minji, LONG);
        minji.ringOut(CITY);
        CITY.pass(REMINDER_WAIT);
        minji.ringOut(CITY);
        CITY.pass(REMINDER_WAIT);
        junho.take();

        assertEquals("박준호", CITY.owner(alert));
        assertEquals(List.of(3, 1), rings(minji, junho));
    }

    @Test
    void whoStillHasItPressesOneAndIsLeftAloneForAWhile() {
        minji.take();
        CITY.passQuietly(minji, LONG);
        minji.take();
        assertTrue(minji.phone().spoken().stream().anyMatch(line -> line.contains("맡으신 알림이 아직 열려 있습니다")));
        CITY.awaitEvent(alert, "confirmed");
        CITY.pass(Duration.ofMinutes(20));

        assertEquals("이민지", CITY.owner(alert));
        assertEquals("확인되었습니다. 마치시면 결과를 남겨 주세요. 감사합니다.", minji.phone().spoken().getLast());
        assertEquals(List.of(2, 0), rings(minji, junho));
    }

    @Test
    void whoCannotKeepItPressesTwoAndTheNextPhoneRings() {
        minji.take();
        CITY.passQuietly(minji, LONG);
        minji.press("2");
        minji.phone().awaitCallEnd(SOON);
        junho.take();

        assertEquals("박준호", CITY.owner(alert));
        assertEquals(List.of(2, 1), rings(minji, junho));
    }

    @Test
    void theLinkOfAReminderAsksWhetherItIsStillTheirs() {
        minji.phone().awaitTexts(1, SOON);
        minji.take();
        CITY.passQuietly(minji, LONG);
        String text = minji.phone().awaitTexts(2, SOON).getLast().body();
        var client = new Client(text.substring(text.indexOf("http")));

        assertTrue(client.get("").body().contains("계속 제가 맡고 있습니다"));
        assertTrue(client.form("", Map.of()).body().contains("계속 맡고 계신 것으로 확인되었습니다"));
        CITY.awaitEvent(alert, "confirmed");
        awaitThat(() -> !minji.phone().isRinging());
    }

    @Test
    void whoSnoozesIsNotAskedBeforeThenAndIsAskedThen() {
        minji.phone().awaitTexts(1, SOON);
        minji.take();
        ownership().snooze(alert, person(minji), CITY.town.clock.instant().plus(Duration.ofHours(2)));
        CITY.pass(Duration.ofMinutes(119));
        CITY.town.awaitAttempts(alert, "1 sms delivered", "1 voice reached");
        CITY.pass(Duration.ofMinutes(2));
        minji.phone().awaitRinging(SOON);

        assertEquals(List.of(2, 0), rings(minji, junho));
    }

    @Test
    void aSnoozeBeyondFourHoursIsRefused() {
        minji.take();
        Instant late = CITY.town.clock.instant().plus(Duration.ofHours(5));

        assertThrows(ProblemException.class, () -> ownership().snooze(alert, person(minji), late));
    }

    @Test
    void aHandOverIsDoneWhenTheOtherPersonTakesItAndNotBefore() {
        minji.take();
        ownership().handOver(alert, person(minji), junho.id());
        assertEquals("이민지", CITY.owner(alert));
        junho.take();

        assertEquals("박준호", CITY.owner(alert));
        assertTrue(junho.phone().spoken().getFirst().contains("이민지 선생님이 알림을 넘기고자 합니다"));
    }

    @Test
    void whoeverIsToTakeItOverMayDeclineAndTheOwnerIsTold() {
        minji.take();
        ownership().handOver(alert, person(minji), junho.id());
        junho.press("2");
        CITY.awaitEvent(alert, "hand-over-failed");
        minji.phone().awaitRinging(SOON);

        assertEquals("이민지", CITY.owner(alert));
    }

    @Test
    void onlyWhoeverHasItCanHandItOver() {
        minji.take();

        assertThrows(ProblemException.class, () -> ownership().handOver(alert, person(junho), minji.id()));
        assertThrows(ProblemException.class, () -> ownership().handOver(alert, person(minji), UUID.randomUUID()));
    }

    @Test
    void thatTheFireServiceWasCalledIsOnTheTimelineWithItsTime() {
        minji.take();
        Instant at = Instant.now();
        ownership().emergencyCalled(alert, person(minji), at.minusMillis(5));

        assertTrue(CITY.town.events(alert).contains("emergency-called"));
        assertThrows(
                ProblemException.class,
                () -> ownership().emergencyCalled(alert, person(minji), at.plus(Duration.ofDays(1))));
    }

    @Test
    void anotherAlertAboutTheSameResidentGoesToWhoeverHasTheFirstWithoutARing() {
        minji.phone().awaitTexts(1, SOON);
        minji.take();
        UUID second = home.raise("urgent", "night");
        CITY.awaitEvent(second, "joined");
        minji.phone().awaitTexts(2, SOON);

        assertEquals("이민지", CITY.owner(second));
        assertEquals(List.of(1, 0), rings(minji, junho));
    }

    @Test
    void whoeverCannotBeTextedIsNotGivenAnotherAlertInSilence() {
        minji.phone().awaitTexts(1, SOON);
        minji.take();
        CITY.town.execute("""
                insert into phone_trouble (phone, channel, code, since) values ('%s', 'sms', '21610', now())""".formatted(minji.phone().number()));
        UUID second = home.raise("urgent", "night");
        minji.take();

        assertEquals("이민지", CITY.owner(second));
        assertEquals(List.of(2, 0), rings(minji, junho));
    }

    @Test
    void whenTheTextOfAnAlertThatSomebodyWasGivenFailsOthersAreCalled() {
        minji.phone().awaitTexts(1, SOON);
        minji.take();
        minji.phone().fault(Fault.UNREACHABLE);
        UUID second = home.raise("urgent", "night");
        junho.take();

        assertEquals("박준호", CITY.owner(second));
        assertTrue(CITY.town.events(second).contains("joined"));
    }

    @Test
    void oneCallAsksAboutAllThatSomebodyHasAndOneKeyConfirmsThem() {
        minji.take();
        UUID second = office.resident("이순자").raise("critical", "emergency");
        minji.take();
        CITY.passQuietly(minji, LONG);
        CITY.awaitEvent(alert, "reminded");
        CITY.awaitEvent(second, "reminded");
        minji.take();
        CITY.awaitEvent(alert, "confirmed");
        CITY.awaitEvent(second, "confirmed");

        assertTrue(minji.phone().spoken().contains("고양시청 노인복지과 돌봄 안심 알림입니다. 맡으신 알림 2건이 아직 열려 있습니다."));
        assertEquals(List.of(3, 0), rings(minji, junho));
    }

    @Test
    void aReminderThatRingsStopsWhenWhoeverHasTheAlertSnoozesIt() {
        minji.take();
        CITY.passQuietly(minji, LONG);
        minji.phone().awaitRinging(SOON);
        ownership().snooze(alert, person(minji), CITY.town.clock.instant().plus(Duration.ofHours(1)));

        awaitThat(() -> !minji.phone().isRinging());
        assertEquals("이민지", CITY.owner(alert));
    }

    @Test
    void anOfferEndsWhenTheAlertChangesHands() {
        Person sua = office.caseworker("최수아");
        minji.take();
        ownership().handOver(alert, person(minji), sua.id());
        String text = sua.phone().awaitTexts(1, SOON).getLast().body();
        sua.ringOut(CITY);
        ownership().giveBack(alert, person(minji));
        junho.take();
        var client = new Client(text.substring(text.indexOf("http")));

        assertTrue(
                client.get("").body().contains("박준호 선생님이 먼저 확인했습니다"),
                client.get("").body());
        client.form("", Map.of());
        assertEquals("박준호", CITY.owner(alert));
    }

    private static Ownership ownership() {
        return CITY.bean(Ownership.class);
    }

    private static Alert.Person person(Person person) {
        return Alert.Person.caseworker(person.number(), person.id(), person.name());
    }
}
