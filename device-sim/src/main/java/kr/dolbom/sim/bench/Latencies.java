package kr.dolbom.sim.bench;

import java.util.concurrent.atomic.AtomicIntegerArray;

/// Times from publishing to the acknowledgement, to a hundredth of a millisecond, up to ten seconds.
/// Safe for use by
/// many threads.
final class Latencies {
    private static final int STEP_MICROS = 10;
    private static final int STEPS = 1_000_000;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(STEPS);

    void add(long nanos) {
        counts.incrementAndGet((int) Math.min(STEPS - 1, nanos / 1_000 / STEP_MICROS));
    }

    /// The time within which this share of all messages was acknowledged, in ms; 0 where there were
    /// none.
    double percentileMillis(double share) {
        long all = 0;
        for (int i = 0; i < STEPS; i++) {
            all += counts.get(i);
        }
        long wanted = (long) Math.ceil(all * share);
        long seen = 0;
        for (int i = 0; i < STEPS && all > 0; i++) {
            seen += counts.get(i);
            if (seen >= wanted) {
                return (i + 1) * STEP_MICROS / 1_000.0;
            }
        }
        return 0;
    }
}
