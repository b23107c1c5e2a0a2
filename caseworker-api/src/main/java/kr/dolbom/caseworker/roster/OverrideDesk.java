package kr.dolbom.caseworker.roster;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.registry.CaseworkerRegistryApi;

/// Changes of overrides, for whoever may make them. Safe for use by many threads.
@Singleton
public final class OverrideDesk {
    private final Transactions transactions;
    private final Clock clock;

    OverrideDesk(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Adds an override. Refused with 409, the other one named, while the person is on duty elsewhere or
    /// somebody stands in already.
    ///
    /// @param position whose place is taken; 1 is called first
    /// @param reason why, without anything about anybody's health
    /// @return its public id
    public UUID add(Viewer viewer, UUID officeId, int position, UUID caseworkerId, Span span, String reason) {
        return transactions.run(connection -> {
            int office = RosterAccess.change(connection, viewer, officeId);
            int caseworker = CaseworkerRegistryApi.numberOf(connection, caseworkerId, office);
            ShiftBook.lock(connection);
            ShiftBook.checkOverride(connection, office, caseworker, position, span);
            UUID id = Sql.on(connection, """
                            insert into on_call_override (office_no, position, caseworker_no, starts_at, ends_at, reason,
                                                          set_by)
                            values (:office, :position, :caseworker, :starts, :ends, :reason, :by)
                            returning override_id""")
                    .with("office", office)
                    .with("position", position)
                    .with("caseworker", caseworker)
                    .with("starts", span.start())
                    .with("ends", span.end())
                    .with("reason", reason.strip())
                    .with("by", viewer.actor().name())
                    .get(row -> row.uuid("override_id"));
            AuditLog.write(connection, viewer.actor(), "override-added", null, Map.of("override", id.toString()));
            return id;
        });
    }

    /// Takes an override back; from now on the shift's own person counts.
    public void cancel(Viewer viewer, UUID overrideId) {
        transactions.run(connection -> {
            RosterAccess.check(connection, viewer, officeOf(connection, overrideId), "override", overrideId);
            Sql.on(connection, """
                            update on_call_override set cancelled_at = :now
                             where override_id = :id and cancelled_at is null""")
                    .with("now", clock.instant())
                    .with("id", overrideId)
                    .update();
            AuditLog.write(
                    connection, viewer.actor(), "override-cancelled", null, Map.of("override", overrideId.toString()));
            return overrideId;
        });
    }

    private static int officeOf(Connection connection, UUID overrideId) {
        return Sql.on(connection, "select office_no from on_call_override where override_id = :id")
                .with("id", overrideId)
                .find(row -> row.number("office_no"))
                .orElseThrow(() -> Problem.notFound("override", overrideId));
    }
}
