package kr.dolbom.risk.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Which of the last 144 bins, a day, were active: one bit each, the latest in the lowest.
final class ActiveBins {
    private long latest = Long.MIN_VALUE;
    private long low;
    private long middle;
    private long high;

    /// Marks a bin that is not earlier than the latest.
    ///
    /// @return whether it was not yet marked
    boolean mark(long bin) {
        if (bin == latest) {
            return false;
        }
        long shift = latest == Long.MIN_VALUE ? Bins.PER_DAY : bin - latest;
        latest = bin;
        if (shift >= Bins.PER_DAY) {
            low = 0;
            middle = 0;
            high = 0;
        } else {
            for (; shift >= Long.SIZE; shift -= Long.SIZE) {
                high = middle;
                middle = low;
                low = 0;
            }
            if (shift > 0) {
                high = (high << shift) | (middle >>> (Long.SIZE - shift));
                middle = (middle << shift) | (low >>> (Long.SIZE - shift));
                low <<= shift;
            }
            high &= (1L << (Bins.PER_DAY - 2 * Long.SIZE)) - 1;
        }
        low |= 1;
        return true;
    }

    /// How many bins were active in the day that ends with the latest.
    int inDay() {
        return Long.bitCount(low) + Long.bitCount(middle) + Long.bitCount(high);
    }

    /// How many of the last so many bins were active, at most 63.
    int in(int bins) {
        return Long.bitCount(low & ((1L << bins) - 1));
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(latest);
        out.writeLong(low);
        out.writeLong(middle);
        out.writeLong(high);
    }

    void read(DataInput in) throws IOException {
        latest = in.readLong();
        low = in.readLong();
        middle = in.readLong();
        high = in.readLong();
    }
}
