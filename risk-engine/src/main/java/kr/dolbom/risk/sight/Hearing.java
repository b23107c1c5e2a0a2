package kr.dolbom.risk.sight;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// How probable it is that a home is heard within the next minutes, learnt from all homes:
///
/// ```
/// p(w, c, h, b) = (H + 20·q) / (T + 20)
/// q(w, h, b)    = (Σc H + 20·r) / (Σc T + 20)
/// r(w, b)       = Σch H / (Σch T + 20)
/// ```
///
/// T counts how often a home of class c (how often it is usually heard at that time of the day) began a
/// window of length w in the hour h (UTC) when it had been heard b ago; H, how often it was heard
/// within that window. Windows lie on a grid, so that they hardly overlap. Both forget, 0.98 a day.
/// Where nothing is known p is 0: what nobody expects cannot be missing.
///
/// What a home does next depends mostly on when it was heard last. Homes that are asleep, away or dead
/// are in late buckets, where little is expected of them; given that, homes were found to be
/// independent of each other (see `docs/explanation/visibility.md`).
final class Hearing {
    /// Lengths of the windows, in minutes.
    static final int[] WINDOWS = {5, 10, 20, 30, 40, 60, 80};

    /// Where the buckets of "heard so long ago" end, in minutes; the last bucket has no end.
    static final int[] EDGES = {1, 2, 5, 10, 20, 30, 40, 60, 80, 160, 320, 640, 1440};

    static final int BUCKETS = EDGES.length + 1;

    /// Who has not been heard for a day.
    static final int GONE = BUCKETS - 1;

    /// In which share of bins of ten minutes a home is heard, at most, in each class but the last.
    private static final double[] CLASS_ENDS = {0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9};

    static final int CLASSES = CLASS_ENDS.length + 1;

    private static final int HOURS = 24;
    private static final double SHRINKAGE = 20;
    private static final long LONGEST_STEP_SECONDS = 40 * 60; // so that windows begin in every hour
    private static final long PHASE_SECONDS = 97;
    private static final int DAYS_TO_LEARN = 3;
    private static final double DECAY_PER_DAY = 0.98;
    private static final long DAY_SECONDS = 86_400;

    private final double[] trials = new double[WINDOWS.length * CLASSES * HOURS * BUCKETS];
    private final double[] heard = new double[trials.length];
    private final double[] allTrials = new double[WINDOWS.length * HOURS * BUCKETS];
    private final double[] allHeard = new double[allTrials.length];
    private final double[] everTrials = new double[WINDOWS.length * BUCKETS];
    private final double[] everHeard = new double[everTrials.length];
    private long firstDay = Long.MIN_VALUE;
    private long day = Long.MIN_VALUE;

    static int classOf(double share) {
        int c = 0;
        while (c < CLASS_ENDS.length && share >= CLASS_ENDS[c]) {
            c++;
        }
        return c;
    }

    static int bucketOf(long seconds) {
        int b = 0;
        while (b < EDGES.length && seconds >= EDGES[b] * 60L) {
            b++;
        }
        return b;
    }

    static int hourOf(long epochSecond) {
        return (int) (Math.floorMod(epochSecond, DAY_SECONDS) / 3600);
    }

    /// Whether enough is known to claim anything. A long silence is learnt when it is over, so that in
    /// the first days the short ones prevail.
    boolean isReady() {
        return day - firstDay >= DAYS_TO_LEARN;
    }

