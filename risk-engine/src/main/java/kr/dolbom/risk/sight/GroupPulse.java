package kr.dolbom.risk.sight;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One group in the [FleetPulse]: how many of its homes of each class were heard how long ago, now and
/// at each of the last 80 minutes.
final class GroupPulse {
    /// Of fewer homes nothing is claimed: they can be silent together by chance, or by one hand.
    static final int FEWEST_HOMES = 8;

    private static final int CELLS = Hearing.CLASSES * Hearing.BUCKETS;
    private static final int MINUTES = Hearing.WINDOWS[Hearing.WINDOWS.length - 1] + 1;
    private static final double MOST_HEARD_SHARE = 1 / 3.0;
    private static final double BACK_SHARE = 0.7;
    private static final int FEWEST_BACK = 3;
    private static final int DISPERSION_WINDOW = 2;
    private static final double DISPERSION_WEIGHT = 1 / 2000.0;
    /// Twice the standard error of a mean over 2,000 windows.
    private static final double DISPERSION_ERROR = 0.05;

    private static final double DISPERSION_MOST = 9;
    private static final long DAY_SECONDS = 86_400;
    private static final int MOST_STOPS = 100;
    private static final double LEAST_VARIANCE = 0.25;

    final Group group;
    final List<PulseHome> homes = new ArrayList<>();
    private final int[] counts = new int[CELLS];
    private final long[] minutes = new long[MINUTES];
    private int @Nullable [] past;
    private long lastSign = Long.MIN_VALUE;
    private long returnedAt = Long.MIN_VALUE;
    private double dispersion = 1;
    private @Nullable Stop stop;
    private final List<long[]> stops = new ArrayList<>();

    /// A silence that lasts.
    private static final class Stop {
        private final long beganAt;
        private final List<PulseHome> alive;
        private final ArrayDeque<Long> back = new ArrayDeque<>();

        Stop(long beganAt, List<PulseHome> alive) {
            this.beganAt = beganAt;
            this.alive = alive;
        }
    }

    /// How much too little is heard.
    ///
    /// @param w which window
    /// @param expected homes
    /// @param heard homes
    /// @param exponent −ln of a bound of the probability that so few are heard by chance
    record Shortfall(int w, double expected, int heard, double exponent) {}

    GroupPulse(Group group) {
        this.group = group;
    }

    void add(PulseHome home, int amount) {
        if (home.homeClass != PulseHome.UNKNOWN) {
            counts[home.homeClass * Hearing.BUCKETS + home.bucket] += amount;
        }
    }

    /// Counts nobody any more.
    void clear() {
        Arrays.fill(counts, 0);
    }

    void sign(PulseHome home, long at) {
        lastSign = Math.max(lastSign, at);
        Stop open = stop;
        if (open != null && home.last <= open.beganAt) {
            open.back.add(at);
        }
    }

    void remember(long minute) {
        if (homes.size() < FEWEST_HOMES) {
            return;
        }
        if (past == null) {
            past = new int[MINUTES * CELLS];
            Arrays.fill(minutes, Long.MIN_VALUE);
        }
        int slot = Math.floorMod(minute, MINUTES);
        minutes[slot] = minute;
        System.arraycopy(counts, 0, past, slot * CELLS, CELLS);
    }

    private int slotOf(long minute) {
        int slot = Math.floorMod(minute, MINUTES);
        return past != null && minutes[slot] == minute ? slot : -1;
    }

    /// How many homes were heard within the window that ends now.
    int heardWithin(int w) {
        int n = 0;
        for (int c = 0; c < Hearing.CLASSES; c++) {
            for (int b = 0; b < Hearing.BUCKETS - 1 && Hearing.EDGES[b] <= Hearing.WINDOWS[w]; b++) {
                n += counts[c * Hearing.BUCKETS + b];
            }
        }
        return n;
    }

    /// The window in which most is missing; null where more than a third of what was expected is heard
    /// in each.
    @Nullable Shortfall findShortfall(long minute, Hearing hearing) {
        Shortfall worst = null;
        for (int w = 0; w < Hearing.WINDOWS.length; w++) {
            Shortfall shortfall = find(w, minute, hearing);
            if (shortfall != null && (worst == null || shortfall.exponent() > worst.exponent())) {
                worst = shortfall;
            }
        }
        return worst;
    }

    private @Nullable Shortfall find(int w, long minute, Hearing hearing) {
        Window window = window(w, minute, hearing);
        if (window == null || window.homes < FEWEST_HOMES) {
            return null;
        }
        int heard = heardWithin(w);
        if (heard > MOST_HEARD_SHARE * window.expected) {
            return null;
        }
        return new Shortfall(
                w, window.expected, heard, window.exponent(heard) / Math.max(1, dispersion - DISPERSION_ERROR));
    }

    /// What was expected of the window that ends now, when it began.
    private @Nullable Window window(int w, long minute, Hearing hearing) {
        long start = minute - Hearing.WINDOWS[w];
        int slot = start * 60 < returnedAt ? -1 : slotOf(start);
        int[] remembered = past;
        if (slot < 0 || remembered == null) {
            return null;
        }
        return new Window(remembered, slot * CELLS, w, Hearing.hourOf(start * 60), hearing);
    }

    private static final class Window {
        private final int[] cells = new int[CELLS];
        private final double[] p = new double[CELLS];
        private int size;
        private int homes;
        private double expected;
        private double variance;

