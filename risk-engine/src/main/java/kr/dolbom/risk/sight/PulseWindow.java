package kr.dolbom.risk.sight;

/// How many homes of a group were expected within a window, by how long ago each had been heard when it
/// began.
final class PulseWindow {
    static final int CELLS = Hearing.CLASSES * Hearing.BUCKETS;

    /// No home is surer to be heard than that, however often it was: it may go silent for a reason of its
    /// own. So what is missing is counted by homes, and not by how sure one was of each.
    private static final double SUREST = 0.98;

    private final int[] cells = new int[CELLS];
    private final double[] p = new double[CELLS];
    private int size;
    private int homes;
    private double expected;
    private double variance;

    PulseWindow(int[] past, int from, int w, int hour, Hearing hearing) {
        for (int i = 0; i < CELLS; i++) {
            int count = past[from + i];
            int bucket = i % Hearing.BUCKETS;
            if (count > 0 && bucket != Hearing.GONE) {
                double probability = hearing.probability(w, i / Hearing.BUCKETS, hour, bucket);
                cells[size] = count;
                p[size] = Math.min(SUREST, probability);
                size++;
                homes += count;
                expected += count * probability;
                variance += count * probability * (1 - probability);
            }
        }
    }

    /// How many homes are not gone.
    int homes() {
        return homes;
    }

    double expected() {
        return expected;
    }

    /// Of the number of homes that are heard, where they are independent of each other.
    double variance() {
        return variance;
    }

    /// Chernoff's bound for a sum of independent homes of unequal probability: −ln P(N ≤ n) is at
    /// least `max over u in (0, 1] of n·ln u − Σ ln(1 − p·(1 − u))`, and exactly that where n = 0
    /// and u → 0.
    double exponent(int n) {
        double low = 0;
        double high = 1;
        for (int i = 0; n > 0 && i < 40; i++) {
            double u = (low + high) / 2;
            if (tilted(u) < n) {
                low = u;
            } else {
                high = u;
            }
        }
        double u = n == 0 ? 0 : high;
        double sum = n == 0 ? 0 : n * Math.log(u);
        for (int i = 0; i < size; i++) {
            sum -= cells[i] * Math.log1p(-p[i] * (1 - u));
        }
        return sum;
    }

    private double tilted(double u) {
        double mean = 0;
        for (int i = 0; i < size; i++) {
            mean += cells[i] * p[i] * u / (1 - p[i] * (1 - u));
        }
        return mean;
    }
}
