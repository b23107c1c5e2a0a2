package kr.dolbom.caseworker.intake;

import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.registry.Offices;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// Files that were brought, as the database has them. What is in one is only there until it is imported, thrown away or
/// a day old.
final class StagedFiles {
    private static final String COLUMNS = """
            select i.import_id, i.kind, i.content, i.uploaded_by, i.uploaded_at, i.confirmed_by, i.confirmed_at, i.reason,
                   i.added, i.changed, i.unchanged, o.office_id
              from people_import i join office o using (office_no)
            """;

    private StagedFiles() {}

    /// A file.
    ///
    /// @param file what is told of it
    /// @param content its text; null: removed
    record Staged(Intake.Import file, @Nullable String content) {}

    static UUID add(Connection connection, int officeNo, Kind kind, String text, Viewer viewer, Instant now) {
        return Sql.on(connection, """
                        insert into people_import (kind, office_no, content, uploaded_by, uploaded_at)
                        values (:kind, :office, :content, :by, :now) returning import_id""")
                .with("kind", kind.word())
                .with("office", officeNo)
                .with("content", SecretColumn.STAGED_FILE.of(text))
                .with("by", viewer.actor().name())
                .with("now", now)
                .get(row -> row.uuid("import_id"));
    }

    /// A file of an office.
    ///
    /// @param officeNo a file of another office is none; null: of all offices
    /// @param lock whether it is nobody else's for the rest of the transaction
    static Staged get(Connection connection, UUID importId, @Nullable Integer officeNo, boolean lock) {
        return Sql.on(connection, COLUMNS + """
                        where i.import_id = :import and (:office::int is null or i.office_no = :office)
                        """ + (lock ? "for update of i" : ""))
                .with("import", importId)
                .with("office", officeNo)
                .find(row -> new Staged(
                        read(row, Offices.get(connection, row.uuid("office_id"))),
                        row.findSecret("content", SecretColumn.STAGED_FILE)))
                .orElseThrow(() -> Problem.notFound("import", importId));
    }

    static void done(Connection connection, UUID importId, Plan plan, String reason, Viewer viewer, Instant now) {
        Sql.on(connection, """
                        update people_import
                           set content = null, confirmed_by = :by, confirmed_at = :now, reason = :reason, added = :added,
                               changed = :changed, unchanged = :unchanged
                         where import_id = :import""")
                .with("by", viewer.actor().name())
                .with("now", now)
                .with("reason", reason)
                .with("added", plan.count(Plan.Action.ADD))
                .with("changed", plan.count(Plan.Action.CHANGE))
                .with("unchanged", plan.count(Plan.Action.SAME))
                .with("import", importId)
                .update();
    }

    static int empty(Connection connection, UUID importId) {
        return Sql.on(connection, "update people_import set content = null where import_id = :import")
                .with("import", importId)
                .update();
    }

    /// Removes what is in files that were brought before a moment.
    static int emptyBefore(Connection connection, Instant moment) {
        return Sql.on(connection, """
                        update people_import set content = null where content is not null and uploaded_at < :moment""").with("moment", moment).update();
    }

    static List<Intake.Import> listDone(Connection connection, Offices.Known office) {
        return Sql.on(connection, COLUMNS + """
                        where i.office_no = :office and i.confirmed_at is not null
                        order by i.confirmed_at desc limit 50""").with("office", office.number()).list(row -> read(row, office));
    }

    private static Intake.Import read(Row row, Offices.Known office) {
        Instant confirmedAt = row.findInstant("confirmed_at");
        return new Intake.Import(
                row.uuid("import_id"),
                office,
                Kind.find(row.text("kind")).orElseThrow(),
                row.text("uploaded_by"),
                row.instant("uploaded_at"),
                confirmedAt == null
                        ? null
                        : new Intake.Done(
                                row.text("confirmed_by"),
                                confirmedAt,
                                row.text("reason"),
                                row.number("added"),
                                row.number("changed"),
                                row.number("unchanged")));
    }
}
