package kr.dolbom.risk.family.night;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import kr.dolbom.risk.alert.Evidence;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.family.fact.Detector;
import kr.dolbom.risk.family.fact.Fact;
import kr.dolbom.risk.family.fact.Look;
import kr.dolbom.risk.family.fact.Verdict;
import kr.dolbom.risk.family.measure.Cusum;
import kr.dolbom.risk.family.measure.Day;
import kr.dolbom.risk.family.measure.Habit;
import kr.dolbom.risk.family.measure.Habit.Prior;
import kr.dolbom.risk.family.measure.Tails;
import kr.dolbom.risk.reason.FamilySentences;
import kr.dolbom.risk.reason.Sentence;

/// Whether nights are as restless as usual, and at the usual hours. Judged once a day, at noon, from the day's bins.
///
/// ```
/// x    first bin of the quietest eight hours, see QuietHours      mean μ and variance σ², a Habit
/// n    active bins in the usual quietest eight hours              mean m and variance v, a Habit
/// e    watched bins of those 48                                   m is taken times e/48
/// k  = m² / (v − m), kept within [2, 50]                          n is negative binomial (m, k)
///
/// this night      tail = P(N ≥ n)
/// restless nights ℓ = n·ln r − (n + k)·ln((k + r·m) / (k + m))    r = 1.6 times as restless, against as usual
/// other hours     ℓ = (±δ·(x − μ) − δ²/2) / σ²                    δ = 8 bins, both ways; x at most 3σ off
/// ```
///
/// The three share the family's tail: each is multiplied by 3 (Bonferroni). Nights with fewer than half of the bins
/// watched, and days not at home, teach and tell nothing.
///
/// Source: the negative binomial for counts by night and Page's sums are textbook; the choice of numbers is our own,
/// from 30 recorded homes: quietest hours from 23:10 on average (homes differ by 1 h, nights within a home by 1.2 h),
/// 5.2 active bins by night with a variance of 1.2 times the mean. What it finds stands in
/// `docs/explanation/families.md`.
public final class Night implements Detector {
    private static final Prior QUIET_FROM = new Prior(67, 7, 1, 10);
    private static final Prior RESTLESSNESS = new Prior(5, 2.7, 2, 7);

    private static final int NIGHTS_TO_KNOW = 3;
    private static final double RESTLESS = 1.6;
    private static final double SHIFT_BINS = 8;
    private static final double TESTS = 3;
    private static final double RECENT = 0.3;
    private static final double LEAST_MEAN = 1;
    private static final double VARIANCE_OF_MEAN = 1.3;
    private static final int BIN_MINUTES = 10;

    private final Habit quietFrom = new Habit(QUIET_FROM);
    private final Habit restlessness = new Habit(RESTLESSNESS);
    private final Cusum restless = new Cusum();
    private final Cusum earlier = new Cusum();
    private final Cusum later = new Cusum();
    private float recentFrom;
    private float recentCount;
    private float tailOfNight = 1;
    private short lastCount;
    private short bedBin;
    private short upBin;
    private int lastDay = Integer.MIN_VALUE;

    /// Nothing known yet.
    public Night() {}

    @Override
    public boolean observe(Fact fact, long local) {
        return false;
    }

    @Override
    public void dayEnds(Day day) {
        tailOfNight = 1;
        quietFrom.forget(Habit.KEPT_PER_DAY);
        restlessness.forget(Habit.KEPT_PER_DAY);
        if (!day.isAtHome()) {
            return;
        }
        int usual = Math.clamp(Math.round(quietFrom.mean()), 0, Day.BINS - QuietHours.LENGTH);
        int watched = day.countWatched(usual, usual + QuietHours.LENGTH);
        if (2 * watched < QuietHours.LENGTH) {
            return;
        }
        lastDay = day.number();
        count(day, usual, (double) watched / QuietHours.LENGTH);
        if (day.countWatched(0, Day.BINS) >= Day.BINS - QuietHours.LENGTH / 4) {
            shift(day);
        }
    }

    private void count(Day day, int usual, double share) {
        int n = day.countActive(usual, usual + QuietHours.LENGTH);
        double mean = Math.max(LEAST_MEAN, restlessness.mean());
        double expected = mean * share;
        double spare = restlessness.variance(VARIANCE_OF_MEAN * mean) - mean;
        double k = spare <= 0 ? 50 : Math.clamp(mean * mean / spare, 2, 50);
        if (restlessness.days() >= NIGHTS_TO_KNOW - 1) {
            tailOfNight = (float) Tails.negativeBinomial(n, expected, k);
            double ratio = n * Math.log(RESTLESS) - (n + k) * Math.log((k + RESTLESS * expected) / (k + expected));
            restless.add(ratio, day.number());
        }
        lastCount = (short) n;
        recentCount = recent(recentCount, n / share, restlessness);
        restlessness.learn(n / share);
    }

