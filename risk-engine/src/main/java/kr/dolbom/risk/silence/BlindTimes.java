package kr.dolbom.risk.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// Times in which the resident could not be seen, in order, as seconds since the epoch; from inclusive, to
/// exclusive. Whether the resident moved in them is not known, so they count neither
/// as silence nor as experience.
final class BlindTimes {
    private static final int MOST = 64;
    private static final long[] NONE = {};

    private long[] from = NONE;
    private long[] to = NONE;
    private int count;

    /// Adds a time after all that are known.
    void add(long begin, long end) {
        if (begin >= end) {
            return;
        }
        if (count == MOST) {
            // A device that comes and goes for weeks: the oldest are told apart no longer.
            to[0] = to[1];
            remove(1);
        }
        insert(count, begin, end);
    }

    /// Adds a time wherever it lies; it may overlap with others.
    void cover(long begin, long end) {
        if (begin >= end) {
            return;
        }
        long first = begin;
        long last = end;
        int at = 0;
        while (at < count && to[at] < first) {
            at++;
        }
        while (at < count && from[at] <= last) {
            first = Math.min(first, from[at]);
            last = Math.max(last, to[at]);
            remove(at);
        }
        if (count == MOST) {
            to[0] = to[1];
            remove(1);
            at = Math.max(0, at - 1);
        }
        insert(at, first, last);
    }

    /// These times and others.
    BlindTimes and(BlindTimes others) {
        BlindTimes both = copy();
        both.coverAll(others);
        return both;
    }

    void coverAll(BlindTimes others) {
        for (int i = 0; i < others.count; i++) {
            cover(others.from[i], others.to[i]);
        }
    }

    /// Takes out a time that is proven after all.
    void prove(long begin, long end) {
        for (int i = count - 1; i >= 0 && to[i] > begin; i--) {
            if (from[i] >= end || begin >= end) {
                continue;
            }
            boolean leavesFirst = from[i] < begin;
            boolean leavesLast = end < to[i];
            if (leavesFirst && leavesLast && count < MOST) {
                insert(i + 1, end, to[i]);
                to[i] = begin;
            } else if (leavesLast) {
                from[i] = end;
            } else if (leavesFirst) {
                to[i] = begin;
            } else {
                remove(i);
            }
        }
    }

    void forgetBefore(long second) {
        while (count > 0 && to[0] <= second) {
            remove(0);
        }
    }

    int count() {
        return count;
    }

    long from(int i) {
        return from[i];
    }

    long to(int i) {
        return to[i];
    }

    /// A copy that may grow by itself.
    BlindTimes copy() {
        var copy = new BlindTimes();
        copy.from = Arrays.copyOf(from, count + 1);
        copy.to = Arrays.copyOf(to, count + 1);
        copy.count = count;
        return copy;
    }

    private void insert(int at, long begin, long end) {
        if (count == from.length) {
            from = Arrays.copyOf(from, Math.max(4, 2 * count));
            to = Arrays.copyOf(to, Math.max(4, 2 * count));
        }
        System.arraycopy(from, at, from, at + 1, count - at);
        System.arraycopy(to, at, to, at + 1, count - at);
        from[at] = begin;
        to[at] = end;
        count++;
    }

    private void remove(int at) {
        count--;
        System.arraycopy(from, at + 1, from, at, count - at);
        System.arraycopy(to, at + 1, to, at, count - at);
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(count);
        for (int i = 0; i < count; i++) {
            out.writeLong(from[i]);
            out.writeLong(to[i]);
        }
    }

    void read(DataInput in) throws IOException {
        count = 0;
        int spans = in.readUnsignedByte();
        for (int i = 0; i < spans; i++) {
            insert(i, in.readLong(), in.readLong());
        }
    }
}
