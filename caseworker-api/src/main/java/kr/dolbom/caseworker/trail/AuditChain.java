package kr.dolbom.caseworker.trail;

import jakarta.inject.Singleton;
import java.time.Duration;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.timer.Chore;

/// Binds what is new in the audit log to what is there, every two seconds, by one instance at a time:
/// whoever looks at a resident writes a row and waits for nobody.
@Singleton
public final class AuditChain implements Chore {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int BATCH = 2000;

    private final Transactions transactions;

    AuditChain(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "audit-chain";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void run() {
        int chained = BATCH;
        while (chained == BATCH) {
            chained = transactions.run(connection -> Sql.on(connection, "select audit_chain(:batch) as chained")
                    .with("batch", BATCH)
                    .get(row -> row.number("chained")));
        }
    }
}
