package kr.dolbom.risk.silence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/// Time in bins of ten minutes, numbered from the epoch.
final class Bins {
    static final Duration LENGTH = Duration.ofMinutes(10);
    static final int PER_HOUR = 6;
    static final int PER_DAY = 24 * PER_HOUR;

    private static final long SECONDS = 600;

    private Bins() {}

    static long of(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), SECONDS);
    }

    static Instant start(long bin) {
        return Instant.ofEpochSecond(bin * SECONDS);
    }

    static Instant middle(long bin) {
        return Instant.ofEpochSecond(bin * SECONDS + SECONDS / 2);
    }

    /// The hour of the day, 0 to 23, in which a bin begins.
    static int hour(long bin, ZoneId zone) {
        long local = bin * SECONDS + zone.getRules().getOffset(start(bin)).getTotalSeconds();
        return Math.floorMod(Math.floorDiv(local, 3600L), 24);
    }

    /// The day since the epoch, by the calendar of the zone.
    static long day(Instant at, ZoneId zone) {
        return Math.floorDiv(at.getEpochSecond() + zone.getRules().getOffset(at).getTotalSeconds(), 86_400L);
    }

    /// How many bins a duration has, rounded down.
    static int count(Duration duration) {
        return Math.toIntExact(duration.toSeconds() / SECONDS);
    }
}
