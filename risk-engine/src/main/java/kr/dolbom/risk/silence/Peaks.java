package kr.dolbom.risk.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// The highest surprise of each of a resident's last 45 days with any sign, each counted as at most 15: a past absence
/// must not teach that absence is usual.
final class Peaks {
    static final int DAYS = 45;
    static final double HIGHEST = 15;

    private final float[] values = new float[DAYS];
    private int next;
    private int count;

    /// Adds a day's peak.
    ///
    /// @return the peak that is forgotten for it, or −1 while there are fewer than 45
    double add(double peak) {
        double forgotten = count == DAYS ? values[next] : -1;
        values[next] = (float) Math.min(peak, HIGHEST);
        next = (next + 1) % DAYS;
        count = Math.min(count + 1, DAYS);
        return forgotten;
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(count);
        for (int i = 0; i < count; i++) {
            out.writeFloat(values[(next - count + i + DAYS) % DAYS]);
        }
    }

    void read(DataInput in) throws IOException {
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            add(in.readFloat());
        }
    }

    int count() {
        return count;
    }

    double get(int i) {
        return values[i];
    }

    /// On how many of the days the surprise was at least this high.
    int countFrom(double surprise) {
        int days = 0;
        for (int i = 0; i < count; i++) {
            if (values[i] >= Math.min(surprise, HIGHEST)) {
                days++;
            }
        }
        return days;
    }

    /// The 90th percentile, linear between neighbours; 0 where there is none.
    double q90() {
        if (count == 0) {
            return 0;
        }
        float[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        double position = 0.9 * (count - 1);
        int below = (int) position;
        int above = Math.min(below + 1, count - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
