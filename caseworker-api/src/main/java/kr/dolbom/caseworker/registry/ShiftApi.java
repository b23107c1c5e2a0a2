package kr.dolbom.caseworker.registry;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// Who is on call for an office and when.
@Controller("/api/v1/on-call-shifts")
@Tag(name = "registry")
@Secured(Role.OPERATOR)
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class ShiftApi {
    private static final String COLUMNS = """
            select o.office_id, c.caseworker_id, s.position, s.starts_at, s.ends_at
              from on_call_shift s join office o using (office_no) join caseworker c using (caseworker_no)
            """;

    private final Transactions transactions;

    ShiftApi(Transactions transactions) {
        this.transactions = transactions;
    }

    /// A shift.
    ///
    /// @param officeId for which office
    /// @param caseworkerId who, of that office
    /// @param position 1 is called first
    /// @param startsAt from when on
    /// @param endsAt until when; missing for until further notice
    @Introspected
    public record Shift(
            @NotNull(message = "the id of an office") UUID officeId,

            @NotNull(message = "the id of a caseworker of this office") UUID caseworkerId,

            @NotNull(message = "a number from 1 to 100") @Min(value = 1, message = "a number from 1 to 100") @Max(value = 100, message = "a number from 1 to 100") Integer position,

            @NotNull(message = "a moment such as 2026-08-01T09:00:00+09:00") OffsetDateTime startsAt,

            @Nullable OffsetDateTime endsAt) {}

    /// Adds a shift.
    @Post
    HttpResponse<Shift> add(@Body @Valid Shift shift) {
        OffsetDateTime end = shift.endsAt();
        if (end != null && !end.isAfter(shift.startsAt())) {
            throw Problem.invalid("endsAt", end, "a moment after startsAt " + shift.startsAt());
        }
        transactions.run(connection -> {
            int officeNo = OfficeApi.numberOf(connection, shift.officeId());
            return Sql.on(connection, """
                            insert into on_call_shift (office_no, caseworker_no, position, starts_at, ends_at)
                            values (:office, :caseworker, :position, :starts, :ends)""")
                    .with("office", officeNo)
                    .with("caseworker", CaseworkerRegistryApi.numberOf(connection, shift.caseworkerId(), officeNo))
                    .with("position", shift.position())
                    .with("starts", shift.startsAt().toInstant())
                    .with("ends", end == null ? null : end.toInstant())
                    .update();
        });
        return HttpResponse.created(shift);
    }

    /// All shifts, first position first.
    @Get
    List<Shift> list() {
        return transactions.run(
                connection -> Sql.on(connection, COLUMNS + "order by s.office_no, s.starts_at, s.position, s.shift_no")
                        .list(ShiftApi::read));
    }

    private static Shift read(Row row) {
        Instant end = row.findInstant("ends_at");
        return new Shift(
                row.uuid("office_id"),
                row.uuid("caseworker_id"),
                row.number("position"),
                row.instant("starts_at")
                        .atZone(java.time.ZoneId.of("Asia/Seoul"))
                        .toOffsetDateTime(),
                end == null
                        ? null
                        : end.atZone(java.time.ZoneId.of("Asia/Seoul")).toOffsetDateTime());
    }
}
