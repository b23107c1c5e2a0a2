package kr.dolbom.caseworker.operations;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.notice.Notices;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.roster.RosterAccess;

/// Maintenance of an office: its alerts are held back, unless they are critical, until it ends.
@Controller("/api/v1/maintenance")
@Tag(name = "operations")
@Secured(Role.OPERATOR)
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class MaintenanceApi {
    private static final Duration LONGEST = Duration.ofHours(24);

    private final Transactions transactions;
    private final Clock clock;

    MaintenanceApi(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A maintenance to begin now.
    ///
    /// @param officeId of which office
    /// @param until when it ends by itself, at most 24 h from now
    /// @param reason why
    @Introspected
    public record NewMaintenance(
            @NotNull(message = "the id of an office") UUID officeId,

            @NotNull(message = "a moment such as 2026-08-01T18:00:00+09:00") OffsetDateTime until,

            @NotBlank(message = "1 to 200 characters") @Size(max = 200, message = "1 to 200 characters") String reason) {}

    /// Another end.
    ///
    /// @param until when it ends by itself, at most 24 h after it began
    /// @param reason why
    @Introspected
    public record NewEnd(
            @NotNull(message = "a moment such as 2026-08-01T18:00:00+09:00") OffsetDateTime until,

            @NotBlank(message = "1 to 200 characters") @Size(max = 200, message = "1 to 200 characters") String reason) {}

    /// Begins one; the office's supervisors get a notice. Refused with 409 while the office has one.
    @Post
    HttpResponse<Maintenance> begin(@Body @Valid NewMaintenance maintenance, @Parameter(hidden = true) Viewer viewer) {
        Instant now = now();
        Instant until = until(maintenance.until(), now, now);
        String reason = maintenance.reason().strip();
        Maintenance begun = transactions.run(connection -> {
            int office = RosterAccess.see(connection, viewer, maintenance.officeId());
            lock(connection, office);
            Maintenances.endExpired(connection, office, now);
            if (Maintenances.find(connection, office, now).isPresent()) {
                throw Problem.conflict("The office is in maintenance already; extend that one, or end it first.");
            }
            UUID id = Sql.on(connection, """
                            insert into maintenance (office_no, begins_at, ends_at, reason, begun_by)
                            values (:office, :now, :until, :reason, :by) returning maintenance_id""")
                    .with("office", office)
                    .with("now", now)
                    .with("until", until)
                    .with("reason", reason)
                    .with("by", viewer.actor().name())
                    .get(row -> row.uuid("maintenance_id"));
            audit(connection, viewer, "maintenance-begun", id, until, reason);
            return changed(connection, office, id, now);
        });
        return HttpResponse.created(begun);
    }

    /// Gives it another end. Refused with 409 when it is over.
    @Put("/{maintenanceId}")
    Maintenance extend(UUID maintenanceId, @Body @Valid NewEnd end, @Parameter(hidden = true) Viewer viewer) {
        Instant now = now();
        String reason = end.reason().strip();
        return transactions.run(connection -> {
            Maintenances.Found found = getRunning(connection, maintenanceId, now);
            Instant until = until(end.until(), found.maintenance().beginsAt().toInstant(), now);
            Sql.on(connection, "update maintenance set ends_at = :until where maintenance_id = :id")
                    .with("until", until)
                    .with("id", maintenanceId)
                    .update();
            audit(connection, viewer, "maintenance-extended", maintenanceId, until, reason);
            return changed(connection, found.officeNo(), maintenanceId, now);
        });
    }

    /// Ends it now: every alert that was held goes on. Nothing happens when it is over already.
    @Delete("/{maintenanceId}")
    @Status(HttpStatus.NO_CONTENT)
    void end(UUID maintenanceId, @Parameter(hidden = true) Viewer viewer) {
        Instant now = now();
        transactions.run(connection -> {
            Maintenances.Found found = get(connection, maintenanceId);
            if (found.maintenance().endedAt() == null) {
                Sql.on(connection, """
                                update maintenance set ended_at = least(:now, ends_at) where maintenance_id = :id""")
                        .with("now", now)
                        .with("id", maintenanceId)
                        .update();
                AuditLog.write(
                        connection,
                        viewer.actor(),
                        "maintenance-ended",
                        null,
                        Map.of("maintenance", maintenanceId.toString()));
                Maintenances.goOn(connection, found.officeNo(), now);
            }
            return maintenanceId;
        });
    }

    /// An office's, newest first, at most 100; its caseworkers see them too.
    @Get
    @Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
    List<Maintenance> list(@QueryValue UUID officeId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            int office = RosterAccess.see(connection, viewer, officeId);
            Maintenances.endExpired(connection, office, now());
            return Maintenances.list(connection, office);
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant until(OffsetDateTime until, Instant beginsAt, Instant now) {
        Instant latest = beginsAt.plus(LONGEST);
        Instant moment = until.toInstant();
        if (!moment.isAfter(now) || moment.isAfter(latest)) {
            throw Problem.invalid(
                    "until", until, "a moment after now and not after %s, 24 h after it begins".formatted(latest));
        }
        return moment;
    }

    private static Maintenances.Found get(Connection connection, UUID maintenanceId) {
        return Maintenances.findAndLock(connection, maintenanceId)
                .orElseThrow(() -> Problem.notFound("maintenance", maintenanceId));
    }

    private static Maintenances.Found getRunning(Connection connection, UUID maintenanceId, Instant now) {
        Maintenances.Found found = get(connection, maintenanceId);
        Maintenance maintenance = found.maintenance();
        if (maintenance.endedAt() != null || !maintenance.until().toInstant().isAfter(now)) {
            throw Problem.conflict("Maintenance %s is over; begin another one.".formatted(maintenanceId));
        }
        return found;
    }

    /// Supervisors and open alerts get to know.
    private static Maintenance changed(Connection connection, int office, UUID id, Instant now) {
        Maintenance maintenance = Maintenances.get(connection, id);
        Notices.end(connection, office, Maintenances.NOTICE, "", now);
        Notices.raise(
                connection,
                office,
                Maintenances.NOTICE,
                "",
                now,
                maintenance
                        .until()
                        .toLocalDateTime()
                        .truncatedTo(ChronoUnit.MINUTES)
                        .toString()
                        .replace('T', ' '),
                maintenance.reason());
        Maintenances.lookAround(connection, office);
        return maintenance;
    }

    private static void audit(
            Connection connection, Viewer viewer, String action, UUID id, Instant until, String reason) {
        AuditLog.write(
                connection,
                viewer.actor(),
                action,
                null,
                Map.of("maintenance", id.toString(), "until", until.toString(), "reason", reason));
    }

    private static void lock(Connection connection, int office) {
        Sql.on(connection, "select office_no from office where office_no = :office for no key update")
                .with("office", office)
                .get(row -> row.number("office_no"));
    }
}
