package kr.dolbom.risk.sight;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// One home in the [FleetPulse], with its own recent rate: the share of bins of ten minutes in which it
/// is heard, for each four hours of the day, as a moving average over days.
final class PulseHome {
    /// The class of a home that is not known for a whole day.
    static final int UNKNOWN = -1;

    private static final double WEIGHT_OF_A_DAY = 0.15;
    private static final long DAY_SECONDS = 86_400;
    private static final long BIN_SECONDS = 600;
    private static final long BLOCK_SECONDS = 4 * 3600;
    private static final int BLOCKS = 6;
    private static final float BINS_PER_BLOCK = 24;

    final int number;
    final int slot;
    List<GroupPulse> groups;
    long last = Long.MIN_VALUE;
    int bucket;
    int homeClass = UNKNOWN;
    private final float[] shares = new float[BLOCKS];
    private long bins; // a byte for each block
    private boolean isKnown;
    private long bin = Long.MIN_VALUE;
    private long day = Long.MIN_VALUE;
    private boolean isDayWhole;

    /// @param slot its place among all homes, from 0
    PulseHome(int number, int slot, List<GroupPulse> groups) {
        this.number = number;
        this.slot = slot;
        this.groups = groups;
    }

    /// The four hours in which a moment lies, counted from the epoch.
    static long blockOf(long epochSecond) {
        return Math.floorDiv(epochSecond, BLOCK_SECONDS);
    }

    /// The class of the home at that time of the day.
    int classAt(long epochSecond) {
        return isKnown ? Hearing.classOf(shares[Math.floorMod(blockOf(epochSecond), BLOCKS)]) : UNKNOWN;
    }

    /// Counts a sign. A day without any is not counted, nor is the first.
    ///
    /// @param isSpoilt whether the home could not have been heard for a part of the time before
    void count(long at, boolean isSpoilt) {
        long today = Math.floorDiv(at, DAY_SECONDS);
        if (today != day) {
            if (isDayWhole) {
                learnDay();
            }
            isDayWhole = day != Long.MIN_VALUE;
            bins = 0;
            day = today;
        }
        if (isSpoilt) {
            isDayWhole = false;
        }
        long now = Math.floorDiv(at, BIN_SECONDS);
        if (now != bin) {
            bin = now;
            bins += 1L << (Math.floorMod(blockOf(at), BLOCKS) * Byte.SIZE);
        }
    }

    private void learnDay() {
        for (int i = 0; i < BLOCKS; i++) {
            float share = binsIn(i) / BINS_PER_BLOCK;
            shares[i] += (float) ((isKnown ? WEIGHT_OF_A_DAY : 1) * (share - shares[i]));
        }
        isKnown = true;
    }

    /// At most 24.
    private byte binsIn(int block) {
        return (byte) (bins >>> (block * Byte.SIZE));
    }

    /// Writes what was learnt; groups, bucket and class follow from elsewhere.
    void write(DataOutput out) throws IOException {
        out.writeLong(last);
        out.writeLong(bin);
        out.writeLong(day);
        out.writeBoolean(isKnown);
        out.writeBoolean(isDayWhole);
        for (int i = 0; i < BLOCKS; i++) {
            out.writeByte(binsIn(i));
        }
        for (float share : shares) {
            out.writeFloat(share);
        }
    }

    /// Takes up what [#write] put down.
    ///
    /// @throws IOException where it is cut short
    void read(DataInput in) throws IOException {
        byte[] state = new byte[3 * Long.BYTES + 2 + BLOCKS + BLOCKS * Float.BYTES];
        in.readFully(state); // first all of it, so that nothing has changed where it is cut short
        var whole = ByteBuffer.wrap(state);
        last = whole.getLong();
        bin = whole.getLong();
        day = whole.getLong();
        isKnown = whole.get() != 0;
        isDayWhole = whole.get() != 0;
        bins = 0;
        for (int i = 0; i < BLOCKS; i++) {
            bins |= (whole.get() & 0xFFL) << (i * Byte.SIZE);
        }
        for (int i = 0; i < BLOCKS; i++) {
            shares[i] = whole.getFloat();
        }
        homeClass = last == Long.MIN_VALUE ? UNKNOWN : classAt(last);
    }
}
