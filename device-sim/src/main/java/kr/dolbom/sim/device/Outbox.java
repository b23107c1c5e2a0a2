package kr.dolbom.sim.device;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is still to be sent or not yet acknowledged. First come express messages, then what was on its way when a
/// connection ended, then buffered history, then the rest; each in its order. Not safe for use by many threads.
final class Outbox {
    private final Deque<Outgoing> express = new ArrayDeque<>();
    private final Deque<Outgoing> again = new ArrayDeque<>();
    private final Deque<Outgoing> ordinary = new ArrayDeque<>();
    private final SequencedSet<Outgoing> inFlight = new LinkedHashSet<>();
    private @Nullable Supplier<@Nullable Outgoing> history;

    void add(Outgoing message) {
        (message.express() ? express : ordinary).addLast(message);
    }

    /// Lets a message go before all others.
    void addFirst(Outgoing message) {
        express.addFirst(message);
    }

    /// Lets buffered history be sent; it is made as it is taken, and over with the first null.
    ///
    /// @throws IllegalStateException where other history is still being sent
    void sendHistory(Supplier<@Nullable Outgoing> messages) {
        if (history != null) {
            throw new IllegalStateException("the device still sends other buffered history; wait for that to end");
        }
        history = messages;
    }

    /// Takes the next message, to be sent now.
    ///
    /// @param window how many messages may be unacknowledged at once; where it is more than one, the last place is
    ///     kept
    ///     for express messages
    Optional<Outgoing> take(int window) {
        if (inFlight.size() >= window) {
            return Optional.empty();
        }
        Outgoing next = express.pollFirst();
        if (next == null && inFlight.size() < Math.max(1, window - 1)) {
            next = takeUnhurried();
        }
        if (next != null) {
            inFlight.add(next);
        }
        return Optional.ofNullable(next);
    }

    private @Nullable Outgoing takeUnhurried() {
        Outgoing next = again.pollFirst();
        if (next == null && history != null) {
            next = history.get();
            if (next == null) {
                history = null;
            }
        }
        return next == null ? ordinary.pollFirst() : next;
    }

    /// Forgets a message that the broker answered.
    ///
    /// @return false, if it was not on its way
    boolean acknowledge(Outgoing message) {
        return inFlight.remove(message);
    }

    /// Takes back what was on its way when the connection ended.
    void takeBack() {
        for (Outgoing message : inFlight.reversed()) {
            (message.express() ? express : again).addFirst(message);
        }
        inFlight.clear();
    }

    /// Whether everything was sent and acknowledged.
    boolean isEmpty() {
        return inFlight.isEmpty() && express.isEmpty() && again.isEmpty() && ordinary.isEmpty() && history == null;
    }
}
