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
/// The last is the Beta-Binomial's exact predictive probability (Gelman et al., Bayesian Data Analysis, 3rd edition, 2.4).
public final class Chance {
    private final double a0;
    private final double b0;
    private float happened;
    private float missed;

    /// @param a0 the population's times that it happened
    /// @param b0 the population's times that it did not
    public Chance(double a0, double b0) {
        this.a0 = a0;
        this.b0 = b0;
    }

    /// The usual share.
    public double mean() {
        return (a0 + happened) / (a0 + b0 + known());
    }

    /// How many times are known, forgetting counted.
    public double known() {
        return happened + missed;
    }

    /// How probable it is to be missed so many times on end.
    public double tailOfMisses(int times) {
        double tail = 1;
        for (int i = 0; i < times; i++) {
            tail *= (b0 + missed + i) / (a0 + b0 + known() + i);
        }
        return tail;
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
