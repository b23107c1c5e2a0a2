package kr.dolbom.risk.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A resident's own rhythm, learnt silence by silence. Tables are made anew with the first sign of each day.
///
/// ```
/// base = (n·q90 + 14·Q) / (n + 14)      n days with a peak, q90 of them, Q the others'
/// θ    = base + 1.5 + (1 where the context is lenient) + bump
/// ```
///
/// A silence that passed its deadline and was ended by the resident's own activity would have been a false alert: it
/// raises the bump of its class (lenient or not) by 1, to at most 2; the bump forgets like the counts, 0.98 a day.
final class Rhythm {
    private static final double DECAY_PER_DAY = 0.98;
    private static final double POPULATION_DAYS = 14;
    private static final double MARGIN = 1.5;
    private static final double LENIENT_MARGIN = 1;
    private static final double BUMP = 1;
    private static final double HIGHEST_BUMP = 2;
    private static final int SIX_HOURS = 6 * Bins.PER_HOUR;
    private static final double LEVEL_WEIGHT = 100;
    private static final double SPARSE_SHARE = 0.2;
    private static final int DAY_BEGINS = 8;

    private final ZoneId zone;
    private final Population population;
    private final Counts counts = new Counts();
    private final Peaks peaks = new Peaks();
    private final double[] bumps = new double[2];
    private @Nullable Hazards hazards;
    private long day = Long.MIN_VALUE;
    private double peakOfDay = -1;
    private double levelSum;
    private double levelWeight;
    private long activeBins;
    private long lastActiveBin;

    Rhythm(ZoneId zone, Population population) {
        this.zone = zone;
        this.population = population;
    }

    /// The tables of the day.
    Hazards hazards() {
        if (hazards == null) {
            hazards = population.hazards(counts);
        }
        return hazards;
    }

    Peaks peaks() {
        return peaks;
    }

    /// θ for a silence that began in this context.
    double threshold(Context context) {
        int n = peaks.count();
        double base = (n * peaks.q90() + POPULATION_DAYS * population.q90(peaks)) / (n + POPULATION_DAYS);
        return base + MARGIN + (context.isLenient() ? LENIENT_MARGIN : 0) + bumps[bumpOf(context)];
    }

    /// Marks a bin as active and says whether signs were sparse in the six hours that end with it, and how many bins
    /// were active in them.
    Context contextOf(Instant at, Context byRoom) {
        long bin = Bins.of(at);
        boolean isNew = activeBins == 0 || bin != lastActiveBin;
        long shift = bin - lastActiveBin;
        activeBins = shift >= SIX_HOURS ? 0 : (activeBins << shift) & ((1L << SIX_HOURS) - 1);
        activeBins |= 1;
        lastActiveBin = bin;
        if (Bins.hour(bin, zone) < DAY_BEGINS) {
            return byRoom;
        }
        int active = Long.bitCount(activeBins);
        double usual =
                (levelSum + LEVEL_WEIGHT * population.level(levelSum, levelWeight)) / (levelWeight + LEVEL_WEIGHT);
        if (isNew) {
            levelSum += active;
            levelWeight++;
            population.addLevel(active);
        }
        return active <= Math.max(1, SPARSE_SHARE * usual) ? Context.SPARSE : byRoom;
    }

    /// Learns from a silence that a sign has just ended.
    ///
    /// @param from the bin in which the resident was seen before
    /// @param to the bin of the sign, later than `from`
    /// @param context of the silence
    /// @param blind times that do not count
    /// @param at time of the sign
    /// @param pastDeadline whether the silence had passed its deadline
    void learn(long from, long to, Context context, List<BlindTimes.Span> blind, Instant at, boolean pastDeadline) {
        Hazards tables = hazards();
        double surprise = 0;
        var bins = new WatchedBins(from, blind);
        int k = 1;
        long bin = bins.next();
        for (; bin < to && k <= Bins.PER_DAY; bin = bins.next(), k++) {
            int hour = Bins.hour(bin, zone);
            count(hour, context, k, false);
            surprise += tables.surprise(hour, context, k);
        }
        if (k <= Bins.PER_DAY) {
            count(Bins.hour(to, zone), context, k, true);
        }
        if (pastDeadline) {
            bumps[bumpOf(context)] = Math.min(HIGHEST_BUMP, bumps[bumpOf(context)] + BUMP);
        }
        turnTo(Bins.day(at, zone));
        peakOfDay = Math.max(peakOfDay, surprise);
    }

    private void count(int hour, Context context, int k, boolean isSeen) {
        int i = Counts.index(hour, context.index, Counts.bucket(k));
        counts.trials[i]++;
        population.addTrial(i);
        if (isSeen) {
            counts.seen[i]++;
            population.addSeen(i);
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
        double factor = Math.pow(DECAY_PER_DAY, (double) today - day);
        population.decay(counts, levelSum, levelWeight, factor);
        counts.decay(factor);
        levelSum *= factor;
        levelWeight *= factor;
        bumps[0] *= factor;
        bumps[1] *= factor;
        day = today;
        hazards = null;
    }

    void write(DataOutput out) throws IOException {
        counts.write(out);
        peaks.write(out);
        out.writeDouble(bumps[0]);
        out.writeDouble(bumps[1]);
        out.writeLong(day);
        out.writeDouble(peakOfDay);
        out.writeDouble(levelSum);
        out.writeDouble(levelWeight);
        out.writeLong(activeBins);
        out.writeLong(lastActiveBin);
    }

    void read(DataInput in) throws IOException {
        counts.read(in);
        peaks.read(in);
        bumps[0] = in.readDouble();
        bumps[1] = in.readDouble();
        day = in.readLong();
        peakOfDay = in.readDouble();
        levelSum = in.readDouble();
        levelWeight = in.readDouble();
        activeBins = in.readLong();
        lastActiveBin = in.readLong();
        population.add(counts, levelSum, levelWeight, peaks);
    }

    private static int bumpOf(Context context) {
        return context.isLenient() ? 1 : 0;
    }
}
