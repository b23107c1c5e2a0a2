package kr.dolbom.broker.limit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import kr.dolbom.contract.Fault;
import kr.dolbom.contract.Reason;

/// How many devices may connect in a minute, all together, so that the end of a power cut does not sink
/// the broker. Whoever is turned away is told when to come back, each a little later than the one
/// before. Safe for use by many threads; no call waits.
public final class ConnectionRate {
    private static final Duration LONGEST_HINT = Duration.ofMinutes(5);

    private final LongSupplier nanoClock;
    private final Duration interval;
    private final TokenBucket bucket;
    private final AtomicLong lastHintNanos;

    /// Nobody has connected yet.
    ///
    /// @param perMinute how many, and how many at once; 0: no limit
    /// @param nanoClock as `System.nanoTime`
    public ConnectionRate(int perMinute, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        long now = nanoClock.getAsLong();
        interval = perMinute == 0 ? Duration.ZERO : Duration.ofMinutes(1).dividedBy(perMinute);
        bucket = new TokenBucket(interval, perMinute, now);
        lastHintNanos = new AtomicLong(now);
    }

    /// The reason that a device is told.
    public static Fault fault(Duration retryIn) {
        return new Fault(
                Reason.CONNECTION_RATE_EXCEEDED,
                "",
                "too many devices connect; retry in %d s"
                        .formatted(retryIn.plusMillis(999).toSeconds()));
    }

    /// Counts a connection.
    ///
    /// @return zero where it may come in; else in how long to try again
    public Duration take() {
        if (interval.isZero()) {
            return Duration.ZERO;
        }
        long now = nanoClock.getAsLong();
        Duration untilOne = bucket.take(now);
        if (untilOne.isZero()) {
            return Duration.ZERO;
        }
        long longest = now + LONGEST_HINT.toNanos();
        long earliest = now + untilOne.toNanos();
        long hint = lastHintNanos.updateAndGet(last -> {
            long after = last + interval.toNanos();
            long next = after - earliest > 0 ? after : earliest;
            return next - longest > 0 ? longest : next;
        });
        return Duration.ofNanos(hint - now);
    }
}
