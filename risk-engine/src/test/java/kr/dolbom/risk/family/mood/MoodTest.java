package kr.dolbom.risk.family.mood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

class MoodTest {
    private static final double REVIEW = 0.018;

    private final Random random = new Random(6);
    private Mood mood = new Mood();
    private int day;

    @Test
    void aThirdOfTheUsualTalkIsSeenWithinTwoWeeks() {
        live(30, 20, 0.1, false);
        int days = 0;
        while (days < 30 && !isForReview()) {
            live(1, 7, 0.1, false);
            days++;
        }
        int found = days;
        assertTrue(found >= 2 && found <= 14, () -> "after " + found + " days");
        String ko = judge().getFirst().reason().ko();
        assertTrue(ko.matches("최근 한 주 로봇과 하신 말씀이 하루 \\d+번으로 줄었습니다\\(평소 \\d+번\\)\\."), ko);
    }

    @Test
    void wordsOfLonelinessOnSeveralDaysAreSeen() {
        live(30, 20, 0.1, false);
        live(5, 20, 0.1, true);

        Verdict verdict = judge().getFirst();

        assertTrue(
                verdict.reason().ko().startsWith("최근 한 주에 외롭다는 말씀을 "),
                verdict.reason().ko());
        assertEquals(Tier.REVIEW, verdict.atMost());
    }

    @Test
    void moreSadnessThanUsualIsSeen() {
        live(30, 20, 0.1, false);
        live(7, 20, 0.6, false);

        assertTrue(judge().getFirst().reason().ko().contains("슬픈 말씀"));
    }

    @Test
    void unchangedTalkersAreLeftAlone() {
        int flagged = 0;
        for (int resident = 0; resident < 100; resident++) {
            mood = new Mood();
            boolean was = false;
            for (int i = 0; i < 60; i++) {
                live(1, 20, 0.1, false);
                boolean is = isForReview();
                flagged += is && !was ? 1 : 0;
                was = is;
            }
        }
        int found = flagged;
        // 6,000 resident-days; a review in 30 days would be 200
        assertTrue(found <= 60, () -> found + " reviews in 6,000 days");
    }

    @Test
    void whoHardlyTalksToTheRobotDoesNotTalkLess() {
        live(30, 1, 0.1, false);
        live(20, 0, 0.1, false);

        assertEquals(List.of(), judge());
    }

    @Test
    void daysAwayAreNoSilenceOfTheHeart() {
        live(30, 20, 0.1, false);
        for (int i = 0; i < 10; i++) {
            var away = new Day();
            away.begin(day++);
            mood.dayEnds(away);
        }

        assertEquals(List.of(), judge());
    }

    private boolean isForReview() {
        List<Verdict> said = judge();
        return !said.isEmpty() && said.getFirst().tail() <= REVIEW;
    }

    private void live(int days, int turns, double sad, boolean isLonely) {
        for (int i = 0; i < days; i++) {
            long noon = Day.startOf(day);
            int today = (int) Math.round(turns * Math.exp(0.4 * random.nextGaussian()));
            double share = Math.clamp(sad + 0.05 * random.nextGaussian(), 0, 1);
            var voice = new Voice(
                    isLonely ? List.of(new Code(Intent.LONELINESS, 0.9)) : List.of(),
                    today,
                    today * 5L,
                    List.of(new Emotion(Feeling.SADNESS, share), new Emotion(Feeling.NEUTRAL, 1 - share)),
                    null);
            mood.observe(new Fact.Talked(noon + 7200, voice), noon + 7200);
            var seen = new Day();
            seen.begin(day++);
            for (int bin = 0; bin < Day.BINS; bin += 3) {
                seen.seen(noon + bin * 600L, 1);
            }
            mood.dayEnds(seen);
        }
    }

    private List<Verdict> judge() {
        List<Verdict> said = new ArrayList<>();
        mood.judge(Look.at(Instant.ofEpochSecond(Day.startOf(day)), ZoneOffset.UTC), said);
        return said;
    }
}
