package kr.dolbom.risk.silence;

import java.time.Duration;

/// The bounds that no statistics may leave, and by how much an office or a resident is to be alarmed
/// about later.
///
/// @param floor silence shorter than this is never urgent
/// @param cap silence as long as this is always urgent, where the resident was last seen at home
/// @param lenientCap the same where the resident may have gone out
/// @param checkInFloor silence shorter than this is never worth a question
/// @param margin added to every threshold, in units of surprise: 1 is some half as many alerts and a
///     third more delay; from −2 to 3
/// @param proofWindow for how long after a message the device counts as alive without another
public record Limits(
        Duration floor, Duration cap, Duration lenientCap, Duration checkInFloor, double margin, Duration proofWindow) {
    /// The longest cap that may be set.
    public static final Duration LONGEST = Duration.ofHours(24);

    /// 4 h, 16 h, 24 h, 3 h, no margin, 30 min: the values that were measured.
    public static final Limits MEASURED = new Limits(
            Duration.ofHours(4),
            Duration.ofHours(16),
            Duration.ofHours(24),
            Duration.ofHours(3),
            0,
            Duration.ofMinutes(30));

    /// @throws IllegalArgumentException where floors and caps are not in this order, or the margin is
    ///     out of range
    public Limits {
        if (checkInFloor.compareTo(floor) > 0
                || floor.compareTo(cap) > 0
                || cap.compareTo(lenientCap) > 0
                || lenientCap.compareTo(LONGEST) > 0
                || checkInFloor.compareTo(Bins.duration(1)) < 0) {
            throw new IllegalArgumentException(
                    "checkInFloor %s, floor %s, cap %s, lenientCap %s: expected 10 min ≤ checkInFloor ≤ floor ≤ cap ≤ lenientCap ≤ 24 h"
                            .formatted(checkInFloor, floor, cap, lenientCap));
        }
        if (!(margin >= -2 && margin <= 3)) {
            throw new IllegalArgumentException("margin %s: expected −2 to 3".formatted(margin));
        }
    }

    /// The same with another proof window.
    public Limits withProofWindow(Duration window) {
        if (window.equals(proofWindow)) {
            return this; // one for all residents
        }
        return new Limits(floor, cap, lenientCap, checkInFloor, margin, window);
    }

    /// The same with another floor.
    public Limits withFloor(Duration value) {
        return new Limits(value, cap, lenientCap, checkInFloor, margin, proofWindow);
    }

    /// The same with another cap.
    public Limits withCap(Duration value) {
        return new Limits(floor, value, lenientCap, checkInFloor, margin, proofWindow);
    }

    /// The same with another cap where the resident may have gone out.
    public Limits withLenientCap(Duration value) {
        return new Limits(floor, cap, value, checkInFloor, margin, proofWindow);
    }

    /// The same with another floor of questions.
    public Limits withCheckInFloor(Duration value) {
        return new Limits(floor, cap, lenientCap, value, margin, proofWindow);
    }

    /// The same with another margin.
    public Limits withMargin(double value) {
        return new Limits(floor, cap, lenientCap, checkInFloor, value, proofWindow);
    }
}
