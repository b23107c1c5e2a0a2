package kr.dolbom.sim.phone.line;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/// How status callbacks reach their address.
///
/// @param delay how long each one is late
/// @param copies how often each one is sent, 1 in good weather
/// @param swapped whether neighbours of one call or text change places: the second is sent before the first
/// @param lost the statuses whose callbacks never arrive, as Twilio writes them; what became of the call or text is
///     then known to whoever asks the API, and to nobody else
public record CallbackRules(Duration delay, int copies, boolean swapped, Set<String> lost) {
    /// Every status that a callback can tell.
    public static final Set<String> EVERY_STATUS = everyStatus();

    /// Once, at once, in order.
    public static final CallbackRules IN_ORDER = new CallbackRules(Duration.ZERO, 1, false, Set.of());

    /// Refuses negative delays, no copies, and words that are no status.
    public CallbackRules {
        if (delay.isNegative() || copies < 1) {
            throw new IllegalArgumentException(
                    "Callbacks delay=%s copies=%d: expected a delay from 0 and 1 copy or more"
                            .formatted(delay, copies));
        }
        if (!EVERY_STATUS.containsAll(lost)) {
            throw new IllegalArgumentException("Callbacks lost=%s: expected some of %s"
                    .formatted(new TreeSet<>(lost), new TreeSet<>(EVERY_STATUS)));
        }
        lost = Set.copyOf(lost);
    }

    /// Each one late by this much.
    public CallbackRules withDelay(Duration later) {
        return new CallbackRules(later, copies, swapped, lost);
    }

    /// Each one sent this often.
    public CallbackRules withCopies(int often) {
        return new CallbackRules(delay, often, swapped, lost);
    }

    /// Neighbours change places.
    public CallbackRules withSwappedOrder() {
        return new CallbackRules(delay, copies, true, lost);
    }

    /// None arrives.
    public CallbackRules withAllLost() {
        return new CallbackRules(delay, copies, swapped, EVERY_STATUS);
    }

    /// Those of these statuses never arrive, such as `completed` and `delivered`.
    public CallbackRules withLost(String... statuses) {
        return new CallbackRules(delay, copies, swapped, Set.of(statuses));
    }

    private static Set<String> everyStatus() {
        Set<String> words = new TreeSet<>();
        Arrays.stream(CallStatus.values()).forEach(status -> words.add(status.word()));
        Arrays.stream(TextStatus.values()).forEach(status -> words.add(status.word()));
        words.add(CallEvent.INITIATED.word());
        return Set.copyOf(words);
    }
}
