package kr.dolbom.caseworker.escalation;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import kr.dolbom.caseworker.database.Transactions;

/// The account's turns for calls that no alert waits for: planned conversations, test rings, people
/// who call each other. Calls about alerts go first, and all instances together keep to what the
/// account may do. Safe for use by many threads.
@Singleton
public final class CallTurns {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Transactions transactions;
    private final Calls calls;
    private final Clock clock;

    CallTurns(Transactions transactions, Calls calls, Clock clock) {
        this.transactions = transactions;
        this.calls = calls;
        this.clock = clock;
    }

    /// Takes a turn, if there is one now.
    public boolean tryTake() {
        return transactions.run(connection -> CallLine.tryTurn(connection, calls.perSecond(), clock.instant()));
    }

    /// Waits for a turn and takes it.
    ///
    /// @param longest how long is waited at most
    /// @param isWanted asked before each look; no turn is taken once it says no
    /// @return whether there was one
    public boolean await(Duration longest, BooleanSupplier isWanted) {
        long end = System.nanoTime() + longest.toNanos();
        while (isWanted.getAsBoolean()) {
            if (tryTake()) {
                return true;
            }
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return false;
    }
}
