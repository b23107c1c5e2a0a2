package kr.dolbom.caseworker.registry;

import io.micronaut.core.annotation.Introspected;
import java.sql.Connection;
import java.time.Instant;
import java.util.LinkedHashMap;
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

/// The residents as the database has them. All methods work in the caller's transaction. Whoever shows one notes it in
/// the audit log; changes are noted here.
public final class Residents {
    private static final String COLUMNS = """
            select r.resident_no, r.office_no, r.resident_id, o.office_id, c.caseworker_id, r.name, r.birth_year,
                   r.neighbourhood, r.address, r.phone, r.language, r.transcript_consent, r.caseworker_no,
                   c.name as caseworker_name, r.left_at, r.left_because
              from resident r join office o using (office_no) left join caseworker c using (caseworker_no)
            """;

    private Residents() {}

    /// What is written of a resident.
    ///
    /// @param caseworkerNo their own caseworker, of their office; null: none
    /// @param name what the robot calls them
    /// @param birthYear the year of birth
    /// @param neighbourhood `대화동`
    /// @param address where help has to go
    /// @param phone their own number, E.164; null: none
    /// @param language `ko` or `en`
    @Introspected
    public record Entry(
            @Nullable Integer caseworkerNo,
            String name,
            int birthYear,
            String neighbourhood,
            String address,
            @Nullable String phone,
            String language) {}

    /// A resident of the registry.
    ///
    /// @param number the database's number
    /// @param officeNo the number of their office
    /// @param residentId the public id
    /// @param officeId their office's public id
    /// @param caseworkerId their own caseworker's public id; null: none
    /// @param caseworkerName that caseworker's name; null: none
    /// @param entry what is written of them
    /// @param transcriptConsent whether their words may be stored
    /// @param leftAt since when they are no longer looked after; null: they are
    /// @param leftBecause `moved-out`, `deceased` or `other`; null: they are looked after
    @Introspected
    public record Known(
            int number,
            int officeNo,
            UUID residentId,
            UUID officeId,
            @Nullable UUID caseworkerId,
            @Nullable String caseworkerName,
            Entry entry,
            boolean transcriptConsent,
            @Nullable Instant leftAt,
            @Nullable String leftBecause) {}

    /// Those with these numbers, in this order.
    public static List<Known> list(Connection connection, List<Integer> numbers) {
        return Sql.on(connection, COLUMNS + """
                        where r.resident_no = any(:numbers) order by array_position(:numbers, r.resident_no)""")
                .with("numbers", numbers.toArray(Integer[]::new))
                .list(Residents::read);
    }

    /// All of an office, in the order in which they were added.
    ///
    /// @param officeNo null: of all offices
    public static List<Known> list(Connection connection, @Nullable Integer officeNo) {
        return Sql.on(connection, COLUMNS + """
                        where (:office::int is null or r.office_no = :office) order by r.resident_no""").with("office", officeNo).list(Residents::read);
    }

    /// A page of an office's, in the order in which they were added.
    ///
    /// @param officeNo null: of all offices
    /// @param after those who come after this resident of the office; null: from the first on
    /// @param limit how many at most
    /// @throws kr.dolbom.caseworker.problem.ProblemException when `after` is none of the office
    public static List<Known> list(Connection connection, @Nullable Integer officeNo, @Nullable UUID after, int limit) {
        Integer last = after == null
                ? null
                : Sql.on(connection, """
                                select resident_no from resident
                                 where resident_id = :after and (:office::int is null or office_no = :office)""")
                        .with("after", after)
                        .with("office", officeNo)
                        .find(row -> row.number("resident_no"))
                        .orElseThrow(() -> Problem.invalid("after", after, "the after of another page"));
        return Sql.on(connection, COLUMNS + """
                        where (:office::int is null or r.office_no = :office)
                          and (:last::int is null or r.resident_no > :last)
                        order by r.resident_no limit :limit""")
                .with("office", officeNo)
                .with("last", last)
                .with("limit", limit)
                .list(Residents::read);
    }

    /// One of an office; a resident of another office is none.
    ///
    /// @param officeNo null: of all offices
    public static Optional<Known> find(Connection connection, UUID residentId, @Nullable Integer officeNo) {
        return Sql.on(connection, COLUMNS + """
                        where r.resident_id = :resident and (:office::int is null or r.office_no = :office)""")
                .with("resident", residentId)
                .with("office", officeNo)
                .find(Residents::read);
    }

    /// The same.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is no such resident
    public static Known get(Connection connection, UUID residentId, @Nullable Integer officeNo) {
        return find(connection, residentId, officeNo).orElseThrow(() -> Problem.notFound("resident", residentId));
    }

    /// Adds one.
    ///
    /// @return the public id
    public static UUID add(Connection connection, int officeNo, Entry entry, boolean transcriptConsent, Viewer viewer) {
        int number = insert(connection, officeNo, entry, transcriptConsent);
        AuditLog.write(connection, viewer.actor(), "resident-added", number);
        return Sql.on(connection, "select resident_id from resident where resident_no = :number")
                .with("number", number)
                .get(row -> row.uuid("resident_id"));
    }

