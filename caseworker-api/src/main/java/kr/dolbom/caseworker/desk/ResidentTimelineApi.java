package kr.dolbom.caseworker.desk;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// What there was with a resident lately: alerts, planned conversations and tasks in one line of time.
@Controller("/api/v1/residents/{residentId}/timeline")
@Tag(name = "alerts")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@ExecuteOn(TaskExecutors.BLOCKING)
public class ResidentTimelineApi {
    private final Transactions transactions;

    ResidentTimelineApi(Transactions transactions) {
        this.transactions = transactions;
    }

    /// One entry.
    ///
    /// @param at when the alert was raised, the conversation was over, or the resident asked
    /// @param kind `alert`, `check-in` or `task`
    /// @param id its public id
    /// @param about the alert's tier, the conversation's state, the task's kind
    /// @param open whether something is still to be done or to come
    /// @param textKo the reason, the summary, or the resident's words; missing where there are none
    /// @param textEn the same in English; words as they were said
    @Introspected
    public record Entry(
            Instant at,
            String kind,
            UUID id,
            String about,
            boolean open,
            @Nullable String textKo,
            @Nullable String textEn) {}

    /// The latest 200 entries, newest first.
    @Get
    List<Entry> list(UUID residentId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            int resident = Sql.on(connection, """
                            select resident_no from resident
                             where resident_id = :id and (:office::int is null or office_no = :office)""")
                    .with("id", residentId)
                    .with("office", viewer.officeNo())
                    .find(row -> row.number("resident_no"))
                    .orElseThrow(() -> Problem.notFound("resident", residentId));
            AuditLog.write(connection, viewer.actor(), "timeline-read", resident);
            return Sql.on(connection, """
                            select raised_at as at, 'alert' as kind, alert_id as id, tier as about, resolved_at is null as open,
                                   reason_ko as text_ko, reason_en as text_en
                              from alert where resident_no = :resident
                            union all
                            select coalesce(ended_at, planned_at), 'check-in', check_in_id, state, ended_at is null,
                                   summary_ko, summary_en
                              from check_in where resident_no = :resident
                            union all
                            select asked_at, 'task', task_id, kind, state <> 'done', words, words
                              from task where resident_no = :resident
                            order by at desc limit 200""")
                    .with("resident", resident)
                    .list(row -> new Entry(
                            row.instant("at"),
                            row.text("kind"),
                            row.uuid("id"),
                            row.text("about"),
                            row.flag("open"),
                            row.findText("text_ko"),
                            row.findText("text_en")));
        });
    }
}
