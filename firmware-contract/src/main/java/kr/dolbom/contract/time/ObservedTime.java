package kr.dolbom.contract.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// When a message really happened, as far as can be known from what the device's clock says and from how far that
/// clock is off.
///
/// A device tells its present time in the birth status with which it begins each connection; receipt minus that time is
/// the clock's offset. Where it is more than [Timeliness#MOST_SKEW], every time on that connection is shifted by it. A
/// call for help of a device whose clock is slow by hours is so still a call for help of now.
///
/// Of what the clock said and what the shift makes of it, the latest that is possible counts: where the two disagree it
/// is worse to take a live call for help for history than the other way round. Where neither is possible the receipt
/// counts, and so it does for an emergency that looks late where the device has not told its time.
///
/// @param at when it happened
/// @param isCorrected whether `at` is another time than the device said; such a message pages nobody, unless it is an
///     emergency that is live
public record ObservedTime(Instant at, boolean isCorrected) {

    /// How far a clock is off.
    ///
    /// @param deviceTime the time in a birth status
    /// @param receivedAt when that came
    public static Duration offset(Instant deviceTime, Instant receivedAt) {
        return Duration.between(deviceTime, receivedAt);
    }

    /// Finds the time of one message.
    ///
    /// @param deviceTime the message's `time`
    /// @param receivedAt the broker's clock
    /// @param offset what is to be added to the device's clock; null: it has not told its time on this connection
    /// @param isEmergency whether somebody may be calling for help
    public static ObservedTime of(
            Instant deviceTime, Instant receivedAt, @Nullable Duration offset, boolean isEmergency) {
        if (offset == null && isEmergency && deviceTime.isBefore(receivedAt.minus(Timeliness.MOST_SKEW))) {
            return new ObservedTime(receivedAt, true);
        }
        Stream<Instant> candidates = offset != null && offset.abs().compareTo(Timeliness.MOST_SKEW) > 0
                ? Stream.concat(Stream.of(deviceTime), shifted(deviceTime, offset).stream())
                : Stream.of(deviceTime);
        Instant at = candidates
                .filter(time -> Timeliness.of(time, receivedAt) != Timeliness.CLOCK_WRONG)
                .max(Instant::compareTo)
                .orElse(receivedAt);
        return new ObservedTime(at, !at.equals(deviceTime));
    }

    private static Optional<Instant> shifted(Instant time, Duration offset) {
        try {
            return Optional.of(time.plus(offset));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
