package kr.dolbom.risk.family.medication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.risk.family.fact.Fact;
import kr.dolbom.risk.family.fact.Look;
import kr.dolbom.risk.family.fact.Verdict;
import org.junit.jupiter.api.Test;

class MealsTest {
    private static final long DAY = 86_400;
    private static final int[] HOURS = {8, 12, 18};

    private final Meals meals = new Meals();

    @Test
    void threeMealsOnEndWithoutTheKitchenAreTold() {
        eat(0, 14);
        roam(14 * DAY, 8, 12, 18);

        Verdict verdict = judge(14 * DAY + 22 * 3600).getFirst();

        assertEquals(
                "오늘 아침때부터 3끼째 부엌에 가지 않으셨습니다(평소 97 %는 가심).", verdict.reason().ko());
        assertEquals(
                "Not in the kitchen for 3 meals since breakfast today (usually is for 97 % of meals).",
                verdict.reason().en());
    }

    @Test
    void whoIsNotUpIsNotMissed() {
        eat(0, 14);

        assertEquals(List.of(), judge(15 * DAY), "a day without any sign is the silence family's");
    }

    @Test
    void theKitchenEndsItAtOnce() {
        eat(0, 14);
        roam(14 * DAY, 8, 12);
        assertEquals(1, judge(14 * DAY + 16 * 3600).size());

        seen(14 * DAY + 16 * 3600 + 60, Room.KITCHEN);

        assertEquals(List.of(), judge(14 * DAY + 16 * 3600 + 120));
    }

    @Test
    void aBlindMealtimeCountsForNothing() {
        eat(0, 14);
        roam(14 * DAY, 8);
        meals.observe(new Fact.Blind(14 * DAY + 11 * 3600, 14 * DAY + 12 * 3600), 14 * DAY + 11 * 3600);
        roam(14 * DAY, 13);

        assertEquals(List.of(), judge(14 * DAY + 16 * 3600), "one missed meal is nobody's business");
    }

    @Test
    void aHomeWithoutASensorInTheKitchenSaysNothing() {
        for (long day = 0; day < 30; day++) {
            roam(day * DAY, 8, 12, 18);
            assertEquals(List.of(), judge(day * DAY + 22 * 3600));
        }
    }

    @Test
    void theNextMomentIsTheEndOfTheMealtime() {
        eat(0, 14);
        roam(14 * DAY, 8);

        assertEquals(14 * DAY + 10 * 3600 + 1800, meals.nextMoment());
    }

    private void eat(long from, long to) {
        for (long day = from; day < to; day++) {
            for (int hour : HOURS) {
                roam(day * DAY, hour);
                seen(day * DAY + hour * 3600L + 2400, Room.KITCHEN);
            }
        }
    }

    private void roam(long day, int... hours) {
        for (int hour : hours) {
            seen(day + hour * 3600L, Room.LOUNGE);
            seen(day + hour * 3600L + 1200, Room.BATHROOM);
        }
    }

    private void seen(long at, Room room) {
        meals.observe(new Fact.Seen(at, room, 1), at);
    }

    private List<Verdict> judge(long at) {
        List<Verdict> said = new ArrayList<>();
        meals.judge(Look.at(Instant.ofEpochSecond(at), ZoneOffset.UTC), said);
        said.forEach(verdict -> assertTrue(verdict.tail() <= 0.05));
        return said;
    }
}
