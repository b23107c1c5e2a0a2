package kr.dolbom.caseworker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/// The time goes on as it does, and jumps when it is told to. Safe for use by many threads.
final class TestClock extends Clock {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    /// Jumps forward.
    void pass(Duration time) {
        ahead.updateAndGet(before -> before.plus(time));
    }

    /// Is set back, as a machine's clock may be.
    void setBack(Duration time) {
        ahead.updateAndGet(before -> before.minus(time));
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneId.of("Asia/Seoul");
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("a test's clock stays where it is");
    }
}
