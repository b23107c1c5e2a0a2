package kr.dolbom.risk.evaluate;

import com.amazon.randomcutforest.RandomCutForest;
import java.util.Arrays;
import kr.dolbom.contract.telemetry.Room;

/// A baseline: a random cut forest (Guha et al., ICML 2016) on hourly vectors of one home. A vector has
/// the time of day as sine and cosine, ln(1 + signs) of each of the last six hours, and ln(1 + hours
/// since the last sign). Alarms at the end of the first hour without signs whose score is above the
/// 99.7th percentile of the scores that the home's own vectors have had, after at least four hours of
/// silence and at most 24; at 12 h in the first three days.
final class ForestWatcher implements Watcher {
    private static final int HOUR = 3600;
    private static final int COUNTS = 6;
    private static final int DIMENSIONS = COUNTS + 3;
    private static final int TREES = 50;
    private static final int SAMPLE = 256;
    private static final int KNOWN_HOURS = 72;
    private static final int MEMORY_HOURS = 45 * 24;
    private static final double RARE = 0.997;
    private static final long SHORTEST = 4L * HOUR;
    private static final long LONGEST = 24L * HOUR;
    private static final long UNKNOWN = 12L * HOUR;

    private final RandomCutForest forest;
    private final double[] counts = new double[COUNTS];
    private final double[] scores = new double[MEMORY_HOURS];
    private int scored;
    private long hour = Long.MIN_VALUE;
    private double signs;
    private long lastSeen = Long.MIN_VALUE;

    ForestWatcher(long seed) {
        this.forest = RandomCutForest.builder()
                .dimensions(DIMENSIONS)
                .numberOfTrees(TREES)
                .sampleSize(SAMPLE)
                .randomSeed(seed)
                .parallelExecutionEnabled(false)
                .build();
    }

    @Override
    public void blind(long from, long to) {
        advance(Math.floorDiv(from, (long) HOUR));
        hour = Math.floorDiv(to, (long) HOUR);
        Arrays.fill(counts, 0);
        lastSeen = to;
    }

    @Override
    public void seen(long at, Room room) {
        long now = Math.floorDiv(at, (long) HOUR);
        if (hour == Long.MIN_VALUE) {
            hour = now;
        }
        advance(now);
        signs++;
        lastSeen = at;
    }

    /// Closes the hours before this one: scores and learns each. Hours after the first day without signs
    /// teach nothing.
    private void advance(long now) {
        while (hour < now) {
            push(counts, signs);
            signs = 0;
            hour++;
            if ((hour * HOUR - lastSeen) <= LONGEST) {
                float[] vector = vector(counts, hour, lastSeen);
                scores[scored++ % MEMORY_HOURS] = forest.getAnomalyScore(vector);
                forest.update(vector);
            }
        }
    }

    private static void push(double[] counts, double value) {
        System.arraycopy(counts, 1, counts, 0, COUNTS - 1);
        counts[COUNTS - 1] = value;
    }

    private static float[] vector(double[] counts, long hour, long lastSeen) {
        float[] vector = new float[DIMENSIONS];
        double angle = 2 * Math.PI * Math.floorMod(hour, 24L) / 24;
        vector[0] = (float) Math.sin(angle);
        vector[1] = (float) Math.cos(angle);
        vector[2] = (float) Math.log1p(Math.max(0, (hour * HOUR - lastSeen) / (double) HOUR));
        for (int i = 0; i < COUNTS; i++) {
            vector[3 + i] = (float) Math.log1p(counts[i]);
        }
        return vector;
    }

    @Override
    public long silentSince() {
        return lastSeen;
    }

    @Override
    public long earliest() {
        return lastSeen + SHORTEST;
    }

    @Override
    public long urgent(long now) {
        if (scored < KNOWN_HOURS) {
            return lastSeen + UNKNOWN;
        }
        int known = Math.min(scored, MEMORY_HOURS);
        double[] sorted = Arrays.copyOf(scores, known);
        Arrays.sort(sorted);
        double threshold = sorted[(int) (RARE * (known - 1))];
        double[] ahead = counts.clone();
        double pending = signs;
        for (long h = hour + 1; h * HOUR < lastSeen + LONGEST; h++) {
            push(ahead, pending);
            pending = 0;
            if (h * HOUR >= lastSeen + SHORTEST && forest.getAnomalyScore(vector(ahead, h, lastSeen)) > threshold) {
                return h * HOUR;
            }
        }
        return lastSeen + LONGEST;
    }
}
