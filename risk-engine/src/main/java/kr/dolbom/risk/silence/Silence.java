package kr.dolbom.risk.silence;

import java.time.Duration;
import java.time.Instant;
import kr.dolbom.contract.telemetry.Room;
import org.jspecify.annotations.Nullable;

/// How a resident's silence stands at one moment.
///
/// @param lastSeen when the resident was seen last
/// @param room where; null: not known
/// @param context what that means for the next sign
/// @param mayBeOut whether the resident may have gone out since
/// @param watched how long the resident has not been seen while the device was proven alive
/// @param surprise S, the sum of −ln(1 − hazard) over that time, from 0
/// @param threshold θ; where the resident may be out, the surprise at the deadline
/// @param ratio of the way to the deadline, from 0; never falls while the silence lasts, 1 at the
///     deadline
/// @param checkInAt when the robot should ask, or should have asked; never later than the deadline
/// @param deadline when the silence passes its deadline, or passed it; what lies ahead is taken as
///     watched
/// @param usuallyWithin after how long, in four of five such cases, the resident is seen again
/// @param daysKnown of how many days the daily peak is known, 0 to 45
/// @param daysAsSilent on how many of them the surprise was at least as high
public record Silence(
        Instant lastSeen,
        @Nullable Room room,
        Context context,
        boolean mayBeOut,
        Duration watched,
        double surprise,
        double threshold,
        double ratio,
        Instant checkInAt,
        Instant deadline,
        Duration usuallyWithin,
        int daysKnown,
        int daysAsSilent) {

    /// Whether the deadline is reached.
    public boolean isOverdue() {
        return ratio >= 1;
    }
}
