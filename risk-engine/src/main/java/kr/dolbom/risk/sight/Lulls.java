package kr.dolbom.risk.sight;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// What a group's own usual lulls look like: times in which at most a third of the expected homes were
/// heard, and which were over by themselves.
///
/// Devices that send by the same clock fall silent together between two of its strokes. Then homes are
/// not independent of each other, and what would be rare by chance happens every ten minutes: the chance
/// that [GroupPulse] works out says nothing. So of each window's lulls the two greatest are remembered,
/// by that −ln of a chance, and an outage must be more than twice as great as the second. One that happened
/// once alone, as an outage does, does not count; they fade by 5 % a day.
///
/// A lull begins when less than a third is heard, ends when seven in ten are, and is none that lasts
/// longer than the longest window: no device's clock is that slow. Homes that are independent have lulls
/// too small to matter (see `docs/explanation/visibility.md`).
final class Lulls {
    private static final double MARGIN = 2;
    private static final float KEPT_PER_DAY = 0.95F;
    private static final int LONGEST_MINUTES = Hearing.WINDOWS[Hearing.WINDOWS.length - 1];
    private static final long MINUTES_OF_A_DAY = 1440;

    private final float[] greatest = new float[Hearing.WINDOWS.length];
    private final float[] second = new float[Hearing.WINDOWS.length];
    private long day = Long.MIN_VALUE;
    // those that last
    private final float[] open = new float[Hearing.WINDOWS.length];
    private final long[] openSince = new long[Hearing.WINDOWS.length];

    /// Less than a third is heard.
    void shortOf(int w, long minute, double exponent) {
        if (open[w] == 0) {
            openSince[w] = minute;
        }
        open[w] = Math.max(open[w], (float) exponent);
    }

    /// Homes are heard well again.
    void over(int w, long minute) {
        if (open[w] == 0) {
            return;
        }
        if (minute - openSince[w] <= LONGEST_MINUTES) {
            second[w] = Math.max(second[w], Math.min(greatest[w], open[w]));
            greatest[w] = Math.max(greatest[w], open[w]);
        }
        open[w] = 0;
    }

    /// The same for all windows.
    void allOver(long minute) {
        for (int w = 0; w < open.length; w++) {
            over(w, minute);
        }
    }

    /// Whether that is clearly more than what is over by itself.
    boolean isBeyond(int w, double exponent) {
        return exponent > MARGIN * second[w];
    }

    /// Forgets a little each day.
    void turnTo(long minute) {
        long today = Math.floorDiv(minute, MINUTES_OF_A_DAY);
        if (today <= day) {
            return;
        }
        if (day != Long.MIN_VALUE) {
            float kept = (float) Math.pow(KEPT_PER_DAY, (double) today - day);
            for (int w = 0; w < second.length; w++) {
                greatest[w] *= kept;
                second[w] *= kept;
            }
        }
        day = today;
    }

    /// Writes what is remembered, 64 bytes. A lull that lasts is not kept.
    void write(DataOutput out) throws IOException {
        out.writeLong(day);
        for (int w = 0; w < second.length; w++) {
            out.writeFloat(greatest[w]);
            out.writeFloat(second[w]);
        }
    }

    /// What [#write] put down.
    ///
    /// @throws IOException where it is cut short
    static Lulls read(DataInput in) throws IOException {
        var lulls = new Lulls();
        lulls.day = in.readLong();
        for (int w = 0; w < lulls.second.length; w++) {
            lulls.greatest[w] = in.readFloat();
            lulls.second[w] = in.readFloat();
        }
        return lulls;
    }
}
