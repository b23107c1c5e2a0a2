package kr.dolbom.caseworker.supervisor;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.PageLimit;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.roster.RosterAccess;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// The notices: for supervisors those of their office, for operators all.
@Controller("/api/v1/notices")
@Tag(name = "notices")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@ExecuteOn(TaskExecutors.BLOCKING)
public class NoticeApi {
    private static final PageLimit LIMIT = new PageLimit(50, 200);
    private static final String COLUMNS = """
            select n.notice_id, o.office_id, n.office_no, n.kind, n.text_ko, n.text_en, n.raised_at, n.matters_at, n.told_at,
                   n.seen_at, n.seen_by, n.ended_at
              from notice n left join office o using (office_no)
            """;

    private final Transactions transactions;
    private final Clock clock;

    NoticeApi(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Something that somebody must know before it matters.
    ///
    /// @param noticeId the public id
    /// @param officeId whose supervisors; null for the operators
    /// @param kind what kind of trouble
    /// @param textKo one sentence with the way out, in Korean
    /// @param textEn the same in English
    /// @param raisedAt since when it is known
    /// @param mattersAt when it begins to matter; null: at no certain moment
    /// @param toldAt when a text about it was taken for a supervisor; null before
    /// @param seenAt when somebody said that they have seen it; null before
    /// @param seenBy whose login
    /// @param endedAt since when it is no longer so; null while it is
    @Introspected
    public record SupervisorNotice(
            UUID noticeId,
            @Nullable UUID officeId,
            String kind,
            String textKo,
            String textEn,
            Instant raisedAt,
            @Nullable Instant mattersAt,
            @Nullable Instant toldAt,
            @Nullable Instant seenAt,
            @Nullable String seenBy,
            @Nullable Instant endedAt) {}

    /// One page of notices.
    ///
    /// @param notices the latest first
    /// @param before for the next page; null where this was the last
    @Introspected
    public record Page(
            List<SupervisorNotice> notices, @Nullable UUID before) {}

    /// Notices, the latest first, one page at a time.
    ///
    /// @param officeId of this office alone; missing: the own one, for operators all
    /// @param open `true`: only what is still so; `false`: only what has ended; missing: both
    /// @param seen `true`: only what somebody has seen; `false`: only what nobody has; missing: both
    /// @param before the member `before` of the last page; missing: the first page
    /// @param limit notices on a page, 1 to 200; missing: 50
    @Get
    Page list(
            @QueryValue @Nullable UUID officeId,
            @QueryValue @Nullable Boolean open,
            @QueryValue @Nullable Boolean seen,
            @QueryValue @Nullable UUID before,
            @QueryValue @Nullable Integer limit,
            @Parameter(hidden = true) Viewer viewer) {
        int size = LIMIT.of(limit);
        List<SupervisorNotice> notices = transactions.run(connection -> {
            Integer office = viewer.officeNo();
            if (officeId != null) {
                office = RosterAccess.see(connection, viewer, officeId);
            }
            check(connection, viewer, office);
            return Sql.on(connection, COLUMNS + """
                            where (:office::int is null or n.office_no = :office)
                              and (:open::boolean is null or (n.ended_at is null) = :open)
                              and (:seen::boolean is null or (n.seen_at is not null) = :seen)
                              and (:before::uuid is null
                                   or (n.raised_at, n.notice_id) <
                                      (select raised_at, notice_id from notice
                                        where notice_id = :before
                                          and (:office::int is null or office_no = :office)))
                            order by n.raised_at desc, n.notice_id desc limit :limit""")
                    .with("office", office)
                    .with("open", open)
                    .with("seen", seen)
                    .with("before", before)
                    .with("limit", size)
                    .list(NoticeApi::read);
        });
        return new Page(
                notices, notices.size() < size ? null : notices.getLast().noticeId());
    }

    /// Notes that somebody has seen a notice: nobody is texted about it any more. Who was first stays.
    @Post("/{noticeId}/seen")
    SupervisorNotice see(UUID noticeId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            Integer own = viewer.officeNo();
            boolean isThere = Sql.on(connection, """
                            select exists (select from notice where notice_id = :notice
                                              and (:own::int is null or office_no = :own)) as there""")
                    .with("notice", noticeId)
                    .with("own", own)
                    .get(row -> row.flag("there"));
            if (!isThere) {
                throw Problem.notFound("notice", noticeId);
            }
            check(connection, viewer, own);
            Sql.on(connection, """
                            update notice set seen_at = :now, seen_by = :login
                             where notice_id = :notice and seen_at is null""")
                    .with("now", clock.instant())
                    .with("login", viewer.account().login())
                    .with("notice", noticeId)
                    .update();
            AuditLog.write(connection, viewer.actor(), "notice-seen", null, Map.of("notice", noticeId.toString()));
            return Sql.on(connection, COLUMNS + "where n.notice_id = :notice")
                    .with("notice", noticeId)
                    .get(NoticeApi::read);
        });
    }

    private static void check(Connection connection, Viewer viewer, @Nullable Integer officeNo) {
        if (!RosterAccess.supervises(connection, viewer, officeNo)) {
            throw Problem.forbidden("Notices are for the supervisors of the office and operators; ask one of them.");
        }
    }

    private static SupervisorNotice read(Row row) {
        return new SupervisorNotice(
                row.uuid("notice_id"),
                row.findUuid("office_id"),
                row.text("kind"),
                row.secret("text_ko", SecretColumn.NOTICE_TEXT),
                row.secret("text_en", SecretColumn.NOTICE_TEXT),
                row.instant("raised_at"),
                row.findInstant("matters_at"),
                row.findInstant("told_at"),
                row.findInstant("seen_at"),
                row.findText("seen_by"),
                row.findInstant("ended_at"));
    }
}
