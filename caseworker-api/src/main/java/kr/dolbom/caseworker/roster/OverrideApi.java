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
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.secrecy.SecretColumn;

/// Overrides: somebody stands in at a position for a time, whoever's shift it is.
@Controller("/api/v1/on-call-overrides")
@Tag(name = "rosters")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class OverrideApi {
    private static final String COLUMNS = """
            select d.override_id, o.office_id, o.time_zone, c.caseworker_id, c.name, d.position, d.starts_at, d.ends_at,
                   d.reason, d.set_by
              from on_call_override d join office o using (office_no) join caseworker c using (caseworker_no)
            """;

    private final OverrideDesk desk;
    private final Transactions transactions;
    private final Clock clock;

    OverrideApi(OverrideDesk desk, Transactions transactions, Clock clock) {
        this.desk = desk;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// An override to add.
    ///
    /// @param officeId of which office
    /// @param position whose place is taken; 1 is called first
    /// @param caseworkerId who stands in, of that office
    /// @param startsAt from when on
    /// @param endsAt until when
    /// @param reason why, without anything about anybody's health
    @Introspected
    public record NewOverride(
            @NotNull(message = "the id of an office") UUID officeId,

            @NotNull(message = "a number from 1 to 100") @Min(value = 1, message = "a number from 1 to 100") @Max(value = 100, message = "a number from 1 to 100") Integer position,

            @NotNull(message = "the id of a caseworker of this office") UUID caseworkerId,

            @NotNull(message = "a moment such as 2026-08-01T09:00:00+09:00") OffsetDateTime startsAt,

            @NotNull(message = "a moment such as 2026-08-01T18:00:00+09:00") OffsetDateTime endsAt,

            @NotBlank(message = "1 to 200 characters") @Size(max = 200, message = "1 to 200 characters") String reason) {}

    /// An override.
    ///
    /// @param overrideId the public id
    /// @param officeId of which office
    /// @param position whose place is taken
    /// @param caseworkerId who stands in
    /// @param name their name
    /// @param startsAt from when on, in the office's time
    /// @param endsAt until when
    /// @param reason why
    /// @param setBy the login of who set it
    @Introspected
    public record StandIn(
            UUID overrideId,
            UUID officeId,
            int position,
            UUID caseworkerId,
            String name,
            OffsetDateTime startsAt,
            OffsetDateTime endsAt,
            String reason,
            String setBy) {}

    /// Adds an override. Refused with 409, the other one named, while the person is on duty elsewhere or
    /// somebody stands in already.
    @Post
    HttpResponse<StandIn> add(@Body @Valid NewOverride override, @Parameter(hidden = true) Viewer viewer) {
        UUID added = desk.add(
                viewer,
                override.officeId(),
                override.position(),
                override.caseworkerId(),
                ShiftApi.span(override.startsAt(), override.endsAt()),
                override.reason());
        StandIn made = transactions.run(connection -> Sql.on(connection, COLUMNS + "where d.override_id = :id")
                .with("id", added)
                .get(OverrideApi::read));
        return HttpResponse.created(made);
    }

    /// An office's overrides that are not over, by start.
    @Get
    List<StandIn> list(@QueryValue UUID officeId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> Sql.on(connection, COLUMNS + """
                        where d.office_no = :office and d.cancelled_at is null and d.ends_at > :now
                        order by d.starts_at, d.position""")
                .with("office", RosterAccess.see(connection, viewer, officeId))
                .with("now", clock.instant())
                .list(OverrideApi::read));
    }

    /// Takes an override back; from now on the shift's own person counts.
    @Delete("/{overrideId}")
    @Status(HttpStatus.NO_CONTENT)
    void cancel(UUID overrideId, @Parameter(hidden = true) Viewer viewer) {
        desk.cancel(viewer, overrideId);
    }

    private static StandIn read(Row row) {
        ZoneId zone = ZoneId.of(row.text("time_zone"));
        return new StandIn(
                row.uuid("override_id"),
                row.uuid("office_id"),
                row.number("position"),
                row.uuid("caseworker_id"),
                row.secret("name", SecretColumn.CASEWORKER_NAME),
                row.instant("starts_at").atZone(zone).toOffsetDateTime(),
                row.instant("ends_at").atZone(zone).toOffsetDateTime(),
                row.text("reason"),
                row.text("set_by"));
    }
}
