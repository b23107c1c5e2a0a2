package kr.dolbom.risk.fusion;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.family.fact.Verdict;
import kr.dolbom.risk.family.measure.Habit;
import kr.dolbom.risk.family.weather.Tightening;
import kr.dolbom.risk.fusion.Risk.Scored;
import org.jspecify.annotations.Nullable;

/// Puts together what the families say of one resident.
///
/// ```
/// p_f  the smallest tail of family f;                 o_f = ln((1 − p_f) / p_f), from 0
/// a_f  the weather's tightening, where o_f ≥ 2        0 … 1
/// m_f  the margin that false alarms earned            0 … 1.5
/// c_f  = min(1.5, Σ over other families g of ½·max(0, o_g − 3))
/// L_f  = max(0, o_f + a_f − m_f + c_f)
/// tier: urgent from 7.5, check-in from 6, review from 4; at most and at least what the verdict allows
/// score = min(100, 10 · max L_f)
/// ```
///
/// The others count half and only where they say something themselves, since families share causes (who is ill sleeps
/// badly and moves less) and many small odds would add up to an alarm. Together they lift a family from check-in to
/// urgent at most, never from nothing.
///
/// **Thresholds.** p is a probability at one look, and daily families look once a day: 4 is p = 0.018,
/// that is one review in 55 days for each family that tells the truth about its tails, and 7 such
/// families stay within a review a week. 6 is p = 0.0025, a day in 400. 7.5 is where [#tailOfSilence]
/// puts the deadline of silence, which was calibrated by replay. They are a declared start, to be moved
/// by replay alone.
///
/// **Hysteresis.** A tier once reached is left only 1 below its threshold. It is news only where it is
/// higher than before; a new episode begins without a tier.
///
/// **Feedback.** A false alarm moves the family's margin by 0.5, to at most 1.5, which fades by 0.98 a day. A verdict's
/// `atLeast` is beyond margins, and so is silence: its margin is part of its own deadline, which knows its cap.
///
/// Deterministic; not safe for use by several threads.
public final class Fusion {
    /// Log-odds from which a family is urgent.
    public static final double URGENT = 7.5;
    /// Log-odds from which the robot is to ask.
    public static final double CHECK_IN = 6;
    /// Log-odds from which a caseworker is to look.
    public static final double REVIEW = 4;
    /// How far below its threshold a tier is left.
    public static final double HYSTERESIS = 1;
    /// How much a false alarm moves the margin.
    public static final double MARGIN_STEP = 0.5;
    /// The margin moves no further.
    public static final double MOST_MARGIN = 1.5;

    private static final double POINTS = 10;
    private static final int HIGHEST_SCORE = 100;
    private static final double OTHERS_FROM = 3;
    private static final double OTHERS_SHARE = 0.5;
    private static final double MOST_FROM_OTHERS = 1.5;
    private static final double TIGHTENED_FROM = 2;
    private static final byte VERSION = 1;
    private static final Family[] FAMILIES = Family.values();

    private final @Nullable Tier[] heldTier = new Tier[FAMILIES.length];
    private final int[] heldEpisode = new int[FAMILIES.length];
    private final float[] margin = new float[FAMILIES.length];

    /// Nothing said before.
    public Fusion() {}

    /// The tail of a silence that has come this far to its deadline: its log-odds are 7.5 · ratio, so that it is urgent
    /// exactly at the deadline, a check-in at four fifths of the way, and worth 75 points there.
    ///
    /// @param ratio from 0; 1 at the deadline
    public static double tailOfSilence(double ratio) {
        return 1 / (1 + Math.exp(URGENT * ratio));
    }

    /// Judges one look.
    ///
    /// @param verdicts what all families say, silence and open emergencies among them
    /// @param mode whether the resident is watched as usual
    /// @param weather in the resident's district
    public Risk fuse(List<Verdict> verdicts, Mode mode, Tightening weather) {
        @Nullable Verdict[] gravest = new Verdict[FAMILIES.length];
        for (Verdict verdict : verdicts) {
            int f = indexOf(verdict.family());
            Verdict other = gravest[f];
            if (mode.judges(verdict.family()) && (other == null || verdict.tail() < other.tail())) {
                gravest[f] = verdict;
            }
        }
        double fromAll = 0;
        for (Verdict verdict : gravest) {
            fromAll += verdict == null ? 0 : toOthers(verdict);
        }
        double highest = 0;
        List<Scored> reasons = new ArrayList<>();
        for (int f = 0; f < FAMILIES.length; f++) {
            Verdict verdict = gravest[f];
            if (verdict == null) {
                heldTier[f] = null;
                continue;
            }
            double fromOthers = Math.min(MOST_FROM_OTHERS, fromAll - toOthers(verdict));
            Scored scored = score(verdict, fromOthers, weather);
            highest = Math.max(highest, Math.max(scored.logOdds(), threshold(verdict.atLeast())));
            reasons.add(scored);
        }
        reasons.sort(Comparator.comparingDouble(Scored::logOdds).reversed());
        return new Risk((int) Math.min(HIGHEST_SCORE, Math.round(POINTS * highest)), reasons);
    }