    /// Learns from the time between two signs of a home; from a day of it at most.
    ///
    /// @param stoppedAt from when on the home could not have been heard; windows that lie before it are
    ///     learnt, whatever the home did, or else only the livelier homes would be
    void learn(PulseHome home, long last, long next, long stoppedAt) {
        turnTo(Math.floorDiv(next, DAY_SECONDS));
        long until = Math.min(next, last + DAY_SECONDS);
        for (int w = 0; w < WINDOWS.length; w++) {
            long length = WINDOWS[w] * 60L;
            long step = Math.min(length, LONGEST_STEP_SECONDS);
            // A grid of each home's own: devices that send by the clock would always lie on a common one's lines.
            long phase = Math.floorMod(home.number * PHASE_SECONDS, step);
            for (long start = (Math.floorDiv(last - phase, step) + 1) * step + phase; start < until; start += step) {
                if (start + length > stoppedAt) {
                    break;
                }
                int homeClass = home.classAt(start);
                int hour = hourOf(start);
                int bucket = bucketOf(start - last);
                boolean isHeard = next < start + length;
                int i = index(w, homeClass, hour, bucket);
                int all = (w * HOURS + hour) * BUCKETS + bucket;
                int ever = w * BUCKETS + bucket;
                trials[i]++;
                allTrials[all]++;
                everTrials[ever]++;
                if (isHeard) {
                    heard[i]++;
                    allHeard[all]++;
                    everHeard[ever]++;
                }
            }
        }
    }

    /// p of a home that was heard so long ago.
    double probability(int w, int homeClass, int hour, int bucket) {
        int i = index(w, homeClass, hour, bucket);
        int all = (w * HOURS + hour) * BUCKETS + bucket;
        int ever = w * BUCKETS + bucket;
        double r = everHeard[ever] / (everTrials[ever] + SHRINKAGE);
        double q = (allHeard[all] + SHRINKAGE * r) / (allTrials[all] + SHRINKAGE);
        return (heard[i] + SHRINKAGE * q) / (trials[i] + SHRINKAGE);
    }

    /// p of a home that is not gone and of which nothing else is known.
    double typical(int w, int homeClass, int hour) {
        double sum = 0;
        double weight = 0;
        for (int b = 0; b < GONE; b++) {
            double t = trials[index(w, homeClass, hour, b)];
            sum += t * probability(w, homeClass, hour, b);
            weight += t;
        }
        return weight == 0 ? 0 : sum / weight;
    }

    private void turnTo(long today) {
        if (day == Long.MIN_VALUE) {
            firstDay = today;
            day = today;
        }
        if (today <= day) {
            return;
        }
        double factor = Math.pow(DECAY_PER_DAY, (double) today - day);
        for (double[] table : new double[][] {trials, heard, allTrials, allHeard, everTrials, everHeard}) {
            for (int i = 0; i < table.length; i++) {
                table[i] *= factor;
            }
        }
        day = today;
    }

    /// Writes the tables, 150 KB. The sums of the others follow from that of the classes.
    void write(DataOutput out) throws IOException {
        out.writeLong(firstDay);
        out.writeLong(day);
        out.writeInt(trials.length);
        for (int i = 0; i < trials.length; i++) {
            out.writeFloat((float) trials[i]);
            out.writeFloat((float) heard[i]);
        }
    }

    /// Takes up what [#write] put down; only before anything is learnt.
    ///
    /// @throws IOException where it is cut short, or the tables were of another size; this is then of no use
    void read(DataInput in) throws IOException {
        firstDay = in.readLong();
        day = in.readLong();
        int cells = in.readInt();
        if (cells != trials.length) {
            throw new IOException("the tables have " + cells + " cells, expected " + trials.length);
        }
        for (int i = 0; i < cells; i++) {
            trials[i] = in.readFloat();
            heard[i] = in.readFloat();
            int bucket = i % BUCKETS;
            int hour = i / BUCKETS % HOURS;
            int w = i / (BUCKETS * HOURS * CLASSES);
            int all = (w * HOURS + hour) * BUCKETS + bucket;
            int ever = w * BUCKETS + bucket;
            allTrials[all] += trials[i];
            allHeard[all] += heard[i];
            everTrials[ever] += trials[i];
            everHeard[ever] += heard[i];
        }
    }

    private static int index(int w, int homeClass, int hour, int bucket) {
        return ((w * CLASSES + homeClass) * HOURS + hour) * BUCKETS + bucket;
    }
}
