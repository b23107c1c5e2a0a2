package kr.dolbom.caseworker.registry;

import io.micronaut.core.annotation.Introspected;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.account.desk.AccountDesk;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// The caseworkers as the database has them. All methods work in the caller's transaction; changes are noted in the
/// audit log.
public final class Caseworkers {
    private static final String COLUMNS = """
            select c.caseworker_no, c.caseworker_id, c.office_no, o.office_id, c.name, c.phone, c.language, c.duty,
                   c.left_at, a.login
              from caseworker c join office o using (office_no) left join account a
                on a.caseworker_no = c.caseworker_no and a.closed_at is null
            """;

    private Caseworkers() {}

    /// What is written of a caseworker.
    ///
    /// @param name without a title
    /// @param phone the number that is called, E.164
    /// @param language `ko` or `en`
    /// @param duty `caseworker` or `supervisor`
    @Introspected
    public record Entry(String name, String phone, String language, String duty) {}

    /// A caseworker of the registry.
    ///
    /// @param number the database's number
    /// @param caseworkerId the public id
    /// @param officeNo the number of their office
    /// @param officeId their office's public id
    /// @param entry what is written of them
    /// @param leftAt since when they are no longer here; null while they are
    /// @param login the name they sign in with; null when they cannot
    @Introspected
    public record Known(
            int number,
            UUID caseworkerId,
            int officeNo,
            UUID officeId,
            Entry entry,
            @Nullable Instant leftAt,
            @Nullable String login) {}

    /// All of an office, with those who have left.
    ///
    /// @param officeNo null: of all offices
    public static List<Known> list(Connection connection, @Nullable Integer officeNo) {
        return Sql.on(connection, COLUMNS + """
                        where (:office::int is null or c.office_no = :office) order by c.caseworker_no""").with("office", officeNo).list(Caseworkers::read);
    }

    /// A page of an office's, with those who have left, in the order in which they were added.
    ///
    /// @param officeNo null: of all offices
    /// @param after those who come after this caseworker of the office; null: from the first on
    /// @param limit how many at most
    /// @throws kr.dolbom.caseworker.problem.ProblemException when `after` is none of the office
    public static List<Known> list(Connection connection, @Nullable Integer officeNo, @Nullable UUID after, int limit) {
        Integer last = after == null
                ? null
                : Sql.on(connection, """
                                select caseworker_no from caseworker
                                 where caseworker_id = :after and (:office::int is null or office_no = :office)""")
                        .with("after", after)
                        .with("office", officeNo)
                        .find(row -> row.number("caseworker_no"))
                        .orElseThrow(() -> Problem.invalid("after", after, "the after of another page"));
        return Sql.on(connection, COLUMNS + """
                        where (:office::int is null or c.office_no = :office)
                          and (:last::int is null or c.caseworker_no > :last)
                        order by c.caseworker_no limit :limit""")
                .with("office", officeNo)
                .with("last", last)
                .with("limit", limit)
                .list(Caseworkers::read);
    }

    /// One of an office; a caseworker of another office is none.
    ///
    /// @param officeNo null: of all offices
    public static Optional<Known> find(Connection connection, UUID caseworkerId, @Nullable Integer officeNo) {
        return Sql.on(connection, COLUMNS + """
                        where c.caseworker_id = :caseworker and (:office::int is null or c.office_no = :office)""")
                .with("caseworker", caseworkerId)
                .with("office", officeNo)
                .find(Caseworkers::read);
    }

    /// The same.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is no such caseworker
    public static Known get(Connection connection, UUID caseworkerId, @Nullable Integer officeNo) {
        return find(connection, caseworkerId, officeNo).orElseThrow(() -> Problem.notFound("caseworker", caseworkerId));
    }

    /// Adds one, without an account.
    ///
    /// @return the one who was added
    public static Known add(Connection connection, int officeNo, Entry entry, Viewer viewer) {
        Known known =
                bind(Sql.on(connection, """
                        with added as (
                            insert into caseworker (office_no, name, phone, language, duty)
                            values (:office, :name, :phone, :language, :duty)
                            returning caseworker_no, caseworker_id, office_no, name, phone, language, duty, left_at
                        )
                        select c.caseworker_no, c.caseworker_id, c.office_no, o.office_id, c.name, c.phone, c.language,
                               c.duty, c.left_at, null as login
                          from added c join office o using (office_no)"""), entry).with("office", officeNo).get(Caseworkers::read);
        audit(connection, viewer, "caseworker-added", known.caseworkerId());
        return known;
    }

    /// Writes anew what is written of one.
    public static void change(Connection connection, Known known, Entry entry, Viewer viewer) {
        bind(Sql.on(connection, """
                        update caseworker set name = :name, phone = :phone, language = :language, duty = :duty
                         where caseworker_no = :number"""), entry).with("number", known.number()).update();
        audit(connection, viewer, "caseworker-changed", known.caseworkerId());
    }

    /// Notes that one has left: from now on never called and on no roster, and the account is closed.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when it is whoever notes it
    public static void leave(Connection connection, Known known, Instant now, Viewer viewer) {
        if (Objects.equals(known.number(), viewer.account().caseworkerNo())) {
            throw Problem.conflict(
                    "Nobody notes of themselves that they have left; ask another supervisor or an operator.");
        }
        Sql.on(connection, "delete from push_subscription where caseworker_no = :number")
                .with("number", known.number())
                .update();
        AccountDesk.leave(connection, known.number(), now);
        Sql.on(connection, "update caseworker set left_at = coalesce(left_at, :now) where caseworker_no = :number")
                .with("now", now)
                .with("number", known.number())
                .update();
        audit(connection, viewer, "caseworker-left", known.caseworkerId());
    }

    private static void audit(Connection connection, Viewer viewer, String action, UUID caseworkerId) {
        AuditLog.write(connection, viewer.actor(), action, null, Map.of("caseworker", caseworkerId.toString()));
    }

    private static Sql bind(Sql sql, Entry entry) {
        return sql.with("name", SecretColumn.CASEWORKER_NAME.of(entry.name()))
                .with("phone", SecretColumn.PHONE.of(entry.phone()))
                .with("language", entry.language())
                .with("duty", entry.duty());
    }

    private static Known read(Row row) {
        return new Known(
                row.number("caseworker_no"),
                row.uuid("caseworker_id"),
                row.number("office_no"),
                row.uuid("office_id"),
                new Entry(
                        row.secret("name", SecretColumn.CASEWORKER_NAME),
                        row.secret("phone", SecretColumn.PHONE),
                        row.text("language"),
                        row.text("duty")),
                row.findInstant("left_at"),
                row.findText("login"));
    }
}
