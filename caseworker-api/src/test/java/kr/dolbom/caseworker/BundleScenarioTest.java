package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.City.SOON;
import static kr.dolbom.caseworker.City.awaitThat;
import static kr.dolbom.caseworker.City.rings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.City.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Several alerts for one person at once: one call tells of all of them.
class BundleScenarioTest {
    private static final City CITY = new City("dolbom.response.step-wait", "60s");

    private final City.Office office = CITY.open();
    private final Person minji = office.onCall("이민지");

    @AfterAll
    static void close() {
        CITY.close();
    }

    @Test
    void oneCallTellsOfSeveralAlertsAndOneKeyTakesAllOfThem() {
        List<UUID> alerts = raise(3);
        minji.take();

        for (UUID alert : alerts) {
            assertEquals("이민지", CITY.owner(alert));
        }
        assertEquals(List.of(1), rings(minji));
        List<String> told = minji.phone().spoken();
        assertEquals("고양시청 노인복지과 돌봄 안심 알림 3건입니다.", told.getFirst());
        assertTrue(told.getLast().startsWith("3건이 확인되었습니다."), told.getLast());
    }

    @Test
    void theMostUrgentIsToldFirst() {
        UUID first = office.resident("가나다").raise("urgent", "silence");
        minji.phone().awaitRinging(SOON);
        UUID second = office.resident("라마바").raise("critical", "emergency");
        awaitBundled(second);
        minji.take();

        List<String> told = minji.phone().spoken();
        assertTrue(told.get(1).startsWith("1. 위급. 라마바 님"), told.get(1));
        assertTrue(told.get(2).startsWith("2. 긴급. 가나다 님"), told.get(2));
        assertEquals("이민지", CITY.owner(first));
    }

    @Test
    void ofManyFiveAreToldAndTheRestIsCounted() {
        raise(8);
        minji.take();

        assertTrue(
                minji.phone().spoken().contains("그 밖에 3건이 더 있습니다. 콘솔에서 보실 수 있습니다."),
                minji.phone().spoken().toString());
        assertEquals(List.of(1), rings(minji));
    }

    @Test
    void keyTwoPassesAllOfThemOn() {
        Person junho = office.onCall("박준호");
        List<UUID> alerts = raise(2);
        minji.press("2");
        awaitSecondCallFor(alerts);
        junho.take();
        awaitThat(() -> alerts.stream().allMatch(alert -> CITY.owner(alert).equals("박준호")));

        for (UUID alert : alerts) {
            assertEquals("박준호", CITY.owner(alert));
        }
        assertEquals(List.of(1, 1), rings(minji, junho));
    }

    /// Nobody picks up so fast that not all alerts have joined the call.
    private static void awaitSecondCallFor(List<UUID> alerts) {
        awaitThat(() -> alerts.stream()
                .allMatch(alert ->
                        CITY.town.attempts(alert).stream().anyMatch(attempt -> attempt.startsWith("2 voice"))));
    }

    @Test
    void whenNobodyAnswersTheOneCallTheNextPersonIsToldOfAllOfThemToo() {
        Person junho = office.onCall("박준호");
        List<UUID> alerts = raise(3);
        minji.phone().ringOut(SOON);
        awaitSecondCallFor(alerts);
        junho.take();
        awaitThat(() -> alerts.stream().allMatch(alert -> CITY.owner(alert).equals("박준호")));

        assertEquals(List.of(1, 1), rings(minji, junho));
    }

    @Test
    void anAlertThatSomebodyTookMeanwhileIsNotToldAndTheOthersStillAre() {
        List<UUID> alerts = raise(2);
        CITY.town.execute("""
                update alert set state = 'acknowledged', acknowledged_at = now(),
                                 acknowledged_by = %d where alert_id = '%s'""".formatted(minji.number(), alerts.getFirst()));
        minji.take();

        assertTrue(minji.phone().spoken().getFirst().contains("돌봄 안심 알림입니다."), "one alert, told as one");
        assertEquals("이민지", CITY.owner(alerts.getLast()));
    }

    @Test
    void whoSpeaksWithUsAlreadyIsNotRungASecondTimeAndTheNextPersonIs() {
        Person junho = office.onCall("박준호");
        UUID first = office.resident("김영자").raise("critical", "emergency");
        minji.phone().answer(SOON);
        CITY.town.awaitAttempts(first, "1 sms delivered", "1 voice answered");
        UUID second = office.resident("박순자").raise("critical", "emergency");
        junho.take();

        assertEquals("박준호", CITY.owner(second));
        assertEquals(List.of(1, 1), rings(minji, junho));
        assertEquals("1 voice busy", CITY.town.attempts(second).get(1));
    }

    @Test
    void forADrillItIsSaidThatItIsOne() {
        UUID alert = office.resident("김영자").drill("critical", "emergency");
        minji.take();

        assertTrue(
                minji.phone().spoken().getFirst().startsWith("훈련입니다. "),
                minji.phone().spoken().getFirst());
        assertEquals("이민지", CITY.owner(alert));
    }

    /// Alerts about residents of their own; each is on the one call before it is answered.
    private List<UUID> raise(int count) {
        List<UUID> alerts = new ArrayList<>();
        alerts.add(office.resident("김영자").raise("critical", "emergency"));
        minji.phone().awaitRinging(SOON);
        for (int i = 1; i < count; i++) {
            UUID alert = office.resident("어르신 " + i).raise("critical", "emergency");
            awaitBundled(alert);
            alerts.add(alert);
        }
        return alerts;
    }

    private static void awaitBundled(UUID alert) {
        awaitThat(() -> CITY.town
                        .text(
                                "select coalesce(max(bundle_of::text), '') as text from escalation_attempt where alert_id = :value",
                                alert)
                        .length()
                > 1);
    }
}
