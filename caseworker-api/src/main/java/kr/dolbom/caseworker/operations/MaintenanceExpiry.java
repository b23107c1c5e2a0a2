package kr.dolbom.caseworker.operations;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.timer.Chore;

/// Ends the notice of a maintenance that has expired. The alerts have timers of their own at its end;
/// they are looked at all the same, so that a lost timer loses no alert.
@Singleton
final class MaintenanceExpiry implements Chore {
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final Transactions transactions;
    private final Clock clock;

    MaintenanceExpiry(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "maintenance-expiry";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        transactions.run(connection -> {
            Maintenances.endExpired(connection, null, now);
            return now;
        });
    }
}
