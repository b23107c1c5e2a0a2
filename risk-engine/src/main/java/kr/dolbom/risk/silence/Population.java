package kr.dolbom.risk.silence;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/// What all residents together teach: the sums of their [Counts], of their activity and their [Peaks]. A
/// resident is compared with the others only, so every read takes the resident's own share away again.
///
/// Not safe for use by several threads: it belongs to the one that owns the series.
public final class Population {
    private static final double PRIOR_PEAK = 6.5;
    private static final double PRIOR_PEAK_WEIGHT = 50;
    private static final int PEAK_STEPS = 10;
    private static final double PRIOR_DAY = 40;

    private final Prior prior;
    private final double[] trials = new double[Counts.SIZE];
    private final double[] seen = new double[Counts.SIZE];
    private final int[] peaks = new int[(int) (Peaks.HIGHEST * PEAK_STEPS) + 1];
    private final Map<ZoneId, LocalHours> hours = new HashMap<>();
    private int peakCount;
    private double levelSum;
    private double levelWeight;
    private double daySum;
    private double dayWeight;
    /// Room for [Hazards] to work in, three numbers a context: it is asked too often to make it anew each time.
    final double[] scratch = new double[3 * Counts.CONTEXTS];

    /// An empty population, of which [Prior] tells something until residents do.
    public Population() {
        this(Prior.robot());
    }

    Population(Prior prior) {
        this.prior = prior;
    }

    /// A copy of what all but one resident teach. The one may then be watched with the copy, and still
    /// be compared with the others only.
    ///
    /// @param counts whose counts and activity are left out; a series that was watched with this
    ///     population
    /// @param peaks whose peaks are left out; another series of the same resident, or the same
    public Population without(SilenceSeries counts, SilenceSeries peaks) {
        var others = new Population(prior);
        System.arraycopy(trials, 0, others.trials, 0, Counts.SIZE);
        System.arraycopy(seen, 0, others.seen, 0, Counts.SIZE);
        System.arraycopy(this.peaks, 0, others.peaks, 0, this.peaks.length);
        others.peakCount = peakCount;
        others.levelSum = levelSum;
        others.levelWeight = levelWeight;
        others.daySum = daySum;
        others.dayWeight = dayWeight;
        counts.rhythm().leave(others);
        others.forget(peaks.rhythm().peaks());
        return others;
    }

    /// Replaces the peaks by those of these series, which may have been watched with other populations.
    public void setPeaks(Iterable<SilenceSeries> series) {
        java.util.Arrays.fill(peaks, 0);
        peakCount = 0;
        for (SilenceSeries one : series) {
            Peaks own = one.rhythm().peaks();
            for (int i = 0; i < own.count(); i++) {
                addPeak(own.get(i), -1);
            }
        }
    }

    void forget(Peaks own) {
        for (int i = 0; i < own.count(); i++) {
            peaks[step(own.get(i))]--;
        }
        peakCount -= own.count();
    }

    void addTrials(int index, double weight) {
        trials[index] += weight;
    }

    void addSeen(int index, double weight) {
        seen[index] += weight;
    }

    /// The hours and days of a zone, the same object for all who live in it.
    LocalHours hoursOf(ZoneId zone) {
        return hours.computeIfAbsent(zone, LocalHours::new);
    }

    /// What is assumed before anything is known.
    Prior prior() {
        return prior;
    }

    /// T of all together, smoothed as each resident's is.
    double trials(int index) {
        return trials[index];
    }

    /// E of all together, smoothed.
    double seen(int index) {
        return seen[index];
    }

    void addLevel(double activeBins, double weight) {
        levelSum += activeBins;
        levelWeight += weight;
    }

    void addDay(double activeBins, double weight) {
        daySum += activeBins;
        dayWeight += weight;
    }

    void addPeak(double peak, double forgotten) {
        peaks[step(peak)]++;
        peakCount++;
        if (forgotten >= 0) {
            peaks[step(forgotten)]--;
            peakCount--;
        }
    }

    /// The others' mean number of active bins in six hours of daytime; 0 where there are no others yet.
    double level(double ownSum, double ownWeight) {
        double weight = levelWeight - ownWeight;
        return weight < 1 ? 0 : Math.max(0, levelSum - ownSum) / weight;
    }

    /// The others' mean number of active bins in 24 hours; 40 where there are no others yet.
    double day(double ownSum, double ownWeight) {
        double weight = dayWeight - ownWeight;
        return weight < 1 ? PRIOR_DAY : Math.max(0, daySum - ownSum) / weight;
    }

    /// Q, a quantile of the others' daily peaks; 6.5 before anything is known, and drawn towards it with
    /// the weight of 50 peaks.
    double quantile(double share, Peaks own) {
        int count = peakCount;
        int[] others = peaks;
        if (own.count() > 0 && count >= own.count()) {
            others = peaks.clone();
            for (int i = 0; i < own.count(); i++) {
                others[step(own.get(i))]--;
            }
            count -= own.count();
        }
        double rank = share * count;
        int reached = 0;
        double quantile = 0;
        for (int i = 0; i < others.length && reached < rank; i++) {
            reached += others[i];
            quantile = i / (double) PEAK_STEPS;
        }
        return (count * quantile + PRIOR_PEAK_WEIGHT * PRIOR_PEAK) / (count + PRIOR_PEAK_WEIGHT);
    }

    private static int step(double peak) {
        return (int) Math.round(Math.min(peak, Peaks.HIGHEST) * PEAK_STEPS);
    }
}
