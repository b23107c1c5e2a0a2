package kr.dolbom.risk.reason;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import kr.dolbom.contract.telemetry.Medication;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Status;
import org.junit.jupiter.api.Test;

class FamilySentencesTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final Instant NOW = Instant.parse("2026-03-01T10:25:00+09:00");

    @Test
    void nights() {
        assertSays(
                "밤새 1시간 10분 동안 움직이셨습니다(평소 30분).",
                "Up and about for 1 h 10 in the night (usually 30 min).",
                FamilySentences.restlessNight(Duration.ofMinutes(70), Duration.ofMinutes(30)));
        assertSays(
                "최근 5일 동안 밤마다 1시간 10분쯤 움직이십니다(평소 30분).",
                "Up and about for about 1 h 10 a night for 5 nights (usually 30 min).",
                FamilySentences.restlessNights(Duration.ofMinutes(70), Duration.ofMinutes(30), 5));
        assertSays(
                "보통 22시 50분쯤 조용해지시는데 최근 1일은 00시 50분쯤입니다.",
                "Usually quiet from about 22:50; for 1 night from about 00:50.",
                FamilySentences.quietHours(
                        Instant.parse("2026-02-27T22:50:00+09:00"),
                        Instant.parse("2026-02-28T00:50:00+09:00"),
                        1,
                        SEOUL));
    }

    @Test
    void decline() {
        assertSays(
                "3주 동안 활동이 28 % 줄었습니다(평소 하루 1,350번, 요즘 972번).",
                "Activity fell by 28 % within 3 weeks (usually 1,350 signs a day, now 972).",
                FamilySentences.decline(21, 28, 1350, 972));
        assertSays(
                "9일 동안 활동이 12 % 줄었습니다(평소 하루 40번, 요즘 35번).",
                "Activity fell by 12 % within 9 days (usually 40 signs a day, now 35).",
                FamilySentences.decline(9, 12, 40, 35));
    }

    @Test
    void dosesAndMeals() {
        assertSays(
                "아침 약을 이틀째 확인하지 못했습니다(평소 95 % 확인).",
                "The morning dose was not confirmed for 2 days (usually 95 % are).",
                FamilySentences.missedDoses(Medication.Slot.MORNING, 2, 95));
        assertSays(
                "저녁 약을 7일째 확인하지 못했습니다(평소 50 % 확인).",
                "The evening dose was not confirmed for 7 days (usually 50 % are).",
                FamilySentences.missedDoses(Medication.Slot.EVENING, 7, 50));
        assertSays(
                "최근 9일 동안 약을 60 %만 확인했습니다(평소 95 %).",
                "Only 60 % of doses confirmed in 9 days (usually 95 %).", FamilySentences.dosesMissedOften(9, 95, 60));
        assertSays(
                "어제 점심때부터 3끼째 부엌에 가지 않으셨습니다(평소 98 %는 가심).",
                "Not in the kitchen for 3 meals since lunch yesterday (usually is for 98 % of meals).",
                FamilySentences.missedMeals(Instant.parse("2026-02-28T10:30:00+09:00"), 1, 3, 98, NOW, SEOUL));
    }

    @Test
    void outings() {
        Instant since = Instant.parse("2026-03-01T02:10:00+09:00");
        assertSays(
                "02시 10분에 나가신 뒤 1시간 20분째 돌아오지 않으셨습니다(밤에는 보통 40분 안에 돌아오심).",
                "Went out at 02:10 and is not back after 1 h 20 (by night usually back within 40 min).",
                FamilySentences.notBack(since, true, Duration.ofMinutes(80), Duration.ofMinutes(40), NOW, SEOUL));
        assertSays(
                "02시 10분에 문이 열린 뒤 1시간 20분째 집 안에서 움직임이 없습니다(밤에는 보통 40분 안에 돌아오심).",
                "A door opened at 02:10; no movement at home for 1 h 20 since (by night usually back within 40 min).",
                FamilySentences.notBack(since, false, Duration.ofMinutes(80), Duration.ofMinutes(40), NOW, SEOUL));
    }

    @Test
    void wordsAndMood() {
        Instant at = Instant.parse("2026-02-28T14:20:00+09:00");
        assertSays(
                "어제 14시 20분에 힘들다는 말씀을 하셨습니다(2번째, 평소 한 달에 1번쯤).",
                "Spoke of distress at 14:20 yesterday (2 times, usually about once a month).",
                FamilySentences.words(false, at, 2, 1, NOW, SEOUL));
        assertSays(
                "어제 14시 20분에 아프다는 말씀을 하셨습니다(평소 거의 없음).",
                "Spoke of pain at 14:20 yesterday (usually hardly ever).",
                FamilySentences.words(true, at, 1, 0, NOW, SEOUL));
        assertSays(
                "어제 14시 20분부터 대화의 80 %가 슬프거나 화나거나 두려운 말씀이었습니다(평소 20 %).",
                "Since 14:20 yesterday, 80 % of talk was sad, angry or afraid (usually 20 %).",
                FamilySentences.darkTalk(at, 80, 20, NOW, SEOUL));
        assertSays(
                "최근 한 주 로봇과 하신 말씀이 하루 6번으로 줄었습니다(평소 20번).",
                "Spoke with the robot only 6 times a day this week (usually 20).",
                FamilySentences.lessTalk(6, 20));
        assertSays(
                "최근 한 주에 외롭다는 말씀을 3번 하셨습니다(평소 한 달에 2번쯤).",
                "Spoke of loneliness 3 times this week (usually about 2 times a month).",
                FamilySentences.loneliness(3, 2));
        assertSays(
                "최근 한 주 대화의 45 %가 슬픈 말씀이었습니다(평소 10 %).",
                "45 % of talk was sad this week (usually 10 %).", FamilySentences.sadness(45, 10));
    }

    @Test
    void devices() {
        assertSays(
                "로봇 배터리가 12 % 남았고 전원이 연결되어 있지 않습니다. 3시간쯤 뒤에 꺼질 수 있습니다.",
                "The robot has 12 % of its battery left and no mains; it may go out in about 3 h.",
                FamilySentences.battery(12, Duration.ofHours(3)));
        assertSays(
                "로봇 배터리가 12 % 남았고 전원이 연결되어 있지 않습니다.",
                "The robot has 12 % of its battery left and no mains.", FamilySentences.battery(12, null));
        assertSays(
                "부엌 감지기가 3일째 조용합니다(평소 하루 2시간 40분 동안 반응). 다른 곳에서는 움직임이 있습니다.",
                "The sensor in the kitchen has been silent for 3 days (usually 2 h 40 of signs a day) while others were"
                        + " not.",
                FamilySentences.sensorSilent(Room.KITCHEN, 3, Duration.ofMinutes(160)));
        assertSays(
                "거실 감지기가 19시간째 쉬지 않고 반응합니다. 감지기 고장일 수 있습니다.",
                "The sensor in the lounge has not been still for 19 h; it may be broken.",
                FamilySentences.sensorNeverStill(Room.LOUNGE, Duration.ofHours(19)));
        assertSays(
                "로봇 시계가 1분 틀려, 기록된 시각이 맞지 않을 수 있습니다.",
                "The robot's clock is wrong by 1 min; recorded times may be wrong.",
                FamilySentences.clock(Duration.ofSeconds(20)));
    }

    @Test
    void everySlotSensorAndMealHasItsWordsInBothLanguages() {
        List<Sentence> sentences = new ArrayList<>();
        for (Medication.Slot slot : Medication.Slot.values()) {
            for (int days = 2; days <= 6; days++) {
                sentences.add(FamilySentences.missedDoses(slot, days, 90));
            }
        }
        for (int meal = 0; meal < 3; meal++) {
            sentences.add(FamilySentences.missedMeals(NOW, meal, 2, 90, NOW, SEOUL));
        }
        for (Status.Health health : List.of(Status.Health.STUCK, Status.Health.LOST, Status.Health.LOW_BATTERY)) {
            sentences.add(FamilySentences.sensor(Room.HALLWAY, health));
        }
        for (Sentence sentence : sentences) {
            assertFalse(sentence.ko().contains("{") || sentence.en().contains("{"), sentence::toString);
        }
        assertThrows(IllegalArgumentException.class, () -> FamilySentences.sensor(Room.HALLWAY, Status.Health.OK));
    }

    private static void assertSays(String ko, String en, Sentence sentence) {
        assertEquals(ko, sentence.ko());
        assertEquals(en, sentence.en());
    }
}
