package kr.dolbom.risk.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// A resident's own rhythm, learnt silence by silence.
///
/// ```
/// base = (n·q96 + 10·Q) / (n + 10)      n days with a peak, q96 of them, Q the others'
/// new  = 0.5·max(0, 1 − n/14)
/// θ    = base + 0.2 − (0.2 where last seen from 21 to 07 h) + new + bump
/// caution = 5 + new + bump at home, 6.25 + bump where perhaps out, 5.45 + bump where nothing watches the exits
/// allowance = (base − Q) / 2
/// pace = ((A24 + 5) / (U24 + 5))^γ,  γ = 0.4, less where U24 is below 40 and 0 where it is below 20
/// ```
///
/// A24 are the active bins of the last 24 h, U24 the resident's mean of them. A silence that passed its
/// deadline and was ended by the resident's own activity would have been a false alert: it raises the
/// bump of its class (at home or perhaps out) by 2.5, to at most 3; the bump forgets like the counts,
/// 0.985 a day. Where nothing watches the exits it raises it by 0.75 only: what little is noticed there
/// pauses by chance, and says less about the resident. The floor is 1.25 times as long there.
final class Rhythm {
    private static final double DECAY_PER_DAY = 0.985;
    private static final double PEAK = 0.96;
    private static final double POPULATION_DAYS = 10;
    private static final double MARGIN = 0.2;
    private static final double NIGHT_MARGIN = -0.2;
    private static final double NEW_MARGIN = 0.5;
    private static final int NEW_DAYS = 14;
    private static final double CAUTION_AT_HOME = 5;
    private static final double CAUTION = 6.25;
    private static final double CAUTION_UNWATCHED = 5.45;
    private static final double ALLOWED_SHARE = 0.5;
    private static final float BUMP = 2.5f;
    private static final float BUMP_UNWATCHED = 0.75f;
    private static final float HIGHEST_BUMP = 3;
    private static final double PATIENCE_UNWATCHED = 1.25;
    private static final int SIX_HOURS = 6 * Bins.PER_HOUR;
    private static final double LEVEL_WEIGHT = 100;
    private static final double SPARSE_SHARE = 0.2;
    private static final int DAY_BEGINS = 8;
    private static final int NIGHT_BEGINS = 21;
    private static final int NIGHT_ENDS = 7;
    private static final double DAY_WEIGHT = 20;
    private static final double PACE = 0.4;
    private static final double PACE_OFFSET = 5;
    private static final double PACE_FROM = 20;
    private static final double PACE_FULL_FROM = 40;
    private static final double DENSE_FROM = 30;

    private final LocalHours hours;
    private final Population population;
    private final Counts counts = new Counts();
    private final Hazards hazards;
    private final Peaks peaks = new Peaks();
    private final ActiveBins active = new ActiveBins();
    private long day = Long.MIN_VALUE;
    private long firstBin = Long.MIN_VALUE;
    private float bumpAtHome;
    private float bumpOut;
    private float peakOfDay = -1;
    private float levelSum;
    private float levelWeight;
    private float daySum;
    private float dayWeight;
    private float base = Float.NaN;
    private float others;
    private float pace = 1;
    private double newMargin; // known with the base

    Rhythm(LocalHours hours, Population population) {
        this.hours = hours;
        this.population = population;
        this.hazards = new Hazards(counts, population);
    }

    int glance() {
        return (int) day + active.inDay();
    }

    Hazards hazards() {
        return hazards;
    }

    Peaks peaks() {
        return peaks;
    }

    /// How a silence that begins now will be judged.
    Start start(long lastSeen, Context context, boolean mayBeOut, boolean isExitWatched) {
        if (Float.isNaN(base)) {
            findBase();
        }
        int hour = hours.hour(Bins.of(lastSeen));
        double atHome = newMargin + bumpAtHome;
        double threshold = base + MARGIN + (hour >= NIGHT_BEGINS || hour < NIGHT_ENDS ? NIGHT_MARGIN : 0) + atHome;
        double caution = mayBeOut ? (isExitWatched ? CAUTION : CAUTION_UNWATCHED) + bumpOut : CAUTION_AT_HOME + atHome;
        return new Start(
                lastSeen,
                context,
                mayBeOut,
                pace,
                threshold,
                ALLOWED_SHARE * (base - others),
                caution,
                isExitWatched ? 1 : PATIENCE_UNWATCHED);
    }

    private void findBase() {
        int n = peaks.count();
        others = (float) population.quantile(PEAK, peaks);
        newMargin = newMargin();
        base = (float) ((n * peaks.quantile(PEAK) + POPULATION_DAYS * others) / (n + POPULATION_DAYS));
    }

    private double newMargin() {
        return NEW_MARGIN * Math.max(0, 1 - peaks.count() / (double) NEW_DAYS);
    }

    /// Marks a bin as active and says whether signs were sparse in the six hours that end with it.
    boolean isSparseAt(long bin) {
        if (firstBin == Long.MIN_VALUE) {
            firstBin = bin;
        }
        if (!active.mark(bin)) {
            return false;
        }
        int inDay = active.inDay();
        double usualDay = usualDay();
        double gamma = PACE * Math.clamp((usualDay - PACE_FROM) / (PACE_FULL_FROM - PACE_FROM), 0, 1);
        boolean isKnownForADay = bin - firstBin > Bins.PER_DAY;
        pace = isKnownForADay ? (float) Math.pow((inDay + PACE_OFFSET) / (usualDay + PACE_OFFSET), gamma) : 1;
        if (isKnownForADay) {
            daySum += inDay;
            dayWeight++;
            population.addDay(inDay, 1);
        }
        if (hours.hour(bin) < DAY_BEGINS) {
            return false;
        }
        int inSixHours = active.in(SIX_HOURS);
        double usual =
                (levelSum + LEVEL_WEIGHT * population.level(levelSum, levelWeight)) / (levelWeight + LEVEL_WEIGHT);
        levelSum += inSixHours;
        levelWeight++;
        population.addLevel(inSixHours, 1);
        return inSixHours <= Math.max(1, SPARSE_SHARE * usual);
    }

