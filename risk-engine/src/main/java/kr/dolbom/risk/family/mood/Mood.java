package kr.dolbom.risk.family.mood;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import kr.dolbom.contract.telemetry.Voice;
import kr.dolbom.risk.alert.Evidence;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.family.fact.Detector;
import kr.dolbom.risk.family.fact.Fact;
import kr.dolbom.risk.family.fact.Look;
import kr.dolbom.risk.family.fact.Verdict;
import kr.dolbom.risk.family.measure.Day;
import kr.dolbom.risk.family.measure.Habit;
import kr.dolbom.risk.family.measure.Habit.Prior;
import kr.dolbom.risk.family.measure.Tails;
import kr.dolbom.risk.reason.FamilySentences;
import kr.dolbom.risk.reason.Sentence;

/// Whether a resident talks less than usual, speaks of loneliness, or sounds sad, week by week. For review at most: a
/// mood is nobody's emergency. Judged once a day, at noon.
///
/// ```
/// x    of a day: ln(1 + turns), share of sadness, words of loneliness
/// E  = E + λ·(x − E),   λ = 2/(7+1)                              the week, after S. W. Roberts (1959)
/// z  = (E − μ) / (1.3·σ·√(λ/(2−λ))),   tail = P(Z ≥ ±z)          less talk, more sadness; μ, σ a Habit
/// W  = 7·E,                            tail = P(N ≥ W), N Poisson (7·ρ)     loneliness; ρ = (0.3 + words)/(30 + days)
/// ```
///
/// The three share the family's tail, each multiplied by 3. 1.3, as a mood stays from one day to the next. Nothing is
/// said before ten days at home are known, nor of less talk to a resident who hardly talks to the robot (under three
/// turns a day). Days away or blind are left out.
///
/// Source: S. W. Roberts: "Control chart tests based on geometric moving averages", Technometrics 1, 1959; the numbers
/// are our own and rest on no recorded speech.
public final class Mood implements Detector {
    private static final Prior LOG_TURNS = new Prior(2.5, 0.6, 0.1, 7);
    private static final Prior SADNESS = new Prior(0.1, 0.12, 3, 10);
    private static final double WEEK = 0.25;
    private static final double SPREAD = 1.3 * Math.sqrt(WEEK / (2 - WEEK));
    private static final double WORDS_BEFORE = 0.3;
    private static final double DAYS_BEFORE = 30;
    private static final double MOST_WORDS_A_DAY = 3;
    private static final double DAYS_TO_KNOW = 9;
    private static final double LEAST_TURNS = 3;
    private static final double TESTS = 3;
    private static final int SAME_WORD_SECONDS = 600;

    private final Habit logTurns = new Habit(LOG_TURNS);
    private final Habit sadness = new Habit(SADNESS);
    private float weekTurns;
    private float weekSadness;
    private float weekLonely;
    private float lonely;
    private float days;
    private int turnsToday;
    private float sadTurnsToday;
    private int emotionTurnsToday;
    private float lonelyToday;
    private long lastLonely = Long.MIN_VALUE / 2;
    private int since = Integer.MIN_VALUE;
    private int lastDay;

    /// Nothing known yet.
    public Mood() {}

    @Override
    public boolean observe(Fact fact, long local) {
        if (!(fact instanceof Fact.Talked talked)) {
            return false;
        }
        Voice voice = talked.voice();
        turnsToday += (int) voice.turns();
        for (Voice.Emotion emotion : voice.emotions()) {
            if (emotion.feeling() == Voice.Feeling.SADNESS) {
                sadTurnsToday += (float) (emotion.share() * voice.turns());
            }
        }
        emotionTurnsToday += voice.emotions().isEmpty() ? 0 : (int) voice.turns();
        for (Voice.Code code : voice.codes()) {
            if (code.intent() == Voice.Intent.LONELINESS && local - lastLonely >= SAME_WORD_SECONDS) {
                lonelyToday = (float) Math.min(MOST_WORDS_A_DAY, lonelyToday + code.confidence());
                lastLonely = local;
            }
        }
        return false;
    }

    @Override
    public void dayEnds(Day day) {
        logTurns.forget(Habit.KEPT_PER_DAY);
        sadness.forget(Habit.KEPT_PER_DAY);
        lonely *= (float) Habit.KEPT_PER_DAY;
        days *= (float) Habit.KEPT_PER_DAY;
        if (day.isAtHome() && 4 * day.countWatched(0, Day.BINS) >= 3 * Day.BINS) {
            learn();
            lastDay = day.number();
            if (tail() > UNUSUAL) {
                since = Integer.MIN_VALUE;
            } else if (since == Integer.MIN_VALUE) {
                since = lastDay;
            }
        }
        turnsToday = 0;
        sadTurnsToday = 0;
        emotionTurnsToday = 0;
        lonelyToday = 0;
    }

