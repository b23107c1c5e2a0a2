package kr.dolbom.risk.silence;

import java.time.Duration;

/// The bounds that no statistics may leave.
///
/// @param floor silence shorter than this is never urgent
/// @param cap silence as long as this is always urgent
/// @param lenientCap the same after an exit door and where signs were sparse
/// @param proofWindow for how long after a message the device counts as alive without another
public record Limits(Duration floor, Duration cap, Duration lenientCap, Duration proofWindow) {
    /// 4 h, 16 h, 24 h and 30 min: the values that were measured.
    public static final Limits MEASURED =
            new Limits(Duration.ofHours(4), Duration.ofHours(16), Duration.ofHours(24), Duration.ofMinutes(30));

    /// @throws IllegalArgumentException where floor, cap and lenient cap are not in this order
    public Limits {
        if (floor.compareTo(cap) > 0 || cap.compareTo(lenientCap) > 0 || floor.compareTo(Bins.LENGTH) < 0) {
            throw new IllegalArgumentException(
                    "floor %s, cap %s, lenientCap %s: expected 10 min ≤ floor ≤ cap ≤ lenientCap"
                            .formatted(floor, cap, lenientCap));
        }
    }

    /// The same with another proof window.
    public Limits withProofWindow(Duration window) {
        return new Limits(floor, cap, lenientCap, window);
    }

    Duration capOf(Context context) {
        return context.isLenient() ? lenientCap : cap;
    }
}
