package kr.dolbom.caseworker.roster;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.registry.CaseworkerRegistryApi;

/// Changes of single shifts, for whoever may make them. Safe for use by many threads.
@Singleton
public final class ShiftDesk {
    private final Transactions transactions;
    private final Clock clock;

    ShiftDesk(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Adds a shift. Refused with 409, the other one named, while the person or the position is taken.
    ///
    /// @param position 1 is called first
    /// @return its public id
    public UUID add(Viewer viewer, UUID officeId, UUID caseworkerId, int position, Span span) {
        return transactions.run(connection -> {
            int office = RosterAccess.change(connection, viewer, officeId);
            int caseworker = CaseworkerRegistryApi.numberOf(connection, caseworkerId, office);
            ShiftBook.lock(connection);
            ShiftBook.checkShift(connection, office, caseworker, position, span);
            UUID shiftId = ShiftBook.add(connection, office, caseworker, position, span, null);
            AuditLog.write(connection, viewer.actor(), "shift-added", null, Map.of("shift", shiftId.toString()));
            return shiftId;
        });
    }

    /// Takes a shift back that has not begun; one that has begun ends now.
    public void remove(Viewer viewer, UUID shiftId) {
        transactions.run(connection -> {
            ShiftBook.lock(connection);
            RosterAccess.check(
                    connection,
                    viewer,
                    ShiftBook.getShift(connection, shiftId).duty().officeNo(),
                    "shift",
                    shiftId);
            AuditLog.write(connection, viewer.actor(), "shift-removed", null, Map.of("shift", shiftId.toString()));
            return Sql.on(connection, """
                                    delete from on_call_shift where shift_id = :shift and starts_at >= :now""")
                                    .with("shift", shiftId)
                                    .with("now", clock.instant())
                                    .update()
                            == 1
                    ? 1
                    : Sql.on(connection, """
                                    update on_call_shift set ends_at = :now
                                     where shift_id = :shift and (ends_at is null or ends_at > :now)""")
                            .with("shift", shiftId)
                            .with("now", clock.instant())
                            .update();
        });
    }

    /// Swaps the people of two shifts that have not begun. Refused with 409 where somebody would then be
    /// in two places at once, on leave, or have less than 11 hours of rest.
    public void swap(Viewer viewer, UUID shiftId, UUID withShiftId) {
        transactions.run(connection -> {
            ShiftBook.lock(connection);
            ShiftBook.Entry first = ShiftBook.getShift(connection, shiftId);
            ShiftBook.Entry second = ShiftBook.getShift(connection, withShiftId);
            RosterAccess.check(connection, viewer, first.duty().officeNo(), "shift", shiftId);
            RosterAccess.check(connection, viewer, second.duty().officeNo(), "shift", withShiftId);
            checkMaySwap(first, second);
            ShiftBook.checkSwap(connection, first, second.duty().caseworkerNo(), withShiftId);
            ShiftBook.checkSwap(connection, second, first.duty().caseworkerNo(), shiftId);
            give(connection, shiftId, second.duty().caseworkerNo());
            give(connection, withShiftId, first.duty().caseworkerNo());
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "shifts-swapped",
                    null,
                    Map.of("shift", shiftId.toString(), "with", withShiftId.toString()));
            return shiftId;
        });
    }

    private void checkMaySwap(ShiftBook.Entry first, ShiftBook.Entry second) {
        Instant now = clock.instant();
        Duty one = first.duty();
        Duty other = second.duty();
        if (one.officeNo() != other.officeNo() || one.caseworkerNo() == other.caseworkerNo()) {
            throw Problem.invalid("withShiftId", other.id(), "a shift of somebody else of the same office");
        }
        if (one.span().start().isBefore(now) || other.span().start().isBefore(now)) {
            throw Problem.conflict(
                    "A shift that has begun cannot be swapped; add an override for the rest of it.",
                    "roster.refused.begun");
        }
    }

    private static void give(Connection connection, UUID shiftId, int caseworkerNo) {
        Sql.on(connection, "update on_call_shift set caseworker_no = :caseworker where shift_id = :shift")
                .with("caseworker", caseworkerNo)
                .with("shift", shiftId)
                .update();
    }
}
