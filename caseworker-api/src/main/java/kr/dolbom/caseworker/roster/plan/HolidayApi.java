package kr.dolbom.caseworker.roster.plan;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
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
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.sql.Connection;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.roster.RosterAccess;
import org.jspecify.annotations.Nullable;

/// The holidays: every office's, kept by operators, and an office's own.
@Controller("/api/v1/holidays")
@Tag(name = "rosters")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class HolidayApi {
    private static final String NAME = "a name of 1 to 40 characters";

    private final Transactions transactions;

    HolidayApi(Transactions transactions) {
        this.transactions = transactions;
    }

    /// A holiday.
    ///
    /// @param day when
    /// @param name such as `추석`
    /// @param officeId of this office alone; null: of all
    @Introspected
    public record Holiday(
            @NotNull(message = "a day such as 2026-09-25") LocalDate day,

            @NotBlank(message = NAME) @Size(max = 40, message = NAME) String name,

            @Nullable UUID officeId) {}

    /// Adds a holiday; one of that day gets the new name.
    @Post
    HttpResponse<Holiday> add(@Body @Valid Holiday holiday, @Parameter(hidden = true) Viewer viewer) {
        add(List.of(holiday), holiday.officeId(), viewer);
        return HttpResponse.created(holiday);
    }

    /// Adds holidays, one a line: `2026-09-25,추석`. All or, when a line is wrong, none.
    ///
    /// @param officeId of this office alone; missing: of all
    @Post("/csv")
    @Consumes(MediaType.TEXT_CSV)
    HttpResponse<List<Holiday>> add(
            @Body String csv, @QueryValue @Nullable UUID officeId, @Parameter(hidden = true) Viewer viewer) {
        List<Holiday> holidays = read(csv, officeId);
        add(holidays, officeId, viewer);
        return HttpResponse.created(holidays);
    }

    private static List<Holiday> read(String csv, @Nullable UUID officeId) {
        List<Holiday> holidays = new ArrayList<>();
        int number = 0;
        // Spreadsheets open their files with a byte order mark.
        for (String line : csv.replace("\uFEFF", "").lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] cells = line.split(",", -1);
            String name = cells.length == 2 ? cells[1].strip() : "";
            try {
                if (name.isEmpty() || name.length() > 40) {
                    throw new DateTimeException("no name");
                }
                holidays.add(new Holiday(LocalDate.parse(cells[0].strip()), name, officeId));
            } catch (DateTimeException e) {
                throw Problem.invalid("line " + number, line, "a day and a name such as 2026-09-25,추석");
            }
        }
        return holidays;
    }

    private void add(List<Holiday> holidays, @Nullable UUID officeId, Viewer viewer) {
        transactions.run(connection -> {
            Integer office = office(connection, officeId, viewer);
            holidays.forEach(holiday -> Sql.on(connection, """
                            insert into holiday (office_no, day, name) values (:office, :day, :name)
                            on conflict (coalesce(office_no, 0), day) do update set name = excluded.name""")
                    .with("office", office)
                    .with("day", holiday.day())
                    .with("name", holiday.name().strip())
                    .update());
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "holidays-added",
                    null,
                    Map.of("count", Integer.toString(holidays.size())));
            return holidays;
        });
    }

    /// Every office's holidays of a year, and the own ones of an office.
    ///
    /// @param officeId whose own ones as well; missing: nobody's
    @Get
    List<Holiday> list(
            @QueryValue int year, @QueryValue @Nullable UUID officeId, @Parameter(hidden = true) Viewer viewer) {
        if (year < 1900 || year > 2999) {
            throw Problem.invalid("year", year, "a year such as 2026");
        }
        return transactions.run(connection -> list(
                connection,
                officeId == null ? null : Integer.valueOf(RosterAccess.see(connection, viewer, officeId)),
                LocalDate.of(year, 1, 1),
                LocalDate.of(year, 12, 31)));
    }

    /// Every office's holidays from one day to another, and the own ones of an office.
    ///
    /// @param officeNo whose own ones as well; null: nobody's
    public static List<Holiday> list(Connection connection, @Nullable Integer officeNo, LocalDate from, LocalDate to) {
        return Sql.on(connection, """
                        select h.day::text as day, h.name, o.office_id from holiday h left join office o using (office_no)
                         where (h.office_no is null or h.office_no = :office) and h.day between :from and :to
                         order by h.day, h.office_no nulls first""")
                .with("office", officeNo)
                .with("from", from)
                .with("to", to)
                .list(row ->
                        new Holiday(LocalDate.parse(row.text("day")), row.text("name"), row.findUuid("office_id")));
    }

    /// Takes a holiday back.
    @Delete("/{day}")
    @Status(HttpStatus.NO_CONTENT)
    void remove(LocalDate day, @QueryValue @Nullable UUID officeId, @Parameter(hidden = true) Viewer viewer) {
        transactions.run(connection -> {
            Integer office = office(connection, officeId, viewer);
            int removed = Sql.on(connection, """
                            delete from holiday where day = :day and coalesce(office_no, 0) = coalesce(:office::int, 0)""")
                    .with("day", day)
                    .with("office", office)
                    .update();
            if (removed == 0) {
                throw Problem.notFound("holiday", day.toString());
            }
            AuditLog.write(connection, viewer.actor(), "holiday-removed", null, Map.of("day", day.toString()));
            return removed;
        });
    }

    private static @Nullable Integer office(Connection connection, @Nullable UUID officeId, Viewer viewer) {
        if (officeId == null) {
            RosterAccess.check(connection, viewer, null);
            return null;
        }
        return RosterAccess.change(connection, viewer, officeId);
    }
}
