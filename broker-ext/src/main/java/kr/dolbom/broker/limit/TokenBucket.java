package kr.dolbom.broker.limit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A token bucket as one number: the moment at which it will be full again (the "theoretical arrival time" of the
/// generic cell rate algorithm, ITU-T I.371 annex A). It begins full. Safe for use by many threads; no call waits.
final class TokenBucket {
    private final long intervalNanos;
    private final long depthNanos;
    private final AtomicLong fullAtNanos;

    /// @param interval after which a token comes back
    /// @param depth    how many tokens it holds
    /// @param nowNanos the present, by a clock that only goes forward
    TokenBucket(Duration interval, long depth, long nowNanos) {
        intervalNanos = interval.toNanos();
        depthNanos = Math.multiplyExact(intervalNanos, depth);
        fullAtNanos = new AtomicLong(nowNanos);
    }

    /// Takes a token.
    ///
    /// @return zero where there was one; else none was taken, and this is how long until there is one
    Duration take(long nowNanos) {
        while (true) {
            long fullAt = fullAtNanos.get();
            long next = (fullAt - nowNanos > 0 ? fullAt : nowNanos) + intervalNanos;
            long tooEarly = next - nowNanos - depthNanos;
            if (tooEarly > 0) {
                return Duration.ofNanos(tooEarly);
            }
            if (fullAtNanos.compareAndSet(fullAt, next)) {
                return Duration.ZERO;
            }
        }
    }

    /// Fills it up to a number of tokens, where it has fewer.
    void fillUpTo(long tokens, long nowNanos) {
        long latest = nowNanos + Math.max(0, depthNanos - Math.multiplyExact(tokens, intervalNanos));
        fullAtNanos.updateAndGet(fullAt -> fullAt - latest > 0 ? latest : fullAt);
    }
}