    private static double logOdds(Verdict verdict) {
        return Math.max(0, Math.log((1 - verdict.tail()) / verdict.tail()));
    }

    private static double toOthers(Verdict verdict) {
        return OTHERS_SHARE * Math.max(0, logOdds(verdict) - OTHERS_FROM);
    }

    private Scored score(Verdict verdict, double fromOthers, Tightening weather) {
        int f = indexOf(verdict.family());
        double own = logOdds(verdict);
        double tightened = own >= TIGHTENED_FROM ? weather.logOdds(verdict.family()) : 0;
        double sum = Math.max(0, own + tightened - margin[f] + fromOthers);
        boolean isSameEpisode = heldEpisode[f] == verdict.episode().hashCode();
        Tier held = isSameEpisode ? heldTier[f] : null;
        Tier tier = tierOf(sum);
        if (isAbove(tier, verdict.atMost())) {
            tier = verdict.atMost();
        }
        if (isAbove(held, tier) && sum >= threshold(held) - HYSTERESIS) {
            tier = held;
        }
        if (isAbove(verdict.atLeast(), tier)) {
            tier = verdict.atLeast();
        }
        heldTier[f] = tier;
        heldEpisode[f] = verdict.episode().hashCode();
        return new Scored(verdict, sum, tier, isAbove(tier, held));
    }

    /// Whether one tier is more urgent than another; null is none at all.
    private static boolean isAbove(@Nullable Tier one, @Nullable Tier other) {
        return one != null && (other == null || one.compareTo(other) < 0);
    }

    private static @Nullable Tier tierOf(double logOdds) {
        if (logOdds >= URGENT) {
            return Tier.URGENT;
        }
        if (logOdds >= CHECK_IN) {
            return Tier.CHECK_IN;
        }
        return logOdds >= REVIEW ? Tier.REVIEW : null;
    }

    @SuppressWarnings("EnumOrdinal") // a place in this object's arrays, which never leaves it
    private static int indexOf(Family family) {
        return family.ordinal();
    }

    private static double threshold(@Nullable Tier tier) {
        if (tier == null) {
            return 0;
        }
        return switch (tier) {
            case CRITICAL -> HIGHEST_SCORE / POINTS;
            case URGENT -> URGENT;
            case CHECK_IN -> CHECK_IN;
            case REVIEW -> REVIEW;
        };
    }

    /// Somebody said that an alert of this family was false: the next needs more.
    public void falseAlarm(Family family) {
        boolean hasOwnMargin = switch (family) {
            case SILENCE, EMERGENCY, LATE_EMERGENCY, DEVICE -> false;
            case NIGHT, DECLINE, MEDICATION, MEALS, OUTING, DISTRESS, MOOD, DEVICE_HEALTH -> true;
        };
        if (hasOwnMargin) {
            int f = indexOf(family);
            margin[f] = (float) Math.min(MOST_MARGIN, margin[f] + MARGIN_STEP);
        }
    }

    /// The margin that false alarms have earned a family, 0 to 1.5.
    public double margin(Family family) {
        return margin[indexOf(family)];
    }

    /// What was news of a family was not told: it is news again at the next look.
    public void setUntold(Family family) {
        heldTier[indexOf(family)] = null;
    }

    /// A day has passed: margins fade.
    public void dayEnds() {
        for (int f = 0; f < margin.length; f++) {
            margin[f] *= (float) Habit.KEPT_PER_DAY;
        }
    }

    /// Writes the whole state, with a version.
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        for (Family family : FAMILIES) {
            int f = indexOf(family);
            Tier held = heldTier[f];
            if (held != null || margin[f] > 0) {
                out.writeUTF(family.name());
                out.writeUTF(held == null ? "" : held.name());
                out.writeInt(heldEpisode[f]);
                out.writeFloat(margin[f]);
            }
        }
        out.writeUTF("");
    }

    /// Reads what [#write] wrote, into an object that is new.
    ///
    /// @throws IOException where it was written by another version
    public void read(DataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "state of fusion has version %d, version %d was expected".formatted(version, VERSION));
        }
        for (String name = in.readUTF(); !name.isEmpty(); name = in.readUTF()) {
            int f = indexOf(Family.valueOf(name));
            String held = in.readUTF();
            heldTier[f] = held.isEmpty() ? null : Tier.valueOf(held);
            heldEpisode[f] = in.readInt();
            margin[f] = in.readFloat();
        }
    }
}
