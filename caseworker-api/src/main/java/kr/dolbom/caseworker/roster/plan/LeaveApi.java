package kr.dolbom.caseworker.roster.plan;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.roster.RosterAccess;
import kr.dolbom.caseworker.secrecy.SecretColumn;

/// When caseworkers are on leave. Why is nobody's business here and is not kept.
@Controller("/api/v1/leaves")
@Tag(name = "rosters")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class LeaveApi {
    private static final int MOST_DAYS = 400;
    private static final String COLUMNS = """
            select l.leave_id, c.caseworker_id, c.name, l.from_day::text as from_day, l.to_day::text as to_day
              from caseworker_leave l join caseworker c using (caseworker_no)
            """;

    private final Transactions transactions;

    LeaveApi(Transactions transactions) {
        this.transactions = transactions;
    }

    /// A leave to add.
    ///
    /// @param caseworkerId whose
    /// @param fromDay its first day
    /// @param toDay its last day
    @Introspected
    public record NewLeave(
            @NotNull(message = "the id of a caseworker") UUID caseworkerId,
            @NotNull(message = "a day such as 2026-08-01") LocalDate fromDay,
            @NotNull(message = "a day such as 2026-08-05") LocalDate toDay) {}

    /// A leave.
    ///
    /// @param leaveId the public id
    /// @param caseworkerId whose
    /// @param name their name
    /// @param fromDay its first day
    /// @param toDay its last day
    /// @param openedShiftIds the shifts of theirs in this time, which nobody holds any more: override or
    ///     swap them
    @Introspected
    public record Leave(
            UUID leaveId,
            UUID caseworkerId,
            String name,
            LocalDate fromDay,
            LocalDate toDay,
            List<UUID> openedShiftIds) {}

    private record Located(int caseworkerNo, int officeNo) {}

    /// Adds a leave; from then on its person is not on call in that time.
    @Post
    public HttpResponse<Leave> add(@Body @Valid NewLeave leave, @Parameter(hidden = true) Viewer viewer) {
        if (leave.toDay().isBefore(leave.fromDay())
                || leave.toDay().isAfter(leave.fromDay().plusDays(MOST_DAYS))) {
            throw Problem.invalid("toDay", leave.toDay(), "a day from fromDay on, at most 400 days after it");
        }
        Leave added = transactions.run(connection -> {
            Located person = Sql.on(connection, """
                            select caseworker_no, office_no from caseworker where caseworker_id = :caseworker""")
                    .with("caseworker", leave.caseworkerId())
                    .find(row -> new Located(row.number("caseworker_no"), row.number("office_no")))
                    .filter(found -> viewer.officeNo() == null || Objects.equals(viewer.officeNo(), found.officeNo()))
                    .orElseThrow(() -> Problem.invalid("caseworkerId", leave.caseworkerId(), "the id of a caseworker"));
            RosterAccess.check(connection, viewer, person.officeNo());
            UUID leaveId = Sql.on(connection, """
                            insert into caseworker_leave (caseworker_no, from_day, to_day) values (:caseworker, :from, :to)
                            returning leave_id""")
                    .with("caseworker", person.caseworkerNo())
                    .with("from", leave.fromDay())
                    .with("to", leave.toDay())
                    .get(row -> row.uuid("leave_id"));
            AuditLog.write(connection, viewer.actor(), "leave-added", null, Map.of("leave", leaveId.toString()));
            return Sql.on(connection, COLUMNS + "where l.leave_id = :leave")
                    .with("leave", leaveId)
                    .get(row -> read(row, opened(connection, leaveId)));
        });
        return HttpResponse.created(added);
    }

    /// The leaves of an office's people that are not over on a day, by first day.
    ///
    /// @param officeId which office
    /// @param from the day
    @Get
    List<Leave> list(@QueryValue UUID officeId, @QueryValue LocalDate from, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> list(connection, RosterAccess.see(connection, viewer, officeId), from));
    }

    /// The leaves of an office's people that are not over on a day, by first day.
    public static List<Leave> list(Connection connection, int officeNo, LocalDate from) {
        return Sql.on(connection, COLUMNS + """
                        where c.office_no = :office and l.to_day >= :from order by l.from_day, l.leave_no""")
                .with("office", officeNo)
                .with("from", from)
                .list(row -> read(row, opened(connection, row.uuid("leave_id"))));
    }

    /// Takes a leave back.
    @Delete("/{leaveId}")
    @Status(HttpStatus.NO_CONTENT)
    public void remove(UUID leaveId, @Parameter(hidden = true) Viewer viewer) {
        transactions.run(connection -> {
            RosterAccess.check(
                    connection,
                    viewer,
                    Sql.on(connection, """
                                    select c.office_no from caseworker_leave l join caseworker c using (caseworker_no)
                                     where l.leave_id = :leave""")
                            .with("leave", leaveId)
                            .find(row -> row.number("office_no"))
                            .orElseThrow(() -> Problem.notFound("leave", leaveId)),
                    "leave",
                    leaveId);
            AuditLog.write(connection, viewer.actor(), "leave-removed", null, Map.of("leave", leaveId.toString()));
            return Sql.on(connection, "delete from caseworker_leave where leave_id = :leave")
                    .with("leave", leaveId)
                    .update();
        });
    }

    private static List<UUID> opened(Connection connection, UUID leaveId) {
        return Sql.on(connection, """
                        select s.shift_id
                          from caseworker_leave l join caseworker c using (caseworker_no)
                          join office o on o.office_no = c.office_no
                          join on_call_shift s using (caseworker_no)
                         where l.leave_id = :leave
                           and s.starts_at < (l.to_day + 1)::timestamp at time zone o.time_zone
                           and (s.ends_at is null or s.ends_at > l.from_day::timestamp at time zone o.time_zone)
                         order by s.starts_at""").with("leave", leaveId).list(row -> row.uuid("shift_id"));
    }

    private static Leave read(Row row, List<UUID> opened) {
        return new Leave(
                row.uuid("leave_id"),
                row.uuid("caseworker_id"),
                row.secret("name", SecretColumn.CASEWORKER_NAME),
                LocalDate.parse(row.text("from_day")),
                LocalDate.parse(row.text("to_day")),
                opened);
    }
}