    private void shift(Day day) {
        QuietHours quiet = QuietHours.of(day);
        bedBin = (short) quiet.lastActiveBefore(day);
        upBin = (short) quiet.firstActiveAfter(day);
        if (quietFrom.days() >= NIGHTS_TO_KNOW - 1) {
            double off = quietFrom.trimmed(quiet.from()) - quietFrom.mean();
            double variance = quietFrom.variance();
            later.add((SHIFT_BINS * off - SHIFT_BINS * SHIFT_BINS / 2) / variance, day.number());
            earlier.add((-SHIFT_BINS * off - SHIFT_BINS * SHIFT_BINS / 2) / variance, day.number());
        }
        recentFrom = recent(recentFrom, quiet.from(), quietFrom);
        quietFrom.learn(quiet.from());
    }

    private static float recent(float before, double value, Habit habit) {
        return habit.days() < 1 ? (float) value : (float) (before + RECENT * (value - before));
    }

    @Override
    public long nextMoment() {
        return NEVER;
    }

    @Override
    public void judge(Look look, List<Verdict> verdicts) {
        double shift = Math.min(earlier.tail(), later.tail());
        double tail = Math.min(tailOfNight, Math.min(restless.tail(), shift));
        if (TESTS * tail > UNUSUAL) {
            return;
        }
        if (tail == shift) {
            verdicts.add(shifted(look, TESTS * tail));
        } else if (tail == restless.tail()) {
            verdicts.add(restless(look, TESTS * tail));
        } else {
            verdicts.add(restlessNight(look, TESTS * tail));
        }
    }

    private Verdict shifted(Look look, double tail) {
        Cusum sum = later.tail() <= earlier.tail() ? later : earlier;
        long usual = Day.startOf(lastDay) + Math.round(quietFrom.mean()) * Day.BIN_SECONDS;
        long now = Day.startOf(lastDay) + (long) Math.round(recentFrom) * Day.BIN_SECONDS;
        return verdict(
                look,
                tail,
                "night-shift:" + sum.since(),
                FamilySentences.quietHours(look.instant(usual), look.instant(now), nights(sum), look.zone()),
                sum.since());
    }

    private Verdict restless(Look look, double tail) {
        return verdict(
                look,
                tail,
                "night-restless:" + restless.since(),
                FamilySentences.restlessNights(minutes(recentCount), minutes(restlessness.mean()), nights(restless)),
                restless.since());
    }

    private Verdict restlessNight(Look look, double tail) {
        return verdict(
                look,
                tail,
                "night:" + lastDay,
                FamilySentences.restlessNight(minutes(lastCount), minutes(restlessness.mean())),
                lastDay);
    }

    private Verdict verdict(Look look, double tail, String episode, Sentence reason, int fromDay) {
        long start = Day.startOf(lastDay);
        return new Verdict(
                Family.NIGHT,
                Math.min(1, tail),
                Tier.REVIEW,
                null,
                episode,
                reason,
                new Evidence()
                        .put("nightOf", look.instant(start))
                        .put("activeMinutes", (long) lastCount * BIN_MINUTES)
                        .put("usualActiveMinutes", restlessness.mean() * BIN_MINUTES)
                        .put("recentActiveMinutes", (double) recentCount * BIN_MINUTES)
                        .put("usuallyQuietFrom", look.instant(start + Math.round(quietFrom.mean()) * Day.BIN_SECONDS))
                        .put("recentlyQuietFrom", look.instant(start + (long) (recentFrom * Day.BIN_SECONDS)))
                        .put("lastActiveBefore", look.instant(start + (long) bedBin * Day.BIN_SECONDS))
                        .put("firstActiveAfter", look.instant(start + (long) upBin * Day.BIN_SECONDS))
                        .put("nightsKnown", Math.round(restlessness.days()))
                        .put("tail", tail),
                look.instant(Day.startOf(fromDay)));
    }

    private int nights(Cusum sum) {
        return Math.max(1, lastDay - sum.since() + 1);
    }

    private static Duration minutes(double bins) {
        return Duration.ofMinutes(Math.round(bins) * BIN_MINUTES);
    }

    @Override
    public void relearn() {
        quietFrom.relearn();
        restlessness.relearn();
        restless.reset();
        earlier.reset();
        later.reset();
        tailOfNight = 1;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        quietFrom.write(out);
        restlessness.write(out);
        restless.write(out);
        earlier.write(out);
        later.write(out);
        out.writeFloat(recentFrom);
        out.writeFloat(recentCount);
        out.writeFloat(tailOfNight);
        out.writeShort(lastCount);
        out.writeShort(bedBin);
        out.writeShort(upBin);
        out.writeInt(lastDay);
    }

    @Override
    public void read(DataInput in) throws IOException {
        quietFrom.read(in);
        restlessness.read(in);
        restless.read(in);
        earlier.read(in);
        later.read(in);
        recentFrom = in.readFloat();
        recentCount = in.readFloat();
        tailOfNight = in.readFloat();
        lastCount = in.readShort();
        bedBin = in.readShort();
        upBin = in.readShort();
        lastDay = in.readInt();
    }
}
