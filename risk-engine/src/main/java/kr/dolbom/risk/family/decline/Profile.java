package kr.dolbom.risk.family.decline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import kr.dolbom.risk.family.measure.Day;

/// When in the day a resident is usually active, by spans of two hours, and so how much of a usual day was watched: a
/// blind hour at breakfast costs more than one by night.
///
/// ```
/// a(j)  mean active bins in span j, which forgets 1/45 a day; the population's weigh two
/// e   = Σ a(j)·w(j) / 12 / Σ a(j)                 w(j) bins of span j that were watched and at home
/// ```
///
/// Five hours or more between 07 and 22 without any sign are taken as absence.
final class Profile {
    private static final int SPANS = 12;
    private static final int BINS_A_SPAN = Day.BINS / SPANS;
    private static final int TEN_IN_THE_EVENING = 60;
    private static final int SEVEN = 114;
    private static final int ABSENCE = 5 * 6;

    /// Of a usual resident, from noon on.
    private static final float[] USUAL = {7, 7, 7, 7, 6, 3, 1, 1, 1, 3, 6, 7};

    private static final float USUAL_DAYS = 2;
    private static final float MOST_DAYS = 45;

    private final float[] active = USUAL.clone();
    private float days = USUAL_DAYS;

    /// The share of a usual day's activity for which this day was watched and spent at home, 0 to 1.
    double shareAtHome(Day day) {
        double all = 0;
        double seen = 0;
        double still = 0;
        int stillBins = 0;
        double weight = 0;
        for (int bin = 0; bin < Day.BINS; bin++) {
            if (bin % BINS_A_SPAN == 0) {
                weight = active[bin / BINS_A_SPAN] / BINS_A_SPAN;
            }
            all += weight;
            boolean isActive = day.isActive(bin);
            boolean isByNight = bin >= TEN_IN_THE_EVENING && bin < SEVEN;
            if (isActive || isByNight) {
                seen += stillBins < ABSENCE ? still : 0;
                seen += day.isBlind(bin) ? 0 : weight;
                still = 0;
                stillBins = 0;
            } else if (!day.isBlind(bin)) {
                still += weight;
                stillBins++;
            }
        }
        return (seen + (stillBins < ABSENCE ? still : 0)) / all;
    }

    /// Learns from a day; of a span that was mostly blind nothing is learnt.
    void learn(Day day) {
        days = Math.min(MOST_DAYS, days + 1);
        for (int span = 0; span < SPANS; span++) {
            int from = span * BINS_A_SPAN;
            int to = from + BINS_A_SPAN;
            int watched = day.countWatched(from, to);
            if (2 * watched >= BINS_A_SPAN) {
                float bins = (float) day.countActive(from, to) * BINS_A_SPAN / watched;
                active[span] += (bins - active[span]) / days;
            }
        }
    }

    void relearn() {
        System.arraycopy(USUAL, 0, active, 0, SPANS);
        days = USUAL_DAYS;
    }

    void write(DataOutput out) throws IOException {
        out.writeFloat(days);
        for (float one : active) {
            out.writeFloat(one);
        }
    }

    void read(DataInput in) throws IOException {
        days = in.readFloat();
        for (int span = 0; span < SPANS; span++) {
            active[span] = in.readFloat();
        }
    }
}
