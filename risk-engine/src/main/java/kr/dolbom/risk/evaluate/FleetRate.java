package kr.dolbom.risk.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds from the signs of all homes together the times in which the platform could hear nobody.
///
/// In a window of three minutes a home is *heard* where it shows at least one sign. What is expected of
/// a window is the mean number of homes heard in windows of that hour of the day before, forgetting 0.9
/// a day. Homes are independent of each other but for what they share, so that the number heard in the
/// last six windows together is about Poisson, with the sum λ of what is expected of them:
///
/// ```
/// nobody heard for 18 min, and P(N = 0) = e^−λ < 0.0005      → an outage, since the last sign
/// ```
///
/// That nobody at all is heard keeps slow hours and lost sensors out. It ends with the first window in
/// which a quarter of what is expected is heard. A pure function of the signs put in. Not safe for use
/// by several threads.
final class FleetRate {
    static final int WINDOW = 180;

    private static final int WINDOWS = 6;
    private static final double RARE = 5e-4;
    private static final double FORGET = 0.9;
    private static final int HOUR = 3600;
    private static final int DAY = 86_400;

    private final double[] heardSum = new double[24];
    private final double[] heardWeight = new double[24];
    private final int[] latest = new int[WINDOWS];
    private final double[] expected = new double[WINDOWS];
    private final List<Outages.Span> outages = new ArrayList<>();
    private long window = Long.MIN_VALUE;
    private int heard;
    private long lastSign = Long.MIN_VALUE;
    private long outageFrom = Long.MIN_VALUE;
    private long detectedAt;

    /// The end of a window has come.
    private void close() {
        int hour = (int) Math.floorMod(Math.floorDiv(window * WINDOW, (long) HOUR), 24L);
        int slot = (int) Math.floorMod(window, (long) WINDOWS);
        double usual = heardWeight[hour] < 1 ? 0 : heardSum[hour] / heardWeight[hour];
        latest[slot] = heard;
        expected[slot] = usual;
        double lambda = 0;
        int seen = 0;
        for (int i = 0; i < WINDOWS; i++) {
            lambda += expected[i];
            seen += latest[i];
        }
        if (outageFrom == Long.MIN_VALUE && seen == 0 && Math.exp(-lambda) < RARE) {
            outageFrom = lastSign;
            detectedAt = (window + 1) * WINDOW;
        }
        if (outageFrom == Long.MIN_VALUE) {
            heardSum[hour] += heard;
            heardWeight[hour]++;
            if (Math.floorMod((window + 1) * WINDOW, (long) DAY) == 0) {
                for (int h = 0; h < 24; h++) {
                    heardSum[h] *= FORGET;
                    heardWeight[h] *= FORGET;
                }
            }
        } else if (heard > 0 && heard >= usual / 4) {
            outages.add(new Outages.Span(outageFrom, detectedAt, window * WINDOW));
            outageFrom = Long.MIN_VALUE;
            Arrays.fill(latest, heard);
            Arrays.fill(expected, 0);
        }
        heard = 0;
        window++;
    }

    /// Signs of a window: so many different homes were heard in it. Windows come in order; those without
    /// any sign need not be told.
    ///
    /// @param at of the last sign in the window
    void heard(long at, int homes) {
        long now = Math.floorDiv(at, (long) WINDOW);
        if (window == Long.MIN_VALUE) {
            window = now;
        }
        while (window < now) {
            close();
        }
        heard += homes;
        // what a lone stray says within an outage does not move its beginning
        lastSign = at;
    }

    /// The outages so far; one that has not ended is not among them.
    Outages outages() {
        return new Outages(outages);
    }

    /// The outages of these homes.
    static Outages find(List<RecordedHome> homes) {
        long from = homes.stream().mapToLong(RecordedHome::first).min().orElse(0);
        long to = homes.stream().mapToLong(RecordedHome::last).max().orElse(0);
        int[] next = new int[homes.size()];
        var rate = new FleetRate();
        for (long window = Math.floorDiv(from, (long) WINDOW); window * WINDOW <= to; window++) {
            long end = (window + 1) * WINDOW;
            int heard = 0;
            long last = Long.MIN_VALUE;
            for (int i = 0; i < next.length; i++) {
                RecordedHome home = homes.get(i);
                int before = next[i];
                while (next[i] < home.size() && home.at()[next[i]] < end) {
                    last = Math.max(last, home.at()[next[i]++]);
                }
                heard += next[i] > before ? 1 : 0;
            }
            if (heard > 0) {
                rate.heard(last, heard);
            }
        }
        return rate.outages();
    }
}
