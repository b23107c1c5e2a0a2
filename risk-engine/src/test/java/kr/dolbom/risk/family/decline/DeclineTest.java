package kr.dolbom.risk.family.decline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.family.SimulatedHome;
import kr.dolbom.risk.family.SimulatedHome.Change;
import kr.dolbom.risk.family.SimulatedHome.Said;
import kr.dolbom.risk.family.fact.Fact;
import org.junit.jupiter.api.Test;

/// On simulated residents; what the recorded homes gave stands in docs/explanation/families.md.
class DeclineTest {
    private static final int RESIDENTS = 40;

    @Test
    void unchangedResidentsGiveAtMostAReviewInThirtyDays() {
        AtomicInteger news = new AtomicInteger();
        for (int resident = 0; resident < RESIDENTS; resident++) {
            new SimulatedHome(resident).live(60, said -> news.addAndGet(said.isNews(Family.DECLINE) ? 1 : 0));
        }

        // 2,400 resident-days
        assertTrue(news.get() <= 80, () -> news + " reviews in 2,400 days");
    }

    @Test
    void onePercentADayIsSeenWithinThreeWeeks() {
        assertMedianDays(21, 0.99);
    }

    @Test
    void twoPercentADayIsSeenWithinTwoWeeks() {
        assertMedianDays(14, 0.98);
    }

    @Test
    void fivePercentADayIsSeenWithinEightDays() {
        assertMedianDays(8, 0.95);
    }

    @Test
    void daysAwayAreNoDecline() {
        int flagged = 0;
        for (int resident = 0; resident < RESIDENTS; resident++) {
            var home = new SimulatedHome(3000 + resident);
            home.live(21, _ -> {});
            for (int day = 0; day < 6; day++) {
                home.skipDay();
            }
            AtomicInteger news = new AtomicInteger();
            home.live(7, said -> news.addAndGet(said.isNews(Family.DECLINE) ? 1 : 0));
            flagged += Math.min(1, news.get());
        }

        // as many as without an absence: a review in 30 days would be ten
        int found = flagged;
        assertTrue(flagged <= 6, () -> found + " of 40 flagged in the week after an absence");
    }

    @Test
    void hoursInWhichNobodyCouldSeeAreNoDecline() {
        int flagged = 0;
        for (int resident = 0; resident < RESIDENTS; resident++) {
            var home = new SimulatedHome(4000 + resident);
            home.live(21, _ -> {});
            AtomicInteger news = new AtomicInteger();
            for (int day = 0; day < 14; day++) {
                // the device is silent from 19:00 on each day, so a fifth of the waking hours is missing
                long from = home.at(19, 0);
                home.live(
                        Change.NONE,
                        fact -> fact.at() >= from,
                        said -> news.addAndGet(said.isNews(Family.DECLINE) ? 1 : 0));
                home.tell(new Fact.Blind(from, home.at(0, 0)), _ -> {});
            }
            flagged += Math.min(1, news.get());
        }

        int found = flagged;
        assertTrue(flagged <= 10, () -> found + " of 40 flagged in two weeks of blind evenings");
    }

    @Test
    void theReasonTellsHowMuchAndSinceWhen() {
        var home = new SimulatedHome(9);
        home.live(21, _ -> {});
        List<Said> found = new ArrayList<>();
        for (int day = 1; day <= 28; day++) {
            home.live(new Change(Math.pow(0.98, day), 0, 1), said -> {
                if (said.has(Family.DECLINE)) {
                    found.add(said);
                }
            });
        }

        var verdict = found.getLast().verdict(Family.DECLINE);
        assertTrue(
                verdict.reason().ko().matches("\\d+[주일] 동안 활동이 \\d+ % 줄었습니다\\(평소 하루 \\d+번, 요즘 \\d+번\\)\\."),
                verdict.reason().ko());
        assertEquals(Tier.REVIEW, verdict.atMost());
        assertTrue(verdict.evidence().toJson().contains("\"usualSignsADay\""));
    }

    private static void assertMedianDays(int atMost, double aDay) {
        int[] days = new int[RESIDENTS];
        for (int resident = 0; resident < RESIDENTS; resident++) {
            var home = new SimulatedHome(2000 + resident);
            home.live(21, _ -> {});
            AtomicInteger found = new AtomicInteger(Integer.MAX_VALUE);
            for (int day = 1; day <= 42 && found.get() == Integer.MAX_VALUE; day++) {
                int today = day;
                home.live(new Change(Math.pow(aDay, day), 0, 1), said -> {
                    if (said.has(Family.DECLINE)) {
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
