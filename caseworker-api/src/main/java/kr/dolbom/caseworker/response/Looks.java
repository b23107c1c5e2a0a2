package kr.dolbom.caseworker.response;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// The alerts that this instance is to look at: each once however often that is asked for, in the
/// order of asking, those of which something was heard before those that are only looked through,
/// and never by two threads at once. Nothing is kept here: what is lost with the process is found
/// by its timer, or by the next sweep. Safe for use by many threads.
@Singleton
public final class Looks {
    private final Set<UUID> waiting = new LinkedHashSet<>();
    private final Set<UUID> afterOthers = new LinkedHashSet<>();
    private final Set<UUID> busy = new HashSet<>();

    Looks() {}

    /// Has an alert looked at within moments once this transaction is committed, by whichever instance is alive then:
    /// for what nobody would find who only looks around.
    public static void addDurably(Connection connection, UUID alertId, Instant now) {
        AlertTimers.schedule(connection, alertId, now);
    }

    /// Has an alert looked at soon.
    public synchronized void add(UUID alertId) {
        if (waiting.add(alertId)) {
            notifyAll();
        }
    }

    /// Has an alert looked at once nothing else waits.
    synchronized void addAfterOthers(UUID alertId) {
        if (!waiting.contains(alertId) && afterOthers.add(alertId)) {
            notifyAll();
        }
    }

    /// Waits for an alert to look at; [#done(UUID)] must follow. What is asked for from here on is another look.
    synchronized UUID take() throws InterruptedException {
        while (true) {
            Optional<UUID> next = Stream.concat(waiting.stream(), afterOthers.stream())
                    .filter(alert -> !busy.contains(alert))
                    .findFirst();
            if (next.isPresent()) {
                waiting.remove(next.get());
                afterOthers.remove(next.get());
                busy.add(next.get());
                return next.get();
            }
            wait();
        }
    }

    /// Somebody has looked at it.
    synchronized void done(UUID alertId) {
        busy.remove(alertId);
        notifyAll();
    }
}
