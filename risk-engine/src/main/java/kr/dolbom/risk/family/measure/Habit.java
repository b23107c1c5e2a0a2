package kr.dolbom.risk.family.measure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// A number that a resident has once a day or so: its mean and variance, shrunk to the population's and forgetting.
///
/// ```
/// n       weight of the resident's own days, × 0.98 a day
/// m, s²   their mean and variance
/// mean  = (n·m + n0·μ0) / (n + n0)
/// var   = (n·s² + ν0·σ0²) / (n + ν0)
/// ```
///
/// μ0, σ0² the population's mean and variance within a resident, n0 and ν0 how many days they weigh. A value is counted
/// at most three standard deviations off the mean: what was far off must not become what is usual. The form is that of
/// the normal-inverse-gamma conjugate prior (Gelman et al., Bayesian Data Analysis, 3rd edition, 3.3), with means kept
/// apart from variances.
public final class Habit {
    /// What is forgotten each day.
    public static final double KEPT_PER_DAY = 0.98;

    private static final double FARTHEST = 3;
    private static final double DOUBTFUL = 0.2;
    private static final double WEIGHT_IN_DOUBT = 0.25;

    private final Prior prior;
    private float weight;
    private float mean;
    private float variance;

    /// What is known before anything is known of the resident.
    ///
    /// @param mean μ0
    /// @param deviation σ0
    /// @param days n0
    /// @param deviationDays ν0
    public record Prior(double mean, double deviation, double days, double deviationDays) {}

    /// Nothing but the prior.
    public Habit(Prior prior) {
        this.prior = prior;
    }

    /// What is usual.
    public double mean() {
        return (weight * mean + prior.days() * prior.mean()) / (weight + prior.days());
    }

    /// How much days differ.
    public double variance() {
        return variance(prior.deviation() * prior.deviation());
    }

    /// The same with another variance of the population's, where that depends on the mean.
    ///
    /// @param known σ0²
    public double variance(double known) {
        return (weight * variance + prior.deviationDays() * known) / (weight + prior.deviationDays());
    }

    /// The root of [#variance].
    public double deviation() {
        return Math.sqrt(variance());
    }

    /// Of how many days it is known, forgetting counted: at most 50.
    public double days() {
        return weight;
    }

    /// The value, or the mean plus or minus three deviations where it lies beyond.
    public double trimmed(double value) {
        double reach = FARTHEST * deviation();
        return Math.clamp(value, mean() - reach, mean() + reach);
    }

    /// Learns a value.
    public void learn(double value) {
        learn(value, 1);
    }

    /// Learns a value of a day that is itself in doubt: while something has perhaps changed, days teach less, else the
    /// change would soon pass for what is usual.
    ///
    /// @param tail how probable the change is by chance; below 0.2 the day weighs a quarter
    public void learnInDoubt(double value, double tail) {
        learn(value, tail < DOUBTFUL ? WEIGHT_IN_DOUBT : 1);
    }

    private void learn(double value, double valueWeight) {
        double kept = weight < 1 ? value : trimmed(value);
        double before = weight;
        weight += (float) valueWeight;
        double step = kept - mean;
        mean += (float) (step * valueWeight / weight);
        // West (1979), with the weights of the past decayed
        variance = (float) ((before * variance + valueWeight * before / weight * step * step) / weight);
    }

    /// Forgets.
    ///
    /// @param kept 0.98 for one day
    public void forget(double kept) {
        weight *= (float) kept;
    }

    /// Goes back to the prior.
    public void relearn() {
        weight = 0;
        mean = 0;
        variance = 0;
    }

    /// Writes the state, 12 bytes.
    public void write(DataOutput out) throws IOException {
        out.writeFloat(weight);
        out.writeFloat(mean);
        out.writeFloat(variance);
    }

    /// Reads the state.
    public void read(DataInput in) throws IOException {
        weight = in.readFloat();
        mean = in.readFloat();
        variance = in.readFloat();
    }
}
