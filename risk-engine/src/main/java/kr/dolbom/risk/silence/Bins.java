package kr.dolbom.risk.silence;

import java.time.Duration;

/// Time in bins of ten minutes, numbered from the epoch; times are seconds since the epoch.
final class Bins {
    static final int PER_HOUR = 6;
    static final int PER_DAY = 24 * PER_HOUR;
    static final int SECONDS = 600;

    private Bins() {}

    static long of(long second) {
        return Math.floorDiv(second, SECONDS);
    }

    static long start(long bin) {
        return bin * SECONDS;
    }

    static long middle(long bin) {
        return bin * SECONDS + SECONDS / 2;
    }

    /// How many bins a duration has, rounded down.
    static int count(Duration duration) {
        return Math.toIntExact(duration.toSeconds() / SECONDS);
    }

    static Duration duration(int bins) {
        return Duration.ofSeconds((long) bins * SECONDS);
    }
}
