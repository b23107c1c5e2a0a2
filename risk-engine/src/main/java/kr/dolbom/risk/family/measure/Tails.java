package kr.dolbom.risk.family.measure;

/// Tail probabilities. Pure.
public final class Tails {
    private static final double SMALLEST = 1e-12;

    private static final double[] ERFC = {
        -1.26551223,
        1.00002368,
        0.37409196,
        0.09678418,
        -0.18628806,
        0.27886807,
        -1.13520398,
        1.48851587,
        -0.82215223,
        0.17087277
    };

    private Tails() {}

    /// P(Z ≥ z) of the standard normal, with an error below 1.2e-7 of its value: W. H. Press et al., Numerical Recipes,
    /// 2nd edition, 6.2, `erfcc`. At least 1e-12.
    public static double normal(double z) {
        double x = Math.abs(z) / Math.sqrt(2);
        double t = 1 / (1 + 0.5 * x);
        double sum = 0;
        for (int i = ERFC.length - 1; i >= 0; i--) {
            sum = sum * t + ERFC[i];
        }
        double exponent = sum - x * x;
        double half = 0.5 * t * Math.exp(exponent);
        return Math.max(SMALLEST, z >= 0 ? half : 1 - half);
    }

    /// P(N ≥ n) of the negative binomial with mean m and variance m + m²/k, by its sum. At least 1e-12.
    ///
    /// @param n from 0
    /// @param mean m, above 0
    /// @param k above 0; the smaller, the more nights differ
    public static double negativeBinomial(int n, double mean, double k) {
        double share = mean / (mean + k);
        double term = Math.pow(1 - share, k);
        double below = 0;
        for (int i = 0; i < n; i++) {
            below += term;
            term *= share * (k + i) / (i + 1);
        }
        return Math.clamp(1 - below, SMALLEST, 1);
    }

    /// P(N ≥ n) of the Poisson distribution with this mean, by its sum. At least 1e-12.
    public static double poisson(int n, double mean) {
        double term = Math.exp(-mean);
        double below = 0;
        for (int i = 0; i < n; i++) {
            below += term;
            term *= mean / (i + 1);
        }
        return Math.clamp(1 - below, SMALLEST, 1);
    }
}
