package kr.dolbom.caseworker.timer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A clock that never goes back: what is due is a moment in the database, and a machine whose clock is set back an hour
/// would let everybody wait for an hour. Where the machine's clock is set back, this one goes on as if it had not been,
/// and is ahead of it until that is set forward again. Where it is set forward, this one follows: what is due comes too
/// early rather than too late. Safe for use by many threads.
public final class ForwardClock extends Clock {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardClock.class);
    /// Machines correct their clocks by as much all the time.
    private static final Duration SMALL = Duration.ofSeconds(1);
    /// Longer than this no clock is believed to have been wrong: then it is a row that is.
    private static final Duration LARGEST = Duration.ofDays(1);

    private final Clock machine;
    private Duration ahead = Duration.ZERO;
    private Instant last;
    private long lastNanos;

    /// @param machine the clock that may be set
    public ForwardClock(Clock machine) {
        this.machine = machine;
        this.last = machine.instant();
        this.lastNanos = System.nanoTime();
    }

    @Override
    public synchronized Instant instant() {
        long nanos = System.nanoTime();
        Instant expected = last.plusNanos(nanos - lastNanos);
        Instant now = machine.instant().plus(ahead);
        Duration missing = Duration.between(now, expected);
        if (missing.compareTo(SMALL) > 0) {
            ahead = ahead.plus(missing);
            now = expected;
            LOG.warn("The machine's clock was set back; it is not followed by={} ahead={}", missing, ahead);
        } else if (ahead.isPositive() && missing.negated().compareTo(SMALL) > 0) {
            Duration mended = missing.negated().compareTo(ahead) < 0 ? missing.negated() : ahead;
            ahead = ahead.minus(mended);
            now = now.minus(mended);
            LOG.info("The machine's clock was set forward again by={} ahead={}", mended, ahead);
        }
        last = now.isBefore(last) ? last : now;
        lastNanos = nanos;
        return last;
    }

    /// Goes on from a moment that has passed already, as something that happened then is known.
    public synchronized void passed(Instant moment) {
        Duration missing = Duration.between(instant(), moment);
        if (missing.compareTo(LARGEST) > 0) {
            LOG.error(
                    "Something is noted for a time more than a day ahead; the machine's clock is believed at={}",
                    moment);
        } else if (missing.compareTo(SMALL) > 0) {
            ahead = ahead.plus(missing);
            last = moment;
            LOG.warn("The machine's clock is behind what is noted already; it is not followed by={}", missing);
        }
    }

    @Override
    public ZoneId getZone() {
        return machine.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the pages' zone is the program's");
    }
}
