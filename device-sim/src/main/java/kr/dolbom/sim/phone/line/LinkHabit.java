package kr.dolbom.sim.phone.line;

import java.time.Duration;

/// What the owner of a phone does with the link in a text.
///
/// @param after how long they let the text lie first
/// @param times how often they open it; 0: never
/// @param presses whether they press the button behind it, each time
public record LinkHabit(Duration after, int times, boolean presses) {
    /// Leaves links alone.
    public static final LinkHabit NONE = new LinkHabit(Duration.ZERO, 0, false);

    /// Refuses negative times.
    public LinkHabit {
        if (after.isNegative() || times < 0) {
            throw new IllegalArgumentException("Links after=%s times=%d: expected both from 0".formatted(after, times));
        }
    }

    /// Opens it once and presses the button.
    public static LinkHabit press(Duration after) {
        return new LinkHabit(after, 1, true);
    }
}
