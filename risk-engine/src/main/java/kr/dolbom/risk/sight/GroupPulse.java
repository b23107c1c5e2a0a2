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

    private static final int CELLS = PulseWindow.CELLS;
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
    private Lulls lulls = new Lulls();
    private @Nullable Shortfall shortfall;
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

    /// Looks what is missing now, and learns which lulls are usual.
    void look(long minute, Hearing hearing) {
        shortfall = null;
        lulls.turnTo(minute);
        for (int w = 0; w < Hearing.WINDOWS.length; w++) {
            PulseWindow window = window(w, minute, hearing);
            if (window != null && window.homes() >= FEWEST_HOMES) {
                look(w, window, minute);
            }
        }
    }

    private void look(int w, PulseWindow window, long minute) {
        int heard = heardWithin(w);
        if (heard <= MOST_HEARD_SHARE * window.expected()) {
            double exponent = window.exponent(heard);
            lulls.shortOf(w, minute, exponent);
            double evidence = exponent / Math.max(1, dispersion - DISPERSION_ERROR);
            if (lulls.isBeyond(w, exponent) && (shortfall == null || evidence > shortfall.exponent())) {
                shortfall = new Shortfall(w, window.expected(), heard, evidence);
            }
        } else if (heard >= BACK_SHARE * window.expected()) {
            lulls.over(w, minute);
        }
    }

    /// The window in which most is missing, as of the last look; null where more than a third of what was
    /// expected is heard in each, or no less than is usual in the group's lulls.
    @Nullable Shortfall shortfall() {
        return shortfall;
    }

    /// What was expected of the window that ends now, when it began.
    private @Nullable PulseWindow window(int w, long minute, Hearing hearing) {
        long start = minute - Hearing.WINDOWS[w];
        int slot = start * 60 < returnedAt ? -1 : slotOf(start);
        int[] remembered = past;
        if (slot < 0 || remembered == null) {
            return null;
        }
        return new PulseWindow(remembered, slot * CELLS, w, Hearing.hourOf(start * 60), hearing);
    }

    /// Learns how much more than by chance the count of homes varies. Called once for each window of 20
    /// minutes.
    void learnDispersion(long minute, Hearing hearing) {
        PulseWindow window = stop == null ? window(DISPERSION_WINDOW, minute, hearing) : null;
        if (window == null || window.homes() < FEWEST_HOMES) {
            return;
        }
        int heard = heardWithin(DISPERSION_WINDOW);
        if (MOST_HEARD_SHARE * heard > Math.max(FEWEST_BACK, window.expected())) {
            return; // these homes' clock is not what was learnt; that nobody is missing must not weaken anything
        }
        double error = heard - window.expected();
        double ratio = Math.min(DISPERSION_MOST, error * error / Math.max(LEAST_VARIANCE, window.variance()));
        dispersion += DISPERSION_WEIGHT * (ratio - dispersion);
    }

    double dispersion() {
        return dispersion;
    }

    Lulls lulls() {
        return lulls;
    }

    /// Takes up what was learnt of the group.
    void setLearnt(double knownDispersion, Lulls knownLulls) {
        dispersion = knownDispersion;
        lulls = knownLulls;
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
            PulseWindow window = window(w, minute, hearing);
            if (window != null && window.expected() >= FEWEST_BACK) {
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
