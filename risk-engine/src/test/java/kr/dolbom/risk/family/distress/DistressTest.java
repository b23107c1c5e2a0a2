package kr.dolbom.risk.family.distress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import kr.dolbom.contract.telemetry.Voice;
import kr.dolbom.contract.telemetry.Voice.Code;
import kr.dolbom.contract.telemetry.Voice.Emotion;
import kr.dolbom.contract.telemetry.Voice.Feeling;
import kr.dolbom.contract.telemetry.Voice.Intent;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.family.fact.Fact;
import kr.dolbom.risk.family.fact.Look;
import kr.dolbom.risk.family.fact.Verdict;
import kr.dolbom.risk.family.measure.Day;
import org.junit.jupiter.api.Test;

class DistressTest {
    private static final long DAY = 86_400;
    private static final double REVIEW = 4;
    private static final double CHECK_IN = 6;

    private final Distress distress = new Distress();

    @Test
    void aCertainWordIsForReviewAndASecondForACheckIn() {
        quietDays(30);
        long at = 30 * DAY + 14 * 3600 + 20 * 60;

        say(Intent.DISTRESS, 0.9, at);
        Verdict first = judge(at + 60).getFirst();
        say(Intent.DISTRESS, 0.9, at + 7200);
        Verdict second = judge(at + 7260).getFirst();

        assertTrue(logOdds(first) >= REVIEW && logOdds(first) < CHECK_IN, () -> "" + logOdds(first));
        assertTrue(logOdds(second) >= CHECK_IN - 0.3, () -> "" + logOdds(second));
        assertEquals("14시 20분에 힘들다는 말씀을 하셨습니다(평소 거의 없음).", first.reason().ko());
        assertEquals("16시 20분에 힘들다는 말씀을 하셨습니다(2번째, 평소 거의 없음).", second.reason().ko());
        assertEquals(
                "Spoke of distress at 16:20 (2 times, usually hardly ever).",
                second.reason().en());
        assertEquals(first.episode(), second.episode());
    }

    @Test
    void anUnsureWordWeighsLess() {
        quietDays(30);
        long at = 30 * DAY + 14 * 3600;

        say(Intent.DISTRESS, 0.1, at);

        List<Verdict> said = judge(at + 60);
        assertTrue(said.isEmpty() || logOdds(said.getFirst()) < REVIEW);
    }

    @Test
    void theSameWordToldTwiceCountsOnce() {
        long at = 14 * 3600;
        say(Intent.DISTRESS, 0.9, at);
        double once = logOdds(judge(at + 120).getFirst());

        say(Intent.DISTRESS, 0.9, at + 120);

        assertEquals(once, logOdds(judge(at + 120).getFirst()), 1e-6);
    }

    @Test
    void whoAlwaysSpeaksOfPainIsHeardDifferently() {
        for (long day = 0; day < 45; day++) {
            say(Intent.PAIN, 0.9, day * DAY + 9 * 3600);
            distress.dayEnds(homeDay(day));
        }
        long at = 45 * DAY + 9 * 3600;
        say(Intent.PAIN, 0.9, at);

        List<Verdict> said = judge(at + 60);
        assertTrue(said.isEmpty() || logOdds(said.getFirst()) < REVIEW, said::toString);
    }

    @Test
    void painAsksForACheckInAtMost() {
        long at = 14 * 3600;
        for (int i = 0; i < 6; i++) {
            say(Intent.PAIN, 1, at + i * 900L);
        }

        assertEquals(Tier.CHECK_IN, judge(at + 6000).getFirst().atMost());
    }

    @Test
    void wordsFadeWithinADayOrTwo() {
        long at = 14 * 3600;
        say(Intent.DISTRESS, 1, at);
        double fresh = logOdds(judge(at).getFirst());

        assertEquals(fresh / 2, logOdds(judge(at + 12 * 3600), fresh / 2), 0.01);
        assertEquals(List.of(), judge(at + 2 * DAY));
    }

    @Test
    void darkConversationsAddUp() {
        for (long day = 0; day < 30; day++) {
            talk(10, 0.1 + 0.02 * (day % 5), day * DAY + 15 * 3600);
            distress.dayEnds(homeDay(day));
        }
        assertEquals(List.of(), judge(30 * DAY));
        long at = 30 * DAY + 9 * 3600;
        for (int i = 0; i < 5; i++) {
            talk(20, 0.9, at + i * 3600L);
        }

        Verdict verdict = judge(at + 4 * 3600 + 60).getFirst();

        assertTrue(
                verdict.reason().ko().startsWith("10시부터 대화의 90 %가 슬프거나 화나거나 두려운 말씀이었습니다")
                        || verdict.reason().ko().startsWith("09시부터 대화의 90 %가"),
                verdict.reason().ko());
        assertTrue(logOdds(verdict) >= REVIEW, () -> "" + logOdds(verdict));
    }

    private static double logOdds(List<Verdict> said, double otherwise) {
        return said.isEmpty() ? otherwise : logOdds(said.getFirst());
    }

    private static double logOdds(Verdict verdict) {
        return Math.log((1 - verdict.tail()) / verdict.tail());
    }

    private void quietDays(int days) {
        for (long day = 0; day < days; day++) {
            distress.dayEnds(homeDay(day));
        }
    }

    private static Day homeDay(long number) {
        var day = new Day();
        day.begin((int) number);
        for (int bin = 0; bin < Day.BINS; bin += 3) {
            day.seen(Day.startOf((int) number) + bin * 600L, 1);
        }
        return day;
    }

    private void say(Intent intent, double confidence, long at) {
        var voice = new Voice(List.of(new Code(intent, confidence)), 1, 5, List.of(), null);
        distress.observe(new Fact.Talked(at, voice), at);
    }

    private void talk(int turns, double dark, long at) {
        var voice = new Voice(
                List.of(),
                turns,
                turns * 5L,
                List.of(new Emotion(Feeling.SADNESS, dark), new Emotion(Feeling.JOY, 1 - dark)),
                null);
        distress.observe(new Fact.Talked(at, voice), at);
    }

    private List<Verdict> judge(long at) {
        List<Verdict> said = new ArrayList<>();
        distress.judge(Look.at(Instant.ofEpochSecond(at), ZoneOffset.UTC), said);
        return said;
    }
}
