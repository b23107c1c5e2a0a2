package kr.dolbom.risk.family.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.family.SimulatedHome;
import kr.dolbom.risk.family.SimulatedHome.Change;
import kr.dolbom.risk.family.SimulatedHome.Said;
import kr.dolbom.risk.family.fact.Fact;
import kr.dolbom.risk.family.measure.Day;
import org.junit.jupiter.api.Test;

/// On simulated residents; what the recorded homes gave stands in docs/explanation/families.md.
class NightTest {
    private static final int RESIDENTS = 40;

    @Test
    void unchangedResidentsAreLeftAlone() {
        AtomicInteger news = new AtomicInteger();
        for (int resident = 0; resident < RESIDENTS; resident++) {
            new SimulatedHome(resident).live(60, said -> news.addAndGet(said.isNews(Family.NIGHT) ? 1 : 0));
        }

        // 2,400 resident-days; a review in 30 days would be 80
        assertTrue(news.get() <= 40, () -> news + " reviews in 2,400 days");
    }

    @Test
    void sleepingTwoHoursLaterIsSeenWithinAWeek() {
        assertMedianDays(7, new Change(1, 2, 1));
    }

    @Test
    void sleepingTwoHoursEarlierIsSeenWithinAWeek() {
        assertMedianDays(7, new Change(1, -2, 1));
    }

    @Test
    void gettingUpTwiceAsOftenIsSeenWithinTwoWeeks() {
        assertMedianDays(14, new Change(1, 0, 2));
    }

    @Test
    void theReasonOfAShiftTellsUsualAndPresentHours() {
        var home = new SimulatedHome(3);
        home.live(21, _ -> {});
        List<Said> found = new ArrayList<>();
        for (int day = 0; day < 14; day++) {
            home.live(new Change(1, 2, 1), said -> {
                if (said.has(Family.NIGHT)) {
                    found.add(said);
                }
            });
        }

        String ko = found.getLast().verdict(Family.NIGHT).reason().ko();
        assertTrue(ko.matches("보통 2[23]시( \\d\\d분)?쯤 조용해지시는데 최근 \\d+일은 (00|01)시( \\d\\d분)?쯤입니다\\."), ko);
    }

    @Test
    void aNightThatNobodyCouldSeeTellsNothing() {
        var home = new SimulatedHome(4);
        home.live(21, _ -> {});
        long evening = home.at(21, 0);
        home.tell(new Fact.Blind(evening, evening + 12 * 3600), _ -> {});
        home.skipDay();
        List<Said> said = new ArrayList<>();
        home.live(3, said::add);

        assertEquals(0, said.stream().filter(s -> s.has(Family.NIGHT)).count());
    }

    @Test
    void theQuietHoursOfADayAreWhereLeastHappens() {
        Day day = new Day();
        day.begin(0);
        long noon = Day.startOf(0);
        for (int bin = 0; bin < Day.BINS; bin++) {
            // up until 23:00, again from 07:00, once at 03:00
            if (bin < 66 || bin >= 114 || bin == 90) {
                day.seen(noon + bin * 600L, 1);
            }
        }

        QuietHours quiet = QuietHours.of(day);

        assertEquals(66, quiet.from());
        assertEquals(65, quiet.lastActiveBefore(day));
        assertEquals(114, quiet.firstActiveAfter(day));
    }

    private static void assertMedianDays(int atMost, Change change) {
        int[] days = new int[RESIDENTS];
        for (int resident = 0; resident < RESIDENTS; resident++) {
            var home = new SimulatedHome(1000 + resident);
            home.live(21, _ -> {});
            AtomicInteger found = new AtomicInteger(Integer.MAX_VALUE);
            for (int day = 1; day <= 28 && found.get() == Integer.MAX_VALUE; day++) {
                int today = day;
                home.live(change, said -> {
                    if (said.has(Family.NIGHT)) {
                        found.compareAndSet(Integer.MAX_VALUE, today);
                    }
                });
            }
            days[resident] = found.get();
        }
        Arrays.sort(days);
        assertTrue(days[RESIDENTS / 2] <= atMost, () -> "days until seen: " + Arrays.toString(days));
    }
}
