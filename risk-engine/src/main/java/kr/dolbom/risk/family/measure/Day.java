package kr.dolbom.risk.family.measure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// One day of a home, from noon to noon so that a night is whole: 144 bins of ten minutes, each active or not, blind or
/// not, and how often the resident was noticed. 52 bytes. Times are local, see
/// [kr.dolbom.risk.family.fact.Detector].
public final class Day {
    /// How many bins a day has.
    public static final int BINS = 144;

    /// How long a bin is.
    public static final int BIN_SECONDS = 600;

    private static final int SECONDS = BINS * BIN_SECONDS;
    private static final int NOON = SECONDS / 2;
    private static final int BITS = Long.SIZE;
    private static final int SPAN = 12;

    /// A window in which something was noticed a thousand times tells no more than one with a hundred.
    private static final int MOST_AT_ONCE = 100;

    private final long[] active = new long[3];
    private final long[] blind = new long[3];
    private int number;
    private int signs;
    private int activeSpans; // a bit for each two hours

    /// Day 0.
    public Day() {}

    /// The number of the day in which a time lies: days since 1970, of the noon with which it begins.
    public static int numberOf(long local) {
        return Math.toIntExact(Math.floorDiv(local - NOON, (long) SECONDS));
    }

    /// When the day of this number begins.
    public static long startOf(int number) {
        return (long) number * SECONDS + NOON;
    }

    /// Empties it for the day of this number.
    public void begin(int newNumber) {
        number = newNumber;
        signs = 0;
        activeSpans = 0;
        active[0] = active[1] = active[2] = 0;
        blind[0] = blind[1] = blind[2] = 0;
    }

    /// Which day it is.
    public int number() {
        return number;
    }

    /// The resident was noticed.
    ///
    /// @param local within this day
    /// @param count how often
    public void seen(long local, int count) {
        int bin = (int) (local - startOf(number)) / BIN_SECONDS;
        active[bin / BITS] |= 1L << (bin % BITS);
        activeSpans |= 1 << (bin / SPAN);
        signs += Math.min(count, MOST_AT_ONCE);
    }

    /// Nothing could be seen; the part that lies in this day counts. A bin is blind where half of it is.
    public void blind(long from, long to) {
        long start = startOf(number);
        long first = Math.max(0, Math.floorDiv(from - start + BIN_SECONDS / 2, (long) BIN_SECONDS));
        long end = Math.min(BINS, Math.floorDiv(to - start + BIN_SECONDS / 2, (long) BIN_SECONDS));
        for (int word = 0; word < blind.length; word++) {
            blind[word] |= mask(word, (int) Math.min(first, BINS), (int) Math.max(0, end));
        }
    }

    /// How often the resident was noticed.
    public int signs() {
        return signs;
    }

    /// Whether the resident was noticed in a bin.
    public boolean isActive(int bin) {
        return (active[bin / BITS] >>> (bin % BITS) & 1) != 0;
    }

    /// Whether nothing could be seen in a bin and nothing was.
    public boolean isBlind(int bin) {
        return (blind[bin / BITS] >>> (bin % BITS) & 1) != 0 && !isActive(bin);
    }

    /// In how many bins of these the resident was noticed.
    ///
    /// @param from inclusive
    /// @param to exclusive
    public int countActive(int from, int to) {
        int count = 0;
        for (int word = 0; word < active.length; word++) {
            count += Long.bitCount(active[word] & mask(word, from, to));
        }
        return count;
    }

    /// In how many bins of these the resident could have been noticed.
    ///
    /// @param from inclusive
    /// @param to exclusive
    public int countWatched(int from, int to) {
        int count = 0;
        for (int word = 0; word < active.length; word++) {
            count += Long.bitCount((active[word] | ~blind[word]) & mask(word, from, to));
        }
        return count;
    }

    /// The bits of a word that stand for bins from one, inclusive, to another, exclusive.
    private static long mask(int word, int from, int to) {
        int first = Math.max(0, from - word * BITS);
        int end = Math.min(BITS, to - word * BITS);
        return first >= end ? 0 : -1L >>> (BITS - end + first) << first;
    }

    /// Whether the resident was at home for so much of the day that it tells of habits: noticed in at least six of the
    /// twelve spans of two hours. A day with fewer was spent away, or blind, or in bed.
    public boolean isAtHome() {
        return Integer.bitCount(activeSpans) >= 6;
    }

    /// Writes the state.
    public void write(DataOutput out) throws IOException {
        out.writeInt(number);
        out.writeInt(signs);
        for (int i = 0; i < active.length; i++) {
            out.writeLong(active[i]);
            out.writeLong(blind[i]);
        }
    }

    /// Reads the state.
    public void read(DataInput in) throws IOException {
        number = in.readInt();
        signs = in.readInt();
        for (int i = 0; i < active.length; i++) {
            active[i] = in.readLong();
            blind[i] = in.readLong();
        }
        activeSpans = 0;
        for (int bin = 0; bin < BINS; bin++) {
            activeSpans |= isActive(bin) ? 1 << (bin / SPAN) : 0;
        }
    }
}
