package kr.dolbom.caseworker.setting;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;

/// Sets and ends away and hospital mode, for REST and pages alike. A resident of another office is no resident to a
/// caseworker. Safe for use by many threads.
@Singleton
public final class ModeBook {
    /// How long a mode lasts at most.
    public static final Duration LONGEST = Duration.ofDays(60);

    private final Transactions transactions;
    private final InstantSource clock;

    ModeBook(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Sets a mode from now on; one that runs ends with it.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when it would end in the past or after 60 days
    public ResidentModes.Mode set(UUID residentId, ResidentModes.NewMode mode, Viewer viewer) {
        Instant now = clock.instant();
        Instant until = mode.until().toInstant();
        if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST))) {
            throw Problem.invalid("until", mode.until(), "a moment within the next 60 days");
        }
        return transactions.run(connection -> {
            int number = number(connection, residentId, viewer);
            end(connection, number, viewer, now);
            Sql.on(connection, """
                            insert into resident_mode (resident_no, mode, begins_at, ends_at, set_by, reason)
                            values (:resident, :mode, :now, :until, :by, :reason)""")
                    .with("resident", number)
                    .with("mode", mode.mode())
                    .with("now", now)
                    .with("until", until)
                    .with("by", viewer.actor().name())
                    .with("reason", mode.reason().strip())
                    .update();
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "mode-set",
                    number,
                    Map.of("mode", mode.mode(), "until", until.toString()));
            RiskSettings.tellEngine(connection);
            return list(connection, number, now).getFirst();
        });
    }

    /// Ends the mode that runs, if one does.
    public void end(UUID residentId, Viewer viewer) {
        transactions.run(connection -> {
            int number = number(connection, residentId, viewer);
            if (end(connection, number, viewer, clock.instant()) > 0) {
                AuditLog.write(connection, viewer.actor(), "mode-ended", number);
                RiskSettings.tellEngine(connection);
            }
            return number;
        });
    }

    /// A resident's modes, newest first, in the caller's transaction, who notes in the audit log what was read.
    public List<ResidentModes.Mode> list(Connection connection, int residentNo) {
        return list(connection, residentNo, clock.instant());
    }

    static int number(Connection connection, UUID residentId, Viewer viewer) {
        Integer number = Scopes.ofResident(connection, residentId, viewer).residentNo();
        if (number == null) {
            throw Problem.notFound("resident", residentId);
        }
        return number;
    }

    private static int end(Connection connection, int residentNo, Viewer viewer, Instant now) {
        return Sql.on(connection, """
                        update resident_mode
                           set ends_at = greatest(:now, begins_at + interval '1 microsecond'), ended_by = :by
                         where resident_no = :resident and ends_at > :now""")
                .with("resident", residentNo)
                .with("by", viewer.actor().name())
                .with("now", now)
                .update();
    }

    private static List<ResidentModes.Mode> list(Connection connection, int residentNo, Instant now) {
        return Sql.on(connection, """
                        select mode, begins_at, ends_at, set_by, reason, ended_by, ends_at > :now as running
                          from resident_mode where resident_no = :resident order by mode_no desc limit 100""")
                .with("resident", residentNo)
                .with("now", now)
                .list(ModeBook::read);
    }

    private static ResidentModes.Mode read(Row row) {
        return new ResidentModes.Mode(
                row.text("mode"),
                row.instant("begins_at").atOffset(ZoneOffset.UTC),
                row.instant("ends_at").atOffset(ZoneOffset.UTC),
                row.text("set_by"),
                row.text("reason"),
                row.findText("ended_by"),
                row.flag("running"));
    }
}
