package kr.dolbom.sim.phone.line;

import java.time.Duration;

/// How status callbacks reach their address.
///
/// @param delay how long each one is late
/// @param copies how often each one is sent, 1 in good weather
/// @param swapped whether neighbours of one call or text change places: the second is sent before the first
public record CallbackRules(Duration delay, int copies, boolean swapped) {
    /// Once, at once, in order.
    public static final CallbackRules IN_ORDER = new CallbackRules(Duration.ZERO, 1, false);

    /// Refuses negative delays and no copies.
    public CallbackRules {
        if (delay.isNegative() || copies < 1) {
            throw new IllegalArgumentException(
                    "Callbacks delay=%s copies=%d: expected a delay from 0 and 1 copy or more"
                            .formatted(delay, copies));
        }
    }

    /// Each one late by this much.
    public CallbackRules withDelay(Duration later) {
        return new CallbackRules(later, copies, swapped);
    }

    /// Each one sent this often.
    public CallbackRules withCopies(int often) {
        return new CallbackRules(delay, often, swapped);
    }

    /// Neighbours change places.
    public CallbackRules withSwappedOrder() {
        return new CallbackRules(delay, copies, true);
    }
}
