package kr.dolbom.caseworker.ledger;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import kr.dolbom.caseworker.database.DatabaseException;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.notice.Notices;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks the whole ledger, when it is asked to and every night; alerts may go on meanwhile.
@Singleton
public class LedgerCheck {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerCheck.class);

    private final Transactions transactions;
    private final Clock clock;

    LedgerCheck(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A seal as somebody has kept it outside of the database.
    ///
    /// @param sealNo its number
    /// @param hash its hash then
    record KeptSeal(int sealNo, String hash) {}

    /// Every night by itself; a fault is told to the operators.
    @Scheduled(cron = "0 30 3 * * *", zoneId = "Asia/Seoul")
    void checkOrLog() {
        try {
            LedgerVerdict verdict = check(null);
            transactions.run(connection -> {
                if (verdict.verifies()) {
                    Notices.end(connection, null, "ledger-broken", "", clock.instant());
                } else {
                    LOG.error(
                            "THE LEDGER IS BROKEN: see GET /api/v1/ledger/check first=\"{}\"",
                            verdict.faults().getFirst().detail());
                    Notices.raise(
                            connection,
                            null,
                            "ledger-broken",
                            "",
                            clock.instant(),
                            verdict.faults().getFirst().detail());
                }
                return verdict;
            });
        } catch (DatabaseException e) {
            LOG.warn("The ledger could not be checked; it is tomorrow reason=\"{}\"", e.getMessage());
        }
    }

    /// Checks everything.
    ///
    /// @param kept a seal from outside that must be in the ledger; null for none
    LedgerVerdict check(@Nullable KeptSeal kept) {
        return transactions.run(connection -> {
            Sql.on(connection, "set transaction isolation level repeatable read, read only")
                    .update();
            return new LedgerWalk(connection).check(kept);
        });
    }
}
