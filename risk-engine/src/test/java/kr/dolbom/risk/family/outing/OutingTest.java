package kr.dolbom.risk.family.outing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.family.fact.Detector;
import kr.dolbom.risk.family.fact.Fact;
import kr.dolbom.risk.family.fact.Look;
import kr.dolbom.risk.family.fact.Verdict;
import kr.dolbom.risk.family.measure.Day;
import org.junit.jupiter.api.Test;

class OutingTest {
    private static final long DAY = 86_400;
    private static final long TWO_AT_NIGHT = 30 * DAY + 2 * 3600;

    private final Outing outing = new Outing();

    @Test
    void aDoorByNightAndNothingSinceIsToldAfterTheUsualTime() {
        seen(TWO_AT_NIGHT, Room.FRONT_DOOR);

        assertEquals(List.of(), judge(TWO_AT_NIGHT + 30 * 60));
        Verdict verdict = judge(TWO_AT_NIGHT + 70 * 60).getFirst();

        assertEquals(
                "02시에 문이 열린 뒤 1시간 10분째 집 안에서 움직임이 없습니다(밤에는 보통 57분 안에 돌아오심).",
                verdict.reason().ko());
        assertEquals(Tier.CHECK_IN, verdict.atMost(), "the door may have been locked before going to bed");
    }

    @Test
    void whoSaidToGoOutAndIsNotBackGetsACheckInAfterTwoHoursWhateverTheHabit() {
        for (int night = 0; night < 30; night++) {
            long at = night * DAY + 23 * 3600;
            outing.observe(new Fact.WentOut(at, 0), at);
            seen(at + 3 * 3600, Room.HALLWAY);
            outing.dayEnds(new Day());
        }
        outing.observe(new Fact.WentOut(TWO_AT_NIGHT, 0), TWO_AT_NIGHT);

        assertEquals(List.of(), judge(TWO_AT_NIGHT + 100 * 60), "this is usual");
        judge(TWO_AT_NIGHT + 12 * 3600).forEach(v -> assertEquals(Tier.CHECK_IN, v.atLeast()));
    }

    @Test
    void theLongerTheLessProbable() {
        outing.observe(new Fact.WentOut(TWO_AT_NIGHT, 0), TWO_AT_NIGHT);

        double one = judge(TWO_AT_NIGHT + 3600).getFirst().tail();
        Verdict three = judge(TWO_AT_NIGHT + 3 * 3600).getFirst();

        assertTrue(three.tail() < one / 2);
        assertEquals(Tier.URGENT, three.atMost());
        assertEquals(Tier.CHECK_IN, three.atLeast());
        assertNull(judge(TWO_AT_NIGHT + 3600).getFirst().atLeast());
    }

    @Test
    void anySignAtHomeEndsIt() {
        seen(TWO_AT_NIGHT, Room.BACK_DOOR);
        seen(TWO_AT_NIGHT + 5400, Room.KITCHEN);

        assertEquals(List.of(), judge(TWO_AT_NIGHT + 7200));
        assertEquals(Detector.NEVER, outing.nextMoment());
    }

    @Test
    void beforeTheTimeThatWasSaidNothingIsMissed() {
        outing.observe(new Fact.WentOut(TWO_AT_NIGHT, TWO_AT_NIGHT + 4 * 3600), TWO_AT_NIGHT);

        assertEquals(List.of(), judge(TWO_AT_NIGHT + 4 * 3600));
        assertEquals(1, judge(TWO_AT_NIGHT + 4 * 3600 + 1801).size());
    }

    @Test
    void blindTimeDoesNotCount() {
        seen(TWO_AT_NIGHT, Room.FRONT_DOOR);
        outing.observe(new Fact.Blind(TWO_AT_NIGHT + 600, TWO_AT_NIGHT + 3600), TWO_AT_NIGHT + 600);
        outing.observe(new Fact.Blind(TWO_AT_NIGHT + 600, TWO_AT_NIGHT + 7200), TWO_AT_NIGHT + 600);

        assertEquals(List.of(), judge(TWO_AT_NIGHT + 7200 + 1200));
        assertEquals(1, judge(TWO_AT_NIGHT + 6600 + 3600).size());
    }

    @Test
    void goingOutByDayIsNotItsBusiness() {
        long noon = 30 * DAY + 12 * 3600;
        seen(noon, Room.FRONT_DOOR);
        outing.observe(new Fact.WentOut(noon + 60, 0), noon + 60);

        assertEquals(List.of(), judge(noon + 6 * 3600));
    }

    @Test
    void itIsLookedAtEveryTenMinutesWhileOut() {
        seen(TWO_AT_NIGHT, Room.FRONT_DOOR);
        assertEquals(TWO_AT_NIGHT + 900, outing.nextMoment());

        judge(TWO_AT_NIGHT + 900);

        assertEquals(TWO_AT_NIGHT + 1500, outing.nextMoment());
    }

    private void seen(long at, Room room) {
        outing.observe(new Fact.Seen(at, room, 1), at);
    }

    private List<Verdict> judge(long at) {
        List<Verdict> said = new ArrayList<>();
        outing.judge(Look.at(Instant.ofEpochSecond(at), ZoneOffset.UTC), said);
        return said;
    }
}