    /// Whether this home shows so many signs that a single one after a long silence is suspicious.
    boolean isDense() {
        return usualDay() >= DENSE_FROM;
    }

    private double usualDay() {
        return (daySum + DAY_WEIGHT * population.day(daySum, dayWeight)) / (dayWeight + DAY_WEIGHT);
    }

    /// Learns from a silence that a sign has just ended.
    ///
    /// @param from the bin in which the resident was seen before
    /// @param to the bin of the sign, later than `from`
    /// @param context of the silence
    /// @param blind times that do not count
    /// @param at time of the sign
    void learn(long from, long to, Context context, BlindTimes blind, long at) {
        // Only the highest surprise of the day is kept; so short a silence cannot have been it.
        boolean isLower = hours.day(at) == day && (to - from - 1) * Hazards.MAX_SURPRISE <= peakOfDay;
        double surprise = 0;
        double step = 0;
        int cell = -1;
        var bins = new WatchedBins(from, blind);
        int k = 1;
        long bin = bins.next();
        for (; bin < to && k <= Bins.PER_DAY; bin = bins.next(), k++) {
            int hour = hours.hour(bin);
            int bucket = Counts.bucket(k);
            int index = Counts.index(hour, context.index, bucket);
            if (index != cell && !isLower) {
                cell = index;
                step = hazards.surprise(hour, context, bucket);
            }
            surprise += step;
            counts.add(index, 1, false, population);
        }
        if (k <= Bins.PER_DAY) {
            counts.add(Counts.index(hours.hour(to), context.index, Counts.bucket(k)), 1, true, population);
        }
        turnTo(hours.day(at));
        peakOfDay = Math.max(peakOfDay, (float) surprise);
    }

    /// A silence that passed its deadline was ended by the resident: it would have been a false alert.
    void wasFalse(boolean mayBeOut, boolean isExitWatched) {
        if (mayBeOut) {
            bumpOut = Math.min(HIGHEST_BUMP, bumpOut + (isExitWatched ? BUMP : BUMP_UNWATCHED));
        } else {
            bumpAtHome = Math.min(HIGHEST_BUMP, bumpAtHome + BUMP);
        }
    }

    private void turnTo(long today) {
        if (day == Long.MIN_VALUE) {
            day = today;
        }
        if (today <= day) {
            return;
        }
        if (peakOfDay >= 0) {
            population.addPeak(peakOfDay, peaks.add(peakOfDay));
        }
        peakOfDay = -1;
        float factor = (float) Math.pow(DECAY_PER_DAY, (double) today - day);
        counts.decay(factor, population);
        population.addLevel(levelSum * (factor - 1), levelWeight * (factor - 1));
        population.addDay(daySum * (factor - 1), dayWeight * (factor - 1));
        levelSum *= factor;
        levelWeight *= factor;
        daySum *= factor;
        dayWeight *= factor;
        bumpAtHome *= factor;
        bumpOut *= factor;
        day = today;
        findBase();
    }

    /// Takes this resident's share out of its own population, for good.
    void leave() {
        leave(population);
        population.forget(peaks);
    }

    /// Takes this resident's share out of a population of which it was a part, but for the peaks.
    void leave(Population from) {
        for (int i = 0; i < Counts.SIZE; i++) {
            from.addTrials(i, -counts.trials(i));
            from.addSeen(i, -counts.seen(i));
        }
        from.addLevel(-levelSum, -levelWeight);
        from.addDay(-daySum, -dayWeight);
    }

    private void join() {
        for (int i = 0; i < Counts.SIZE; i++) {
            population.addTrials(i, counts.trials(i));
            population.addSeen(i, counts.seen(i));
        }
        population.addLevel(levelSum, levelWeight);
        population.addDay(daySum, dayWeight);
        for (int i = 0; i < peaks.count(); i++) {
            population.addPeak(peaks.get(i), -1);
        }
    }

    void write(DataOutput out) throws IOException {
        counts.write(out);
        peaks.write(out);
        active.write(out);
        out.writeLong(day);
        out.writeLong(firstBin);
        for (float number : new float[] {
            bumpAtHome, bumpOut, peakOfDay, levelSum, levelWeight, daySum, dayWeight, base, others, pace
        }) {
            out.writeFloat(number);
        }
    }

    /// Reads what [#write] wrote into a fresh rhythm, and joins the population.
    void read(DataInput in) throws IOException {
        counts.read(in);
        peaks.read(in);
        active.read(in);
        day = in.readLong();
        firstBin = in.readLong();
        bumpAtHome = in.readFloat();
        bumpOut = in.readFloat();
        peakOfDay = in.readFloat();
        levelSum = in.readFloat();
        levelWeight = in.readFloat();
        daySum = in.readFloat();
        dayWeight = in.readFloat();
        base = in.readFloat();
        others = in.readFloat();
        pace = in.readFloat();
        newMargin = newMargin();
        join();
    }
}
