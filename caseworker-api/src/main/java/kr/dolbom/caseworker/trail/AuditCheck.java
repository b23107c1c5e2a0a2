package kr.dolbom.caseworker.trail;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import kr.dolbom.caseworker.audit.Actor;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.DatabaseException;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.notice.Notices;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks the whole audit log, when it is asked to and every night; everything goes on meanwhile.
@Singleton
public class AuditCheck {
    private static final Logger LOG = LoggerFactory.getLogger(AuditCheck.class);
    private static final String NOTICE = "audit-broken";
    private static final int FAULTS = 10;

    private final Transactions transactions;
    private final Clock clock;

    AuditCheck(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Every night by itself; a fault is told to the operators.
    @Scheduled(cron = "0 50 3 * * *", zoneId = "Asia/Seoul")
    void checkOrLog() {
        try {
            AuditVerdict verdict = check();
            transactions.run(connection -> {
                if (verdict.verifies()) {
                    Notices.end(connection, null, NOTICE, "", clock.instant());
                } else {
                    AuditVerdict.Fault first = verdict.faults().getFirst();
                    LOG.error(
                            "THE AUDIT LOG IS BROKEN: see GET /api/v1/audit-events/check kind={} event={} entry={}",
                            first.kind(),
                            first.eventNo(),
                            first.entryNo());
                    Notices.raise(
                            connection,
                            null,
                            NOTICE,
                            "",
                            clock.instant(),
                            first.kind(),
                            String.valueOf(first.eventNo()));
                }
                return verdict;
            });
        } catch (DatabaseException e) {
            LOG.warn("The audit log could not be checked; it is tomorrow reason=\"{}\"", e.getMessage());
        }
    }

    /// Checks everything.
    public AuditVerdict check() {
        return transactions.run(connection -> {
            Sql.on(connection, "set transaction isolation level repeatable read, read only")
                    .update();
            List<AuditVerdict.Fault> faults = Sql.on(connection, """
                            select kind, audit_no::text as audit_no, entry_no::text as entry_no, at from audit_faults(:count)""")
                    .with("count", FAULTS)
                    .list(row -> new AuditVerdict.Fault(
                            row.text("kind"), number(row, "audit_no"), number(row, "entry_no"), row.instant("at")));
            return Sql.on(connection, """
                            select h.entries::text as entries, encode(h.hash, 'hex') as hash,
                                   (select coalesce(max(entry_no), 0)::text from audit_anchor) as removed,
                                   (select count(*)::text from audit_event e
                                     where e.audit_no > h.below
                                       and not exists (select from audit_entry x where x.audit_no = e.audit_no)) as waiting
                              from audit_head h""")
                    .get(row -> new AuditVerdict(
                            faults.isEmpty(),
                            Long.parseLong(row.text("entries")),
                            Long.parseLong(row.text("removed")),
                            Long.parseLong(row.text("waiting")),
                            row.text("hash"),
                            faults));
        });
    }

    /// The same for somebody who asks, which is noted in the log itself.
    public AuditVerdict check(Actor actor) {
        AuditVerdict verdict = check();
        return transactions.run(connection -> {
            Map<String, String> detail = Map.of("verifies", Boolean.toString(verdict.verifies()));
            AuditLog.write(connection, actor, "audit-checked", null, detail);
            return verdict;
        });
    }

    private static @Nullable Long number(Row row, String column) {
        String text = row.findText(column);
        return text == null ? null : Long.valueOf(text);
    }
}
