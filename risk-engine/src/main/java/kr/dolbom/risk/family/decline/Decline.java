package kr.dolbom.risk.family.decline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
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
import kr.dolbom.risk.reason.FamilySentences;

/// Whether a resident moves less and less. Judged once a day, at noon.
///
/// ```
/// N     signs of the day, noon to noon
/// e     share of the usual activity in the time that was watched and at home, see Profile; days below 0.7 are left out
/// y   = ln((N + 5) / e)                      mean μ and variance σ², a Habit
/// ℓ   = (Δ·(μ − y) − Δ²/2) / (φ·σ²·(1 + 1/n))    Δ = 0.12: 11 % less, against as usual; y at most 3σ off
/// S, tail as in Cusum
/// ```
///
/// n days known; φ = 0.5, calibrated by replay of the recorded homes; σ² there is mostly single odd
/// days, and fewer than five days of less are no slow decline. Away is not less: five hours or more by
/// day without any sign are taken as absence, and days on which the resident was noticed in fewer than
/// six of twelve spans of two hours are left out, see [Day#isAtHome]. Somebody who lies ill at home all
/// day is the silence family's.
///
/// Logarithm, as counts of a day scale with how the home is fitted. Source: Page's sum on log counts is textbook, the
/// numbers are our own, see `docs/explanation/families.md` for what they find in recorded homes.
public final class Decline implements Detector {
    /// Of the level nothing is known before: homes differ by a factor of two. Within a home days differ by 20 %.
    private static final Prior LOG_SIGNS = new Prior(5.8, 0.2, 0.1, 10);

    private static final double DELTA = 0.12;
    private static final double PHI = 0.5;
    private static final double DAYS_TO_KNOW = 2.5;
    private static final int LEAST_DAYS = 5;
    private static final double RECENT = 0.25;
    private static final double OFFSET = 5;
    private static final double LEAST_SHARE = 0.7;

    private final Habit logSigns = new Habit(LOG_SIGNS);
    private final Cusum less = new Cusum();
    private final Profile profile = new Profile();
    private float recent;
    private float usualBefore;
    private int lastDay = Integer.MIN_VALUE;

    /// Nothing known yet.
    public Decline() {}

    @Override
    public boolean observe(Fact fact, long local) {
        return false;
    }

    @Override
    public void dayEnds(Day day) {
        logSigns.forget(Habit.KEPT_PER_DAY);
        double share = profile.shareAtHome(day);
        if (share < LEAST_SHARE || !day.isAtHome()) {
            return;
        }
        double y = Math.log((day.signs() + OFFSET) / share);
        double n = logSigns.days();
        if (n >= DAYS_TO_KNOW) {
            double off = logSigns.mean() - logSigns.trimmed(y);
            double variance = PHI * logSigns.variance() * (1 + 1 / n);
            less.add((DELTA * off - DELTA * DELTA / 2) / variance, day.number());
            if (less.since() == day.number()) {
                usualBefore = (float) logSigns.mean();
            }
        }
        recent = n < 1 ? (float) y : (float) (recent + RECENT * (logSigns.trimmed(y) - recent));
        logSigns.learn(y);
        profile.learn(day);
        lastDay = day.number();
    }

    @Override
    public long nextMoment() {
        return NEVER;
    }

    @Override
    public void judge(Look look, List<Verdict> verdicts) {
        double tail = less.tail();
        if (tail > UNUSUAL) {
            return;
        }
        double now = Math.exp(recent) - OFFSET;
        int days = lastDay - less.since() + 1;
        if (recent >= logSigns.mean() || days < LEAST_DAYS) {
            return;
        }
        // What was usual before: in the meantime less has become a part of it.
        double usual = Math.exp(Math.max(usualBefore, logSigns.mean())) - OFFSET;
        long lessPercent = Math.round(100 * (1 - now / usual));
        verdicts.add(new Verdict(
                Family.DECLINE,
                tail,
                Tier.REVIEW,
                null,
                "decline:" + less.since(),
                FamilySentences.decline(days, lessPercent, Math.round(usual), Math.round(now)),
                new Evidence()
                        .put("since", look.instant(Day.startOf(less.since())))
                        .put("until", look.instant(Day.startOf(lastDay + 1)))
                        .put("usualSignsADay", usual)
                        .put("recentSignsADay", now)
                        .put("lessPercent", lessPercent)
                        .put("usualDeviationPercent", 100 * logSigns.deviation())
                        .put("daysKnown", Math.round(logSigns.days()))
                        .put("tail", tail),
                look.instant(Day.startOf(less.since()))));
    }

    @Override
    public void relearn() {
        logSigns.relearn();
        less.reset();
        profile.relearn();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        logSigns.write(out);
        less.write(out);
        profile.write(out);
        out.writeFloat(recent);
        out.writeFloat(usualBefore);
        out.writeInt(lastDay);
    }

    @Override
    public void read(DataInput in) throws IOException {
        logSigns.read(in);
        less.read(in);
        profile.read(in);
        recent = in.readFloat();
        usualBefore = in.readFloat();
        lastDay = in.readInt();
    }
}
