package kr.dolbom.caseworker.registry;

import io.micronaut.core.annotation.Introspected;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// The guardians as the database has them. All methods work in the caller's transaction; changes are noted in the audit
/// log.
public final class Guardians {
    private static final String COLUMNS = """
            select g.guardian_no, g.guardian_id, g.resident_no, r.resident_id, r.name as resident_name, g.name,
                   g.relation, g.phone, g.language, g.consented_at, g.withdrawn_at
              from guardian g join resident r using (resident_no)
            """;

    private Guardians() {}

    /// What is written of a guardian.
    ///
    /// @param name their name
    /// @param relation who they are to the resident: `딸`, `neighbour`
    /// @param phone the number that is called, E.164
    /// @param language `ko` or `en`
    @Introspected
    public record Entry(String name, String relation, String phone, String language) {}

    /// A guardian of the registry.
    ///
    /// @param number the database's number
    /// @param guardianId the public id
    /// @param residentNo whose
    /// @param residentId whose, the public id
    /// @param residentName what the robot calls that resident
    /// @param entry what is written of them
    /// @param consentedAt when they consented last; null: never
    /// @param withdrawnAt when they took that back; null: they have not
    @Introspected
    public record Known(
            int number,
            UUID guardianId,
            int residentNo,
            UUID residentId,
            String residentName,
            Entry entry,
            @Nullable Instant consentedAt,
            @Nullable Instant withdrawnAt) {
        /// Whether they consent now.
        public boolean mayBeCalled() {
            return consentedAt != null && withdrawnAt == null;
        }
    }

    /// A resident's guardians, in the order in which they are called.
    public static List<Known> list(Connection connection, int residentNo) {
        return Sql.on(connection, COLUMNS + "where g.resident_no = :resident order by g.guardian_no")
                .with("resident", residentNo)
                .list(Guardians::read);
    }

    /// The guardians of all residents of an office who are looked after.
    ///
    /// @param officeNo null: of all offices
    public static List<Known> listOfOffice(Connection connection, @Nullable Integer officeNo) {
        return Sql.on(connection, COLUMNS + """
                        where (:office::int is null or r.office_no = :office) and r.left_at is null
                        order by g.resident_no, g.guardian_no""").with("office", officeNo).list(Guardians::read);
    }

    /// One of a resident.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is no such guardian
    public static Known get(Connection connection, UUID guardianId, int residentNo) {
        return find(connection, guardianId, residentNo).orElseThrow(() -> Problem.notFound("guardian", guardianId));
    }

    private static Optional<Known> find(Connection connection, UUID guardianId, int residentNo) {
        return Sql.on(connection, COLUMNS + "where g.guardian_id = :guardian and g.resident_no = :resident")
                .with("guardian", guardianId)
                .with("resident", residentNo)
                .find(Guardians::read);
    }

    /// Adds one.
    ///
    /// @param consentedAt since when they consent to be called; null: they have not
    public static UUID add(
            Connection connection, int residentNo, Entry entry, @Nullable Instant consentedAt, Viewer viewer) {
        UUID guardianId = bind(Sql.on(connection, """
                        insert into guardian (resident_no, name, relation, phone, language, consented_at)
                        values (:resident, :name, :relation, :phone, :language, :consented) returning guardian_id"""), entry)
                .with("resident", residentNo)
                .with("consented", consentedAt)
                .get(row -> row.uuid("guardian_id"));
        audit(connection, viewer, "guardian-added", residentNo, guardianId);
        return guardianId;
    }

    /// Writes anew what is written of one.
    public static void change(Connection connection, Known known, Entry entry, Viewer viewer) {
        bind(Sql.on(connection, """
                        update guardian set name = :name, relation = :relation, phone = :phone, language = :language
                         where guardian_no = :number"""), entry).with("number", known.number()).update();
        audit(connection, viewer, "guardian-changed", known.residentNo(), known.guardianId());
    }

    private static void audit(Connection connection, Viewer viewer, String action, int resident, UUID guardianId) {
        AuditLog.write(connection, viewer.actor(), action, resident, Map.of("guardian", guardianId.toString()));
    }

    private static Sql bind(Sql sql, Entry entry) {
        return sql.with("name", SecretColumn.GUARDIAN_NAME.of(entry.name()))
                .with("relation", entry.relation())
                .with("phone", SecretColumn.PHONE.of(entry.phone()))
                .with("language", entry.language());
    }

    private static Known read(Row row) {
        return new Known(
                row.number("guardian_no"),
                row.uuid("guardian_id"),
                row.number("resident_no"),
                row.uuid("resident_id"),
                row.secret("resident_name", SecretColumn.RESIDENT_NAME),
                new Entry(
                        row.secret("name", SecretColumn.GUARDIAN_NAME),
                        row.text("relation"),
                        row.secret("phone", SecretColumn.PHONE),
                        row.text("language")),
                row.findInstant("consented_at"),
                row.findInstant("withdrawn_at"));
    }
}