    /// Adds one of several; the caller notes it in the audit log.
    ///
    /// @return the database's number
    public static int insert(Connection connection, int officeNo, Entry entry, boolean transcriptConsent) {
        return bind(Sql.on(connection, """
                        insert into resident (office_no, caseworker_no, name, birth_year, neighbourhood, address,
                                              phone, language, transcript_consent)
                        values (:office, :caseworker, :name, :birthYear, :neighbourhood, :address,
                                :phone, :language, :consent)
                        returning resident_no"""), entry)
                .with("office", officeNo)
                .with("consent", transcriptConsent)
                .get(row -> row.number("resident_no"));
    }

    /// Writes anew what is written of one.
    public static void change(Connection connection, Known known, Entry entry, Viewer viewer) {
        update(connection, known.number(), entry);
        AuditLog.write(connection, viewer.actor(), "resident-changed", known.number(), changes(known.entry(), entry));
    }

    /// The same of one of several; the caller notes it in the audit log.
    public static void update(Connection connection, int residentNo, Entry entry) {
        bind(Sql.on(connection, """
                        update resident
                           set caseworker_no = :caseworker, name = :name, birth_year = :birthYear,
                               neighbourhood = :neighbourhood, address = :address, phone = :phone, language = :language
                         where resident_no = :number"""), entry).with("number", residentNo).update();
    }

    /// Which fields change, not what they are: the log is kept for longer than a person's data.
    private static Map<String, String> changes(Entry before, Entry after) {
        Map<String, String> fields = new LinkedHashMap<>();
        note(fields, "caseworker", before.caseworkerNo(), after.caseworkerNo());
        note(fields, "name", before.name(), after.name());
        note(fields, "birthYear", before.birthYear(), after.birthYear());
        note(fields, "neighbourhood", before.neighbourhood(), after.neighbourhood());
        note(fields, "address", before.address(), after.address());
        note(fields, "phone", before.phone(), after.phone());
        note(fields, "language", before.language(), after.language());
        return fields;
    }

    private static void note(
            Map<String, String> fields, String field, @Nullable Object before, @Nullable Object after) {
        if (before == null ? after != null : !before.equals(after)) {
            fields.put(field, "changed");
        }
    }

    /// Notes that one is no longer looked after. Their devices stand in nobody's home from now on, so that nothing is
    /// judged or asked; what was before is kept.
    ///
    /// @param because `moved-out`, `deceased` or `other`
    public static void leave(Connection connection, Known known, String because, Instant now, Viewer viewer) {
        if (known.leftAt() != null) {
            throw Problem.conflict("Resident %s is no longer looked after already.".formatted(known.residentId()));
        }
        Sql.on(connection, "update resident set left_at = :now, left_because = :because where resident_no = :number")
                .with("now", now)
                .with("because", because)
                .with("number", known.number())
                .update();
        AuditLog.write(connection, viewer.actor(), "resident-left", known.number(), Map.of("because", because));
        devicesOf(connection, known.number()).forEach(device -> Devices.bind(connection, device, null, viewer));
    }

    /// Notes that one is looked after again.
    public static void comeBack(Connection connection, Known known, Viewer viewer) {
        Sql.on(connection, "update resident set left_at = null, left_because = null where resident_no = :number")
                .with("number", known.number())
                .update();
        AuditLog.write(connection, viewer.actor(), "resident-came-back", known.number());
    }

    private static List<String> devicesOf(Connection connection, int residentNo) {
        return Sql.on(connection, "select device_id from device where resident_no = :number order by device_no")
                .with("number", residentNo)
                .list(row -> row.text("device_id"));
    }

    private static Sql bind(Sql sql, Entry entry) {
        return sql.with("caseworker", entry.caseworkerNo())
                .with("name", SecretColumn.RESIDENT_NAME.of(entry.name()))
                .with("birthYear", entry.birthYear())
                .with("neighbourhood", entry.neighbourhood())
                .with("address", SecretColumn.RESIDENT_ADDRESS.of(entry.address()))
                .with("phone", SecretColumn.PHONE.of(entry.phone()))
                .with("language", entry.language());
    }

    private static Known read(Row row) {
        return new Known(
                row.number("resident_no"),
                row.number("office_no"),
                row.uuid("resident_id"),
                row.uuid("office_id"),
                row.findUuid("caseworker_id"),
                row.findSecret("caseworker_name", SecretColumn.CASEWORKER_NAME),
                new Entry(
                        row.findNumber("caseworker_no"),
                        row.secret("name", SecretColumn.RESIDENT_NAME),
                        row.number("birth_year"),
                        row.text("neighbourhood"),
                        row.secret("address", SecretColumn.RESIDENT_ADDRESS),
                        row.findSecret("phone", SecretColumn.PHONE),
                        row.text("language")),
                row.flag("transcript_consent"),
                row.findInstant("left_at"),
                row.findText("left_because"));
    }
}
