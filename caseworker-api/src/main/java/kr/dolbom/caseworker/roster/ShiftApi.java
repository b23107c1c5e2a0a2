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
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.registry.CaseworkerRegistryApi;
import org.jspecify.annotations.Nullable;

/// Who is on call for an office and when, shift by shift, and swaps of two shifts.
@Controller("/api/v1/on-call-shifts")
@Tag(name = "rosters")
@Secured({Role.OPERATOR, Role.CASEWORKER})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class ShiftApi {
    private final Transactions transactions;
    private final Clock clock;

    ShiftApi(Transactions transactions, Clock clock) {
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
        Span span = span(shift.startsAt(), shift.endsAt());
        Shift added = transactions.run(connection -> {
            int office = RosterAccess.change(connection, viewer, shift.officeId());
            int caseworker = CaseworkerRegistryApi.numberOf(connection, shift.caseworkerId(), office);
            ShiftBook.lock(connection);
            ShiftBook.checkShift(connection, office, caseworker, shift.position(), span);
            UUID shiftId = ShiftBook.add(connection, office, caseworker, shift.position(), span, null);
            AuditLog.write(connection, viewer.actor(), "shift-added", null, Map.of("shift", shiftId.toString()));
            return get(connection, shiftId);
        });
        return HttpResponse.created(added);
    }

    /// The shifts that this account may see, by start and position; without `from` those of the last
    /// month too.
    ///
    /// @param officeId of this office alone; missing: of all
    /// @param from those that end later
    /// @param to those that begin earlier; missing: all to come
    @Get
    List<Shift> list(
            @QueryValue @Nullable UUID officeId,
            @QueryValue @Nullable Instant from,
            @QueryValue @Nullable Instant to,
            @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> list(
                connection,
                officeId == null ? viewer.officeNo() : Integer.valueOf(RosterAccess.see(connection, viewer, officeId)),
                null,
                from == null ? clock.instant().minus(java.time.Duration.ofDays(31)) : from,
                to));
    }

    /// Takes a shift back that has not begun; one that has begun ends now.
    @Delete("/{shiftId}")
    @Status(HttpStatus.NO_CONTENT)
    void remove(UUID shiftId, @Parameter(hidden = true) Viewer viewer) {
        transactions.run(connection -> {
            ShiftBook.lock(connection);
            RosterAccess.check(
                    connection,
                    viewer,
                    ShiftBook.getShift(connection, shiftId).duty().officeNo());
            AuditLog.write(connection, viewer.actor(), "shift-removed", null, Map.of("shift", shiftId.toString()));
            return Sql.on(connection, """
                                    delete from on_call_shift where shift_id = :shift and starts_at >= :now""")
                                    .with("shift", shiftId)
                                    .with("now", clock.instant())
                                    .update()
                            == 1
                    ? 1
                    : Sql.on(connection, """
                                    update on_call_shift set ends_at = :now
                                     where shift_id = :shift and (ends_at is null or ends_at > :now)""")
                            .with("shift", shiftId)
                            .with("now", clock.instant())
                            .update();
        });
    }

    /// Swaps the people of two shifts that have not begun. Refused with 409 where somebody would then be
    /// in two places at once, on leave, or have less than 11 hours of rest.
    @Post("/{shiftId}/swap")
    List<Shift> swap(UUID shiftId, @Body @Valid Swap swap, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            ShiftBook.lock(connection);
            ShiftBook.Entry first = ShiftBook.getShift(connection, shiftId);
            ShiftBook.Entry second = ShiftBook.getShift(connection, swap.withShiftId());
            RosterAccess.check(connection, viewer, first.duty().officeNo());
            checkMaySwap(first, second);
            ShiftBook.checkSwap(connection, first, second.duty().caseworkerNo(), swap.withShiftId());
            ShiftBook.checkSwap(connection, second, first.duty().caseworkerNo(), shiftId);
            give(connection, shiftId, second.duty().caseworkerNo());
            give(connection, swap.withShiftId(), first.duty().caseworkerNo());
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "shifts-swapped",
                    null,
                    Map.of(
                            "shift", shiftId.toString(),
                            "with", swap.withShiftId().toString()));
            return List.of(get(connection, shiftId), get(connection, swap.withShiftId()));
        });
    }

    private void checkMaySwap(ShiftBook.Entry first, ShiftBook.Entry second) {
        Instant now = clock.instant();
        Duty one = first.duty();
        Duty other = second.duty();
        if (one.officeNo() != other.officeNo() || one.caseworkerNo() == other.caseworkerNo()) {
            throw Problem.invalid("withShiftId", other.id(), "a shift of somebody else of the same office");
        }
        if (one.span().start().isBefore(now) || other.span().start().isBefore(now)) {
            throw Problem.conflict("A shift that has begun cannot be swapped; add an override for the rest of it.");
        }
    }

    private static void give(Connection connection, UUID shiftId, int caseworkerNo) {
        Sql.on(connection, "update on_call_shift set caseworker_no = :caseworker where shift_id = :shift")
                .with("caseworker", caseworkerNo)
                .with("shift", shiftId)
                .update();
    }

    static Span span(OffsetDateTime start, @Nullable OffsetDateTime end) {
        if (end != null && !end.isAfter(start)) {
            throw Problem.invalid("endsAt", end, "a moment after startsAt " + start);
        }
        return Span.of(start.toInstant(), end == null ? null : end.toInstant());
    }

    private static Shift get(Connection connection, UUID shiftId) {
        return list(connection, null, shiftId, null, null).getFirst();
    }

    private static List<Shift> list(
            Connection connection,
            @Nullable Integer officeNo,
            @Nullable UUID shiftId,
            @Nullable Instant from,
            @Nullable Instant to) {
        return Sql.on(connection, """
                        select s.shift_id, o.office_id, o.time_zone, c.caseworker_id, c.name, s.position, s.starts_at,
                               s.ends_at, p.name as pattern
                          from on_call_shift s join office o using (office_no) join caseworker c using (caseworker_no)
                          left join shift_pattern p on p.pattern_no = s.pattern_no
                         where (:office::int is null or s.office_no = :office)
                           and (:shift::uuid is null or s.shift_id = :shift)
                           and (:from::timestamptz is null or s.ends_at is null or s.ends_at > :from)
                           and (:to::timestamptz is null or s.starts_at < :to)
                         order by s.office_no, s.starts_at, s.position, s.shift_no""")
                .with("office", officeNo)
                .with("shift", shiftId)
                .with("from", from)
                .with("to", to)
                .list(ShiftApi::read);
    }

    private static Shift read(Row row) {
        ZoneId zone = ZoneId.of(row.text("time_zone"));
        Instant end = row.findInstant("ends_at");
        return new Shift(
                row.uuid("shift_id"),
                row.uuid("office_id"),
                row.uuid("caseworker_id"),
                row.text("name"),
                row.number("position"),
                row.instant("starts_at").atZone(zone).toOffsetDateTime(),
                end == null ? null : end.atZone(zone).toOffsetDateTime(),
                row.findText("pattern"));
    }
}
