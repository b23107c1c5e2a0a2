package kr.dolbom.risk.family.medication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kr.dolbom.contract.telemetry.Medication.Outcome;
import kr.dolbom.contract.telemetry.Medication.Slot;
import kr.dolbom.risk.family.fact.Detector;
import kr.dolbom.risk.family.fact.Fact;
import kr.dolbom.risk.family.fact.Look;
import kr.dolbom.risk.family.fact.Verdict;
import org.junit.jupiter.api.Test;

/// Times are the wall clock's, in a zone without an offset.
class DosesTest {
    private static final long DAY = 86_400;
    private static final double REVIEW = 0.018;

    private final Doses doses = new Doses();

    @Test
    void twoMissedMorningsOfSomebodyReliableAreToldWithTheUsualShare() {
        takeMornings(0, 30);

        assertEquals(List.of(), judge(30 * DAY + 12 * 3600), "one missed dose is none to speak of");
        Verdict verdict = judge(31 * DAY + 12 * 3600).getFirst();

        assertEquals("아침 약을 이틀째 확인하지 못했습니다(평소 98 % 확인).", verdict.reason().ko());
        assertEquals(
                "The morning dose was not confirmed for 2 days (usually 98 % are).",
                verdict.reason().en());
        assertTrue(verdict.tail() <= REVIEW, () -> "" + verdict.tail());
    }

    @Test
    void somebodyWhoOftenForgetsMustMissMore() {
        var random = new Random(2);
        for (int day = 0; day < 60; day++) {
            if (random.nextDouble() < 0.6) {
                take(day * DAY + 8 * 3600);
            }
        }
        int missed = 0;
        while (missed < 20) {
            missed++;
            List<Verdict> said = judge((59 + missed) * DAY + 14 * 3600);
            if (!said.isEmpty() && said.getFirst().tail() <= REVIEW) {
                break;
            }
        }
        int days = missed;
        assertTrue(days >= 3 && days <= 9, () -> "flagged after " + days + " days");
    }

    @Test
    void aDoseTakenLateTakesTheMissBack() {
        takeMornings(0, 20);
        judge(20 * DAY + 12 * 3600);
        judge(21 * DAY + 12 * 3600);

        take(21 * DAY + 15 * 3600);

        assertEquals(List.of(), judge(21 * DAY + 16 * 3600));
    }

    @Test
    void aRefusedDoseMayStillBeTaken() {
        takeMornings(0, 20);

        doses.observe(new Fact.Dose(20 * DAY + 8 * 3600, Slot.MORNING, Outcome.SKIPPED), 20 * DAY + 8 * 3600);
        take(20 * DAY + 9 * 3600);
        judge(21 * DAY + 12 * 3600);

        assertEquals(List.of(), judge(21 * DAY + 13 * 3600), "only today's is missing");
    }

    @Test
    void deadlinesWhileNobodyCouldSeeCountForNothing() {
        takeMornings(0, 20);
        doses.observe(new Fact.Blind(20 * DAY, 25 * DAY), 20 * DAY);

        assertEquals(List.of(), judge(25 * DAY));
        assertTrue(doses.nextMoment() > 25 * DAY, "and are not waited for");
    }

    @Test
    void theNextMomentIsTheOwnDeadline() {
        takeMornings(0, 20);
        judge(20 * DAY + 6 * 3600);

        // at 08:00 each day, and the deviation shrinks to the least margin of two hours
        long minutes = (doses.nextMoment() - 20 * DAY) / 60;
        assertTrue(minutes >= 10 * 60 - 5 && minutes <= 10 * 60 + 20, () -> "deadline at minute " + minutes);
    }

    @Test
    void aSlotThatWasNeverHeardOfIsNone() {
        takeMornings(0, 20);
        for (long day = 20; day < 24; day++) {
            take(day * DAY + 8 * 3600);
            assertEquals(List.of(), judge(day * DAY + 23 * 3600));
        }
    }

    @Test
    void missingEveryThirdDoseIsSeenWithoutARun() {
        takeMornings(0, 30);
        for (int day = 30; day < 60; day++) {
            if (day % 3 != 0) {
                take(day * DAY + 8 * 3600);
            }
            List<Verdict> said = judge(day * DAY + 20 * 3600);
            if (!said.isEmpty() && said.getFirst().tail() <= REVIEW) {
                int found = day - 29;
                assertTrue(found <= 14, () -> "flagged after " + found + " days");
                return;
            }
        }
        throw new AssertionError("never flagged");
    }

    @Test
    void residentsWhoTakeNineteenOfTwentyAreLeftAlone() {
        int flagged = 0;
        for (int resident = 0; resident < 100; resident++) {
            var own = new Doses();
            var random = new Random(resident);
            boolean was = false;
            for (int day = 0; day < 60; day++) {
                for (Slot slot : List.of(Slot.MORNING, Slot.EVENING)) {
                    long at =
                            day * DAY + (slot == Slot.MORNING ? 8 : 18) * 3600L + (long) (1200 * random.nextGaussian());
                    if (random.nextDouble() < 0.95) {
                        own.observe(new Fact.Dose(at, slot, Outcome.TAKEN), at);
                    }
                }
                List<Verdict> said = judge(own, day * DAY + DAY + 3 * 3600);
                boolean is = !said.isEmpty() && said.getFirst().tail() <= REVIEW;
                flagged += is && !was ? 1 : 0;
                was = is;
            }
        }
        int found = flagged;
        // 6,000 resident-days; a review in 30 days would be 200
        assertTrue(found <= 60, () -> found + " reviews in 6,000 days");
    }

    private void takeMornings(int from, int to) {
        for (long day = from; day < to; day++) {
            take(day * DAY + 8 * 3600);
        }
    }

    private void take(long at) {
        doses.observe(new Fact.Dose(at, Slot.MORNING, Outcome.TAKEN), at);
    }

    private List<Verdict> judge(long at) {
        return judge(doses, at);
    }

    private static List<Verdict> judge(Detector detector, long at) {
        List<Verdict> said = new ArrayList<>();
        detector.judge(Look.at(Instant.ofEpochSecond(at), ZoneOffset.UTC), said);
        return said;
    }
}
