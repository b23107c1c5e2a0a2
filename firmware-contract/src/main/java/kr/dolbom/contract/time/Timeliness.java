package kr.dolbom.contract.time;

import java.time.Duration;
import java.time.Instant;

/// How a message's time stands to its receipt. Every message is kept; only one that is [#ON_TIME] may page anybody.
public enum Timeliness {
    /// The time may be taken as it is.
    ON_TIME,
    /// Buffered for longer than devices have to: kept as it is, and about the past.
    LATE,
    /// No device observed anything then: the clock that wrote it is wrong.
    CLOCK_WRONG;

    /// How far a clock may be off and still count as right. A device that asks a time server once a day
    /// stays within a second or two; five minutes forgive one that asks once a month, and are still shorter
    /// than the shortest silence that matters.
    public static final Duration MOST_SKEW = Duration.ofMinutes(5);

    /// For how long a device has to buffer: a long weekend without network.
    public static final Duration MOST_DELAY = Duration.ofDays(3);

    /// Nothing that is older than a leap year was buffered: it is a clock that began at its epoch, 1970 or 2000, or a
    /// wrong year. It also bounds into how many chunks of a time-series table a device can write.
    public static final Duration OLDEST = Duration.ofDays(366);

    /// Judges a time. The limits themselves are still within.
    ///
    /// @param time when it happened, as far as is known
    /// @param receivedAt the broker's clock
    public static Timeliness of(Instant time, Instant receivedAt) {
        if (time.isAfter(receivedAt.plus(MOST_SKEW)) || time.isBefore(receivedAt.minus(OLDEST))) {
            return CLOCK_WRONG;
        }
        return time.isBefore(receivedAt.minus(MOST_DELAY)) ? LATE : ON_TIME;
    }
}
