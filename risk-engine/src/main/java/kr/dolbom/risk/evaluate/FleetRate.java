package kr.dolbom.risk.evaluate;

import java.util.ArrayList;
import java.util.List;

/// Finds from the signs of all homes together the times in which the platform could hear nobody.
///
/// In windows of five minutes, a home is *heard* where it shows at least one sign. The rate expected of the hour is the
/// mean number of homes heard in a window at that hour over the days before, forgetting 0.9 a day, times the share of
/// homes that were heard at all in the last six hours before. Homes are independent of each other but for what they
/// share, so that the number heard in the last n windows together is about Poisson with the sum λ of what is expected:
///
/// ```
/// P(N ≤ seen) < 10⁻⁶ with λ over the last 20 minutes      → an outage, since the last sign
/// ```
///
/// It ends with the first window in which at least half of what is expected is heard. A pure function of the signs put
/// in. Not safe for use by several threads.
final class FleetRate {
    static final int WINDOW = 300;

    private static final int WINDOWS = 4;
    private static final double RARE = 1e-6;
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
    private long firstWindow;
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
        if (outageFrom == Long.MIN_VALUE && poissonAtMost(seen, lambda) < RARE) {
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
        } else if (heard > 0 && heard >= usual / 2) {
            outages.add(new Outages.Span(outageFrom, detectedAt, window * WINDOW));
            outageFrom = Long.MIN_VALUE;
            java.util.Arrays.fill(latest, heard);
            java.util.Arrays.fill(expected, 0);
        }
        heard = 0;
        window++;
    }

    /// Signs of a window: so many different homes were heard in it. Windows come in order; those without any sign need
    /// not be told.
    ///
    /// @param at of the last sign in the window
    void heard(long at, int homes) {
        long now = Math.floorDiv(at, (long) WINDOW);
        if (window == Long.MIN_VALUE) {
            window = now;
            firstWindow = now;
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

    /// Windows since the first sign.
    long windows() {
        return window == Long.MIN_VALUE ? 0 : window - firstWindow;
    }

    /// P(N ≤ n) of a Poisson distribution.
    static double poissonAtMost(int n, double lambda) {
        double term = Math.exp(-lambda);
        double sum = term;
        for (int i = 1; i <= n; i++) {
            term *= lambda / i;
            sum += term;
        }
        return sum;
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
