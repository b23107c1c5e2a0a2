package kr.dolbom.risk.watch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.risk.feed.TelemetryRow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holes in the counts of one home's devices. Between the messages around a hole something was said that we did not
/// hear, so that time is blind, until what is missing comes late after all.
///
/// A message that comes late splits its hole: on the side where nothing is missing any more the time is seen. A birth
/// with a number that was there already begins anew; what was missing then never comes. Of a device that skips numbers
/// with more than every other message the count is not believed.
final class Holes {
    private static final Logger LOG = LoggerFactory.getLogger(Holes.class);
    private static final int MOST = 16;
    private static final float KEPT = 0.95f;
    private static final float MOST_JUMPS = 0.5f;

    private @Nullable Count first; // most homes have one device
    private final List<Count> others = new ArrayList<>(0);
    private final List<Hole> holes = new ArrayList<>(0);

    /// How far a device has counted.
    private static final class Count {
        private final int deviceNo;
        private long highest;
        private long at;
        private float jumps;

        private Count(int deviceNo, long highest, long at) {
            this.deviceNo = deviceNo;
            this.highest = highest;
            this.at = at;
        }
    }

    /// Missing numbers, both inclusive, and the time between the messages around them.
    private record Hole(int deviceNo, long first, long last, long from, long to) {
        private boolean isFilled() {
            return first > last;
        }
    }

    /// Takes what became known of a time.
    interface Times {
        /// In it something was said that we did not hear.
        void missed(Instant from, Instant to);

        /// In it nothing is missing any more.
        void complete(Instant from, Instant to);
    }

    /// Counts a message.
    ///
    /// @param at when it was observed
    void count(TelemetryRow row, Instant at, Times times) {
        long second = at.getEpochSecond();
        Count count = find(row.deviceNo());
        if (count == null) {
            add(new Count(row.deviceNo(), row.seq(), second));
            return;
        }
        if (row.seq() > count.highest) {
            countOn(count, row.seq(), second, times);
        } else if (row.seq() == count.highest) {
            count.at = Math.max(count.at, second);
        } else {
            if (row.data() instanceof Status status && status.state() == Status.State.BIRTH && !isMissing(row)) {
                holes.removeIf(hole -> hole.deviceNo() == row.deviceNo());
                count.highest = row.seq();
                count.at = second;
            } else if (!holes.isEmpty()) {
                fill(row, second, times);
            }
        }
    }

    private @Nullable Count find(int deviceNo) {
        if (first != null && first.deviceNo == deviceNo) {
            return first;
        }
        for (Count other : others) {
            if (other.deviceNo == deviceNo) {
                return other;
            }
        }
        return null;
    }

    private void add(Count count) {
        if (first == null) {
            first = count;
        } else {
            others.add(count);
        }
    }

    private void countOn(Count count, long seq, long second, Times times) {
        boolean isJump = seq > count.highest + 1;
        boolean wasBelieved = count.jumps <= MOST_JUMPS;
        count.jumps = KEPT * count.jumps + (isJump ? 1 - KEPT : 0);
        boolean isBelieved = count.jumps <= MOST_JUMPS;
        if (wasBelieved && !isBelieved) {
            LOG.warn(
                    "A device skips numbers with more than every other message, its count is not believed deviceNo={} seq={}",
                    count.deviceNo,
                    seq);
        }
        if (isJump && isBelieved && second > count.at) {
            if (holes.size() == MOST) {
                holes.removeFirst();
            }
            holes.add(new Hole(count.deviceNo, count.highest + 1, seq - 1, count.at, second));
            times.missed(Instant.ofEpochSecond(count.at), Instant.ofEpochSecond(second));
        }
        count.highest = seq;
        count.at = second;
    }

    private boolean isMissing(TelemetryRow row) {
        return holes.stream()
                .anyMatch(hole ->
                        hole.deviceNo() == row.deviceNo() && hole.first() <= row.seq() && row.seq() <= hole.last());
    }

    private void fill(TelemetryRow row, long second, Times times) {
        List<Hole> parts = new ArrayList<>(2);
        for (Iterator<Hole> each = holes.iterator(); each.hasNext(); ) {
            Hole hole = each.next();
            if (hole.deviceNo() == row.deviceNo() && hole.first() <= row.seq() && row.seq() <= hole.last()) {
                each.remove();
                long at = Math.clamp(second, hole.from(), hole.to());
                parts.add(new Hole(hole.deviceNo(), hole.first(), row.seq() - 1, hole.from(), at));
                parts.add(new Hole(hole.deviceNo(), row.seq() + 1, hole.last(), at, hole.to()));
                break;
            }
        }
        for (Hole part : parts) {
            Instant from = Instant.ofEpochSecond(part.from());
            Instant to = Instant.ofEpochSecond(part.to());
            if (part.isFilled()) {
                times.complete(from, to);
            } else {
                holes.add(part);
            }
        }
        // Also where a proof of life has covered it meanwhile.
        for (Hole hole : holes) {
            times.missed(Instant.ofEpochSecond(hole.from()), Instant.ofEpochSecond(hole.to()));
        }
    }

    int glance() {
        return first == null ? 0 : first.deviceNo;
    }

    void write(DataOutput out) throws IOException {
        List<Count> counts = new ArrayList<>(others);
        if (first != null) {
            counts.addFirst(first);
        }
        out.writeByte(counts.size());
        for (Count count : counts) {
            out.writeInt(count.deviceNo);
            out.writeLong(count.highest);
            out.writeLong(count.at);
            out.writeFloat(count.jumps);
        }
        out.writeByte(holes.size());
        for (Hole hole : holes) {
            out.writeInt(hole.deviceNo());
            out.writeLong(hole.first());
            out.writeLong(hole.last());
            out.writeLong(hole.from());
            out.writeLong(hole.to());
        }
    }

    void read(DataInput in) throws IOException {
        int devices = in.readUnsignedByte();
        for (int i = 0; i < devices; i++) {
            var count = new Count(in.readInt(), in.readLong(), in.readLong());
            count.jumps = in.readFloat();
            add(count);
        }
        int open = in.readUnsignedByte();
        for (int i = 0; i < open; i++) {
            holes.add(new Hole(in.readInt(), in.readLong(), in.readLong(), in.readLong(), in.readLong()));
        }
    }
}
