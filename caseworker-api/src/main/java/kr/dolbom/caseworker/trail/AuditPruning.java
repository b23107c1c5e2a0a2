package kr.dolbom.caseworker.trail;

import jakarta.inject.Singleton;
import java.time.Duration;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.timer.Chore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes what is older than two years from the audit log, once a month. Where the chain begins from then on is kept,
/// and the last event that was old enough, so that it can be checked as before, and that nothing went too early.
@Singleton
final class AuditPruning implements Chore {
    private static final Logger LOG = LoggerFactory.getLogger(AuditPruning.class);
    private static final Duration PAUSE = Duration.ofDays(30);

    private final Transactions transactions;

    AuditPruning(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "audit-pruning";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void run() {
        String last = transactions.run(connection ->
                Sql.on(connection, "select audit_prune()::text as last").get(row -> row.text("last")));
        if (!last.equals("0")) {
            LOG.info("Removed what is older than two years from the audit log upToEntry={}", last);
        }
    }
}
