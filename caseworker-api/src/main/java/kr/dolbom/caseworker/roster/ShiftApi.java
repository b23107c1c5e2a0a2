package kr.dolbom.caseworker.roster;

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
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.PageLimit;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// Who is on call for an office and when, shift by shift, and swaps of two shifts.
@Controller("/api/v1/on-call-shifts")
@Tag(name = "rosters")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class ShiftApi {
    private static final Duration SHOWN_BACK = Duration.ofDays(31);
    private static final PageLimit LIMIT = new PageLimit(200, 1000);
    private static final String COLUMNS = """
            select s.shift_id, o.office_id, o.time_zone, c.caseworker_id, c.name, s.position, s.starts_at,
                   s.ends_at, p.name as pattern
              from on_call_shift s join office o using (office_no) join caseworker c using (caseworker_no)
              left join shift_pattern p on p.pattern_no = s.pattern_no
            """;

    private final ShiftDesk desk;
    private final Transactions transactions;
    private final Clock clock;

    ShiftApi(ShiftDesk desk, Transactions transactions, Clock clock) {
        this.desk = desk;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A shift to add.
    ///
    /// @param officeId for which office
    /// @param caseworkerId who, of that office
    /// @param position 1 is called first
    /// @param startsAt from when on
    /// @param endsAt until when; missing for until further notice
    @Introspected
    public record NewShift(
            @NotNull(message = "the id of an office") UUID officeId,

            @NotNull(message = "the id of a caseworker of this office") UUID caseworkerId,

            @NotNull(message = "a number from 1 to 100") @Min(value = 1, message = "a number from 1 to 100") @Max(value = 100, message = "a number from 1 to 100") Integer position,

            @NotNull(message = "a moment such as 2026-08-01T09:00:00+09:00") OffsetDateTime startsAt,

            @Nullable OffsetDateTime endsAt) {}

    /// A shift.
    ///
    /// @param shiftId the public id
    /// @param officeId for which office
    /// @param caseworkerId who
    /// @param name their name
    /// @param position 1 is called first
    /// @param startsAt from when on, in the office's time
    /// @param endsAt until when; null for until further notice
    /// @param pattern the name of what it was made from; null: by hand
    @Introspected
    public record Shift(
            UUID shiftId,
            UUID officeId,
            UUID caseworkerId,
            String name,
            int position,
            OffsetDateTime startsAt,
            @Nullable OffsetDateTime endsAt,
            @Nullable String pattern) {}

    /// The other shift of a swap.
    ///
    /// @param withShiftId whose person takes this one, and the other way round
    @Introspected
    public record Swap(
            @NotNull(message = "the id of another shift of this office") UUID withShiftId) {}

    /// Adds a shift. Refused with 409, the other one named, while the person or the position is taken.
    @Post
    HttpResponse<Shift> add(@Body @Valid NewShift shift, @Parameter(hidden = true) Viewer viewer) {
        UUID added = desk.add(
                viewer,
                shift.officeId(),
                shift.caseworkerId(),
                shift.position(),
                span(shift.startsAt(), shift.endsAt()));
        Shift made = transactions.run(connection -> get(connection, added));
        return HttpResponse.created(made);
    }

    /// One page of shifts.
    ///
    /// @param shifts of one office after the other, by start and position
    /// @param after for the next page; null where this was the last
    @Introspected
    public record Page(List<Shift> shifts, @Nullable UUID after) {}

    /// The shifts that this account may see, one page at a time; without `from` those of the last
    /// month too.
    ///
    /// @param officeId of this office alone; missing: of all
    /// @param from those that end later
    /// @param to those that begin earlier; missing: all to come
    /// @param after the member `after` of the last page; missing: the first page. A shift that was
    ///     taken back since then is refused: begin anew
    /// @param limit shifts on a page, 1 to 1,000; missing: 200
    @Get
    Page list(
            @QueryValue @Nullable UUID officeId,
            @QueryValue @Nullable Instant from,
            @QueryValue @Nullable Instant to,
            @QueryValue @Nullable UUID after,
            @QueryValue @Nullable Integer limit,
            @Parameter(hidden = true) Viewer viewer) {
        int size = LIMIT.of(limit);
        return transactions.run(connection -> {
            Integer officeNo = officeId == null
                    ? viewer.officeNo()
                    : Integer.valueOf(RosterAccess.see(connection, viewer, officeId));
            checkAfter(connection, officeNo, after);
            List<Shift> shifts = Sql.on(connection, COLUMNS + """
                             where (:office::int is null or s.office_no = :office)
                               and (s.ends_at is null or s.ends_at > :from)
                               and (:to::timestamptz is null or s.starts_at < :to)
                               and (:after::uuid is null
                                    or (s.office_no, s.starts_at, s.position, s.shift_no) >
                                       (select office_no, starts_at, position, shift_no
                                          from on_call_shift where shift_id = :after))
                             order by s.office_no, s.starts_at, s.position, s.shift_no limit :limit""")
                    .with("office", officeNo)
                    .with("from", from == null ? clock.instant().minus(SHOWN_BACK) : from)
                    .with("to", to)
                    .with("after", after)
                    .with("limit", size)
                    .list(ShiftApi::read);
            return new Page(
                    shifts, shifts.size() < size ? null : shifts.getLast().shiftId());
        });
    }

    private static void checkAfter(Connection connection, @Nullable Integer officeNo, @Nullable UUID after) {
        boolean isThere = after == null
                || Sql.on(connection, """
                                select exists (select from on_call_shift
                                                where shift_id = :after
                                                  and (:office::int is null or office_no = :office)) as there""")
                        .with("after", after)
                        .with("office", officeNo)
                        .get(row -> row.flag("there"));
        if (!isThere) {
            throw Problem.invalid("after", after, "the after of another page");
        }
    }

    /// Takes a shift back that has not begun; one that has begun ends now.
    @Delete("/{shiftId}")
    @Status(HttpStatus.NO_CONTENT)
    void remove(UUID shiftId, @Parameter(hidden = true) Viewer viewer) {
        desk.remove(viewer, shiftId);
    }

    /// Swaps the people of two shifts that have not begun. Refused with 409 where somebody would then be
    /// in two places at once, on leave, or have less than 11 hours of rest.
    @Post("/{shiftId}/swap")
    List<Shift> swap(UUID shiftId, @Body @Valid Swap swap, @Parameter(hidden = true) Viewer viewer) {
        desk.swap(viewer, shiftId, swap.withShiftId());
        return transactions.run(connection -> List.of(get(connection, shiftId), get(connection, swap.withShiftId())));
    }

    static Span span(OffsetDateTime start, @Nullable OffsetDateTime end) {
        if (end != null && !end.isAfter(start)) {
            throw Problem.invalid("endsAt", end, "a moment after startsAt " + start);
        }
        return Span.of(start.toInstant(), end == null ? null : end.toInstant());
    }

    private static Shift get(Connection connection, UUID shiftId) {
        return Sql.on(connection, COLUMNS + " where s.shift_id = :shift")
                .with("shift", shiftId)
                .get(ShiftApi::read);
    }

    private static Shift read(Row row) {
        ZoneId zone = ZoneId.of(row.text("time_zone"));
        Instant end = row.findInstant("ends_at");
        return new Shift(
                row.uuid("shift_id"),
                row.uuid("office_id"),
                row.uuid("caseworker_id"),
                row.secret("name", SecretColumn.CASEWORKER_NAME),
                row.number("position"),
                row.instant("starts_at").atZone(zone).toOffsetDateTime(),
                end == null ? null : end.atZone(zone).toOffsetDateTime(),
                row.findText("pattern"));
    }
}
