package kr.dolbom.risk.family.measure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// A sum that watches for a lasting change, after E. S. Page: "Continuous inspection schemes", Biometrika 41, 1954.
///
/// ```
/// S(d) = min(6, max(0, S(d−1) + ℓ(d)))      ℓ log-likelihood ratio of day d: changed against usual
/// tail = exp(−S)
/// ```
///
/// Where ℓ is a true log-likelihood ratio and days are independent, `P(S ≥ s) ≤ exp(−s)` at any one day, by J. F. C.
/// Kingman: "A martingale inequality in the theory of queues", Proc. Cambridge Phil. Soc. 60, 1964. So S is at once an
/// alarm and an honest tail probability. The ceiling of 6 lets the sum come down within days once all is as usual
/// again.
public final class Cusum {
    private static final double CEILING = 6;

    private float sum;
    private int since;

    /// Adds a day.
    ///
    /// @param ratio ℓ in nats
    /// @param day its number: where the sum leaves 0, the excursion began then
    public void add(double ratio, long day) {
        if (sum <= 0 && ratio > 0) {
            since = Math.toIntExact(day);
        }
        sum = (float) Math.clamp(sum + ratio, 0, CEILING);
    }

    /// The tail probability of the sum.
    public double tail() {
        return sum == 0 ? 1 : Math.exp(-sum);
    }

    /// The number of the day on which the excursion began; only where the sum is above 0.
    public int since() {
        return since;
    }

    /// Goes back to 0.
    public void reset() {
        sum = 0;
        since = 0;
    }

    /// Writes the state, 8 bytes.
    public void write(DataOutput out) throws IOException {
        out.writeFloat(sum);
        out.writeInt(since);
    }

    /// Reads the state.
    public void read(DataInput in) throws IOException {
        sum = in.readFloat();
        since = in.readInt();
    }
}
