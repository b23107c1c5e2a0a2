package kr.dolbom.risk.family.measure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// How often something happens of the times it could: Beta-Binomial, forgetting.
///
/// ```
/// α = a0 + happened,  β = b0 + missed          both × 0.98 a day, the prior's a0 and b0 not
/// chance                  = α / (α + β)
/// P(missed k times on end) = Π (β + i) / (α + β + i),  i = 0 … k−1
/// ```
///
/// The last is the Beta-Binomial's exact predictive probability (Gelman et al., Bayesian Data Analysis, 3rd edition,
/// 2.4).
public final class Chance {
    private final Prior prior;
    private float happened;
    private float missed;

    /// What is known before anything is known of the resident.
    ///
    /// @param happened a0, the population's times that it happened
    /// @param missed b0, the population's times that it did not
    public record Prior(double happened, double missed) {}

    /// Nothing but the prior.
    public Chance(Prior prior) {
        this.prior = prior;
    }

    /// The usual share.
    public double mean() {
        return (prior.happened() + happened) / all();
    }

    /// How many times are known, forgetting counted.
    public double known() {
        return happened + missed;
    }

    /// How probable it is to be missed so many times on end.
    public double tailOfMisses(int times) {
        double tail = 1;
        for (int i = 0; i < times; i++) {
            tail *= (prior.missed() + missed + i) / (all() + i);
        }
        return tail;
    }

    private double all() {
        return prior.happened() + prior.missed() + known();
    }

    /// It happened.
    public void happened(double times) {
        happened += (float) times;
    }

    /// It did not happen.
    public void missed(double times) {
        missed += (float) times;
    }

    /// Forgets.
    ///
    /// @param kept 0.98 for one day
    public void forget(double kept) {
        happened *= (float) kept;
        missed *= (float) kept;
    }

    /// Goes back to the prior.
    public void relearn() {
        happened = 0;
        missed = 0;
    }

    /// Writes the state, 8 bytes.
    public void write(DataOutput out) throws IOException {
        out.writeFloat(happened);
        out.writeFloat(missed);
    }

    /// Reads the state.
    public void read(DataInput in) throws IOException {
        happened = in.readFloat();
        missed = in.readFloat();
    }
}