        Window(int[] past, int from, int w, int hour, Hearing hearing) {
            for (int i = 0; i < CELLS; i++) {
                int count = past[from + i];
                int bucket = i % Hearing.BUCKETS;
                if (count > 0 && bucket != Hearing.GONE) {
                    double probability = hearing.probability(w, i / Hearing.BUCKETS, hour, bucket);
                    cells[size] = count;
                    p[size] = probability;
                    size++;
                    homes += count;
                    expected += count * probability;
                    variance += count * probability * (1 - probability);
                }
            }
        }

        /// Chernoff's bound for a sum of independent homes of unequal probability: −ln P(N ≤ n) is at
        /// least `max over u in (0, 1] of n·ln u − Σ ln(1 − p·(1 − u))`, and exactly that where n = 0
        /// and u → 0.
        double exponent(int n) {
            double low = 0;
            double high = 1;
            for (int i = 0; n > 0 && i < 40; i++) {
                double u = (low + high) / 2;
                if (tilted(u) < n) {
                    low = u;
                } else {
                    high = u;
                }
            }
            double u = n == 0 ? 0 : high;
            double sum = n == 0 ? 0 : n * Math.log(u);
            for (int i = 0; i < size; i++) {
                sum -= cells[i] * Math.log1p(-p[i] * (1 - u));
            }
            return sum;
        }

        private double tilted(double u) {
            double mean = 0;
            for (int i = 0; i < size; i++) {
                mean += cells[i] * p[i] * u / (1 - p[i] * (1 - u));
            }
            return mean;
        }
    }

    /// Learns how much more than by chance the count of homes varies. Called once for each window of 20
    /// minutes.
    void learnDispersion(long minute, Hearing hearing) {
        Window window = stop == null ? window(DISPERSION_WINDOW, minute, hearing) : null;
        if (window == null || window.homes < FEWEST_HOMES) {
            return;
        }
        double error = heardWithin(DISPERSION_WINDOW) - window.expected;
        double ratio = Math.min(DISPERSION_MOST, error * error / Math.max(LEAST_VARIANCE, window.variance));
        dispersion += DISPERSION_WEIGHT * (ratio - dispersion);
    }

    double dispersion() {
        return dispersion;
    }

    void setDispersion(double known) {
        dispersion = known;
    }

    boolean isStopped() {
        return stop != null;
    }

    /// Begins a silence, and says since when and which homes are missed.
    PulseChange.Stopped stop(Shortfall shortfall, long minute, Hearing hearing, List<Group> parts) {
        long beganAt =
                isQuietSince(lastSign, minute, hearing) ? lastSign : (minute - Hearing.WINDOWS[shortfall.w()]) * 60;
        List<Integer> missed = new ArrayList<>();
        for (PulseHome home : homes) {
            if (home.last <= beganAt && home.last > beganAt - DAY_SECONDS) {
                missed.add(home.number);
            }
        }
        stop = new Stop(beganAt, listAlive(beganAt));
        return new PulseChange.Stopped(
                group, beganAt, minute * 60, missed, shortfall.expected(), shortfall.heard(), parts);
    }

    /// Whether signs of several homes would have been expected since the last.
    private boolean isQuietSince(long at, long minute, Hearing hearing) {
        for (int w = 0; w < Hearing.WINDOWS.length && at <= (minute - Hearing.WINDOWS[w]) * 60; w++) {
            Window window = window(w, minute, hearing);
            if (window != null && window.expected >= FEWEST_BACK) {
                return true;
            }
        }
        return false;
    }

    /// Takes up a silence that was noticed by an engine before.
    void resume(long beganAt) {
        stop = new Stop(beganAt, listAlive(beganAt));
    }

    private List<PulseHome> listAlive(long at) {
        return homes.stream()
                .filter(home -> home.homeClass != PulseHome.UNKNOWN && home.last > at - DAY_SECONDS)
                .toList();
    }

    /// When the group came back; null while it has not.
    @Nullable Long findReturn(long minute, Hearing hearing) {
        Stop open = stop;
        if (open == null) {
            return null;
        }
        for (int w = 0; w < Hearing.WINDOWS.length; w++) {
            long start = (minute - Hearing.WINDOWS[w]) * 60;
            if (start < open.beganAt) {
                break;
            }
            double expected = 0;
            for (PulseHome home : open.alive) {
                expected += hearing.typical(w, home.classAt(start), Hearing.hourOf(start));
            }
            if (heardWithin(w) >= Math.max(FEWEST_BACK, BACK_SHARE * expected)) {
                Long firstBack =
                        open.back.stream().filter(at -> at >= start).findFirst().orElse(start);
                return firstBack;
            }
        }
        return null;
    }

    /// Ends the silence.
    ///
    /// @return when it had begun
    long end(long at, long minute) {
        Stop open = stop;
        if (open == null) {
            throw new IllegalStateException("%s is not silent".formatted(group));
        }
        stop = null;
        disregardUntil(minute);
        addStop(open.beganAt, at);
        return open.beganAt;
    }

    /// Windows that begin before this minute say nothing any more.
    void disregardUntil(long minute) {
        returnedAt = minute * 60;
    }

    /// Nothing is learnt from this time.
    void addStop(long from, long to) {
        stops.add(new long[] {from, to});
        if (stops.size() > MOST_STOPS) {
            stops.removeFirst();
        }
    }

    /// From when on the group was, or is, silent in that time; [Long#MAX_VALUE] where it was not.
    long stoppedBetween(long from, long to) {
        Stop open = stop;
        long earliest = open != null && open.beganAt < to ? open.beganAt : Long.MAX_VALUE;
        for (long[] span : stops) {
            if (span[0] < to && span[1] > from) {
                earliest = Math.min(earliest, span[0]);
            }
        }
        return earliest;
    }
}