    private void learn() {
        double talk = Math.log1p(turnsToday);
        weekTurns = week(weekTurns, talk, logTurns);
        logTurns.learnInDoubt(talk, tailOfTalk());
        if (emotionTurnsToday >= LEAST_TURNS) {
            double share = Math.min(1, sadTurnsToday / emotionTurnsToday);
            weekSadness = week(weekSadness, share, sadness);
            sadness.learnInDoubt(share, tailOfSadness());
        }
        weekLonely += (float) (WEEK * (lonelyToday - weekLonely));
        lonely += lonelyToday;
        days++;
    }

    private static float week(float before, double value, Habit habit) {
        double from = habit.days() < 1 ? value : before;
        return (float) (from + WEEK * (habit.trimmed(value) - from));
    }

    private double tailOfTalk() {
        boolean isTalker = logTurns.days() >= DAYS_TO_KNOW && Math.expm1(logTurns.mean()) >= LEAST_TURNS;
        return isTalker ? Tails.normal((logTurns.mean() - weekTurns) / (SPREAD * logTurns.deviation())) : 1;
    }

    private double tailOfSadness() {
        return sadness.days() >= DAYS_TO_KNOW
                ? Tails.normal((weekSadness - sadness.mean()) / (SPREAD * sadness.deviation()))
                : 1;
    }

    private double tailOfLoneliness() {
        return days >= DAYS_TO_KNOW ? Tails.poisson(Math.round(7 * weekLonely), 7 * rate()) : 1;
    }

    private double rate() {
        return (WORDS_BEFORE + lonely) / (DAYS_BEFORE + days);
    }

    private double tail() {
        return TESTS * Math.min(tailOfTalk(), Math.min(tailOfSadness(), tailOfLoneliness()));
    }

    @Override
    public long nextMoment() {
        return NEVER;
    }

    @Override
    public void judge(Look look, List<Verdict> verdicts) {
        if (since == Integer.MIN_VALUE) {
            return;
        }
        double tail = tail();
        if (tail > UNUSUAL) {
            return;
        }
        verdicts.add(new Verdict(
                Family.MOOD,
                tail,
                Tier.REVIEW,
                null,
                "mood:" + since,
                reason(),
                new Evidence()
                        .put("since", look.instant(Day.startOf(since)))
                        .put("turnsADay", Math.expm1(weekTurns))
                        .put("usualTurnsADay", Math.expm1(logTurns.mean()))
                        .put("sadSharePercent", 100.0 * weekSadness)
                        .put("usualSadSharePercent", 100 * sadness.mean())
                        .put("lonelyWordsAWeek", 7.0 * weekLonely)
                        .put("usualLonelyWordsAWeek", 7 * rate())
                        .put("daysKnown", Math.round(logTurns.days()))
                        .put("tail", tail),
                look.instant(Day.startOf(since))));
    }

    private Sentence reason() {
        if (tailOfLoneliness() <= Math.min(tailOfTalk(), tailOfSadness())) {
            return FamilySentences.loneliness(Math.round(7 * weekLonely), Math.round(30 * rate()));
        }
        return tailOfTalk() <= tailOfSadness()
                ? FamilySentences.lessTalk(Math.round(Math.expm1(weekTurns)), Math.round(Math.expm1(logTurns.mean())))
                : FamilySentences.sadness(Math.round(100 * weekSadness), Math.round(100 * sadness.mean()));
    }

    @Override
    public void relearn() {
        logTurns.relearn();
        sadness.relearn();
        lonely = 0;
        days = 0;
        since = Integer.MIN_VALUE;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        logTurns.write(out);
        sadness.write(out);
        out.writeFloat(weekTurns);
        out.writeFloat(weekSadness);
        out.writeFloat(weekLonely);
        out.writeFloat(lonely);
        out.writeFloat(days);
        out.writeInt(turnsToday);
        out.writeFloat(sadTurnsToday);
        out.writeInt(emotionTurnsToday);
        out.writeFloat(lonelyToday);
        out.writeLong(lastLonely);
        out.writeInt(since);
        out.writeInt(lastDay);
    }

    @Override
    public void read(DataInput in) throws IOException {
        logTurns.read(in);
        sadness.read(in);
        weekTurns = in.readFloat();
        weekSadness = in.readFloat();
        weekLonely = in.readFloat();
        lonely = in.readFloat();
        days = in.readFloat();
        turnsToday = in.readInt();
        sadTurnsToday = in.readFloat();
        emotionTurnsToday = in.readInt();
        lonelyToday = in.readFloat();
        lastLonely = in.readLong();
        since = in.readInt();
        lastDay = in.readInt();
    }
}
