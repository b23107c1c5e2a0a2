package kr.dolbom.risk.silence;

/// What all residents together teach: the sums of their [Counts], of their daytime activity and their [Peaks]. A
/// resident is compared with the others only, so every read takes the resident's own share away again.
///
/// Not safe for use by several threads: it belongs to the one that owns the series.
public final class Population {
    private static final double PRIOR_PEAK = 6;
    private static final double PRIOR_PEAK_WEIGHT = 100;
    private static final double PEAK_STEP = 0.1;

    private final double[] trials = new double[Counts.SIZE];
    private final double[] seen = new double[Counts.SIZE];
    private final int[] peaks = new int[(int) Math.round(Peaks.HIGHEST / PEAK_STEP) + 1];
    private int peakCount;
    private double levelSum;
    private double levelWeight;

    /// An empty population.
    public Population() {}

    void addTrial(int index) {
        trials[index]++;
    }

    void addSeen(int index) {
        seen[index]++;
    }

    void addLevel(double activeBins) {
        levelSum += activeBins;
        levelWeight++;
    }

    /// Takes out what a resident's own share is about to lose by its decay.
    void decay(Counts own, double ownLevelSum, double ownLevelWeight, double factor) {
        for (int i = 0; i < Counts.SIZE; i++) {
            trials[i] -= own.trials[i] * (1 - factor);
            seen[i] -= own.seen[i] * (1 - factor);
        }
        levelSum -= ownLevelSum * (1 - factor);
        levelWeight -= ownLevelWeight * (1 - factor);
    }

    void addPeak(double peak, double forgotten) {
        peaks[step(peak)]++;
        peakCount++;
        if (forgotten >= 0) {
            peaks[step(forgotten)]--;
            peakCount--;
        }
    }

    /// Takes in a resident whose state was read.
    void add(Counts own, double ownLevelSum, double ownLevelWeight, Peaks ownPeaks) {
        for (int i = 0; i < Counts.SIZE; i++) {
            trials[i] += own.trials[i];
            seen[i] += own.seen[i];
        }
        levelSum += ownLevelSum;
        levelWeight += ownLevelWeight;
        for (int i = 0; i < ownPeaks.count(); i++) {
            addPeak(ownPeaks.get(i), -1);
        }
    }

    Hazards hazards(Counts own) {
        double[] othersTrials = new double[Counts.SIZE];
        double[] othersSeen = new double[Counts.SIZE];
        for (int i = 0; i < Counts.SIZE; i++) {
            // Rounding can leave a hair below zero where only this resident ever counted.
            othersTrials[i] = Math.max(0, trials[i] - own.trials[i]);
            othersSeen[i] = Math.max(0, seen[i] - own.seen[i]);
        }
        return Hazards.of(own, othersTrials, othersSeen);
    }

    /// The others' mean number of active bins in six hours of daytime; 0 where there are no others yet.
    double level(double ownSum, double ownWeight) {
        double weight = levelWeight - ownWeight;
        return weight < 1 ? 0 : Math.max(0, levelSum - ownSum) / weight;
    }

    /// Q, the 90th percentile of the others' daily peaks; 6 before anything is known, and drawn towards 6 with the
    /// weight of 100 peaks.
    double q90(Peaks own) {
        int[] others = peaks.clone();
        for (int i = 0; i < own.count(); i++) {
            others[step(own.get(i))]--;
        }
        int count = peakCount - own.count();
        double rank = 0.9 * count;
        int reached = 0;
        double quantile = 0;
        for (int i = 0; i < others.length && reached < rank; i++) {
            reached += others[i];
            quantile = i * PEAK_STEP;
        }
        return (count * quantile + PRIOR_PEAK_WEIGHT * PRIOR_PEAK) / (count + PRIOR_PEAK_WEIGHT);
    }

    private static int step(double peak) {
        return (int) Math.round(Math.min(peak, Peaks.HIGHEST) / PEAK_STEP);
    }
}
