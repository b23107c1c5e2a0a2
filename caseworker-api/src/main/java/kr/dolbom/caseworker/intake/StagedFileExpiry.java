package kr.dolbom.caseworker.intake;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.timer.Chore;

/// Removes what is in files that nobody has confirmed for a day.
@Singleton
public final class StagedFileExpiry implements Chore {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofMinutes(15);

    private final Transactions transactions;
    private final Clock clock;

    StagedFileExpiry(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "staged-file-expiry";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void run() {
        transactions.run(connection ->
                StagedFiles.emptyBefore(connection, clock.instant().minus(KEPT)));
    }
}
