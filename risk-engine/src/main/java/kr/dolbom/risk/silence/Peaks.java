package kr.dolbom.risk.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// The highest surprise of each of a resident's last 45 days with any sign, each counted as at most 15:
/// a past absence must not teach that absence is usual. Kept in hundredths.
final class Peaks {
    static final int DAYS = 45;
    static final double HIGHEST = 15;

    private static final int STEPS = 100;

    private final short[] values = new short[DAYS];
    private byte next;
    private byte count;

    /// Adds a day's peak.
    ///
    /// @return the peak that is forgotten for it, or −1 while there are fewer than 45
    double add(double peak) {
        double forgotten = count == DAYS ? get(next) : -1;
        values[next] = (short) Math.round(Math.min(peak, HIGHEST) * STEPS);
        next = (byte) ((next + 1) % DAYS);
        count = (byte) Math.min(count + 1, DAYS);
        return forgotten;
    }

    int count() {
        return count;
    }

    double get(int i) {
        return values[i] / (double) STEPS;
    }

    /// On how many of the days the surprise was at least this high.
    int countFrom(double surprise) {
        int days = 0;
        for (int i = 0; i < count; i++) {
            if (get(i) >= Math.min(surprise, HIGHEST)) {
                days++;
            }
        }
        return days;
    }

    /// A quantile, linear between neighbours; 0 where there is none.
    double quantile(double share) {
        if (count == 0) {
            return 0;
        }
        short[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        double position = share * (count - 1);
        int below = (int) position;
        int above = Math.min(below + 1, count - 1);
        return (sorted[below] + (position - below) * (sorted[above] - sorted[below])) / STEPS;
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(count);
        out.writeByte(next);
        for (int i = 0; i < count; i++) {
            out.writeShort(values[i]);
        }
    }

    void read(DataInput in) throws IOException {
        count = in.readByte();
        next = in.readByte();
        for (int i = 0; i < count; i++) {
            values[i] = in.readShort();
        }
    }
}
