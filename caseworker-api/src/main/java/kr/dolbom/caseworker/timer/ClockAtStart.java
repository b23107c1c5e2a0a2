package kr.dolbom.caseworker.timer;

import jakarta.inject.Singleton;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;

/// Sets the clock forward to what was noted of open alerts last, before anything is decided: the machine's clock may
/// have been set back since.
@Singleton
public final class ClockAtStart {
    private final Transactions transactions;
    private final ForwardClock clock;

    ClockAtStart(Transactions transactions, ForwardClock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Does so.
    public void set() {
        transactions
                .run(connection -> Sql.on(connection, """
                                select max(e.at) as at from alert a join alert_event e using (alert_id)
                                 where a.state <> 'resolved' having max(e.at) is not null""").find(row -> row.instant("at")))
                .ifPresent(clock::passed);
    }
}
