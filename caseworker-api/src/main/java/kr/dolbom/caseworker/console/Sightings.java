package kr.dolbom.caseworker.console;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.Actor;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;

/// Notes in the audit log whom a viewer was shown in the list. Who sits before it sees the same rows all the time: that
/// is one look, noted when it begins and again every ten minutes. Safe for use by many threads.
@Singleton
final class Sightings {
    private static final Duration ONE_LOOK = Duration.ofMinutes(10);
    private static final int TIDY_BEYOND = 1000;

    private final Transactions transactions;
    private final Clock clock;
    private final Map<Actor, Map<Integer, Instant>> noted = new ConcurrentHashMap<>();

    Sightings(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Notes those who were not noted lately; before they are shown.
    void note(Viewer viewer, Collection<Integer> residentNumbers) {
        Instant now = clock.instant();
        Instant lately = now.minus(ONE_LOOK);
        if (noted.size() > TIDY_BEYOND) {
            noted.values().removeIf(seen -> isOver(seen, lately));
        }
        Map<Integer, Instant> seen = noted.computeIfAbsent(viewer.actor(), missing -> new HashMap<>());
        synchronized (seen) {
            seen.values().removeIf(at -> at.isBefore(lately));
            List<Integer> due = residentNumbers.stream()
                    .filter(resident -> !seen.containsKey(resident))
                    .distinct()
                    .toList();
            if (due.isEmpty()) {
                return;
            }
            transactions.run(connection -> {
                AuditLog.write(connection, viewer.actor(), "alert-listed", due);
                return due;
            });
            due.forEach(resident -> seen.put(resident, now));
        }
    }

    private static boolean isOver(Map<Integer, Instant> seen, Instant lately) {
        synchronized (seen) {
            return seen.values().stream().allMatch(at -> at.isBefore(lately));
        }
    }
}
