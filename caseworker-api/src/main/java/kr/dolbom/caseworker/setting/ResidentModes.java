package kr.dolbom.caseworker.setting;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
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
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
import org.jspecify.annotations.Nullable;

/// Away and hospital mode, and learning anew. In a mode the resident's silence raises no alert; a call for help does.
@Controller("/api/v1/residents/{residentId}")
@Tag(name = "risk settings")
@Secured({Role.OPERATOR, Role.CASEWORKER})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class ResidentModes {
    private static final Duration LONGEST = Duration.ofDays(60);

    private final Transactions transactions;
    private final InstantSource clock;

    ResidentModes(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A mode to set.
    ///
    /// @param mode `away` or `hospital`
    /// @param until when it ends by itself, at most 60 days from now
    /// @param reason why
    @Introspected
    public record NewMode(
            @NotNull(message = "away or hospital") @Pattern(regexp = "away|hospital", message = "away or hospital") String mode,

            @NotNull(message = "a moment such as 2026-08-01T09:00:00+09:00") OffsetDateTime until,

            @NotBlank(message = RiskSettings.REASON) @Size(min = 3, max = 500, message = RiskSettings.REASON) String reason) {}

    /// A mode, running or over.
    ///
    /// @param mode `away` or `hospital`
    /// @param since when it began
    /// @param until when it ends or ended
    /// @param setBy the login of who set it
    /// @param reason why
    /// @param endedBy who ended it before its time; null: nobody
    /// @param running whether it holds now
    @Introspected
    public record Mode(
            String mode,
            OffsetDateTime since,
            OffsetDateTime until,
            String setBy,
            String reason,
            @Nullable String endedBy,
            boolean running) {}

    /// Why the engine is to learn anew.
    ///
    /// @param reason such as a move or a long stay in hospital
    @Introspected
    public record Relearning(
            @NotBlank(message = RiskSettings.REASON) @Size(min = 3, max = 500, message = RiskSettings.REASON) String reason) {}

    /// Sets a mode from now on; one that runs ends with it.
    @Put("/mode")
    Mode set(UUID residentId, @Body @Valid NewMode mode, @Parameter(hidden = true) Viewer viewer) {
        Instant now = clock.instant();
        Instant until = mode.until().toInstant();
        if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST))) {
            throw Problem.invalid("until", mode.until(), "a moment within the next 60 days");
        }
        return transactions.run(connection -> {
            int number = number(connection, residentId, viewer);
            end(connection, number, viewer, now);
            Sql.on(connection, """
                            insert into resident_mode (resident_no, mode, begins_at, ends_at, set_by, reason)
                            values (:resident, :mode, :now, :until, :by, :reason)""")
                    .with("resident", number)
                    .with("mode", mode.mode())
                    .with("now", now)
                    .with("until", until)
                    .with("by", viewer.actor().name())
                    .with("reason", mode.reason().strip())
                    .update();
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "mode-set",
                    number,
                    Map.of("mode", mode.mode(), "until", until.toString()));
            RiskSettings.tellEngine(connection);
            return list(connection, number, now).getFirst();
        });
    }

    /// Ends the mode that runs, if one does.
    @Delete("/mode")
    @Status(HttpStatus.NO_CONTENT)
    void end(UUID residentId, @Parameter(hidden = true) Viewer viewer) {
        transactions.run(connection -> {
            int number = number(connection, residentId, viewer);
            if (end(connection, number, viewer, clock.instant()) > 0) {
                AuditLog.write(connection, viewer.actor(), "mode-ended", number);
                RiskSettings.tellEngine(connection);
            }
            return number;
        });
    }

    /// The resident's modes, newest first.
    @Get("/modes")
    List<Mode> list(UUID residentId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            int number = number(connection, residentId, viewer);
            AuditLog.write(connection, viewer.actor(), "modes-read", number);
            return list(connection, number, clock.instant());
        });
    }

    /// Asks the engine to forget the resident's rhythm and learn it anew; until then the others' counts.
    @Post("/relearning")
    HttpResponse<Relearning> relearn(
            UUID residentId, @Body @Valid Relearning relearning, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            int number = number(connection, residentId, viewer);
            Sql.on(connection, """
                            insert into relearning (resident_no, asked_by, reason)
                            values (:resident, :by, :reason)""")
                    .with("resident", number)
                    .with("by", viewer.actor().name())
                    .with("reason", relearning.reason().strip())
                    .update();
            AuditLog.write(connection, viewer.actor(), "relearning-asked", number);
            RiskSettings.tellEngine(connection);
            return HttpResponse.accepted().body(relearning);
        });
    }

    private static int number(Connection connection, UUID residentId, Viewer viewer) {
        Integer number = Scopes.ofResident(connection, residentId, viewer).residentNo();
        if (number == null) {
            throw Problem.notFound("resident", residentId);
        }
        return number;
    }

    private static int end(Connection connection, int residentNo, Viewer viewer, Instant now) {
        return Sql.on(connection, """
                        update resident_mode
                           set ends_at = greatest(:now, begins_at + interval '1 microsecond'), ended_by = :by
                         where resident_no = :resident and ends_at > :now""")
                .with("resident", residentNo)
                .with("by", viewer.actor().name())
                .with("now", now)
                .update();
    }

    private static List<Mode> list(Connection connection, int residentNo, Instant now) {
        return Sql.on(connection, """
                        select mode, begins_at, ends_at, set_by, reason, ended_by, ends_at > :now as running
                          from resident_mode where resident_no = :resident order by mode_no desc limit 100""")
                .with("resident", residentNo)
                .with("now", now)
                .list(ResidentModes::read);
    }

    private static Mode read(Row row) {
        return new Mode(
                row.text("mode"),
                row.instant("begins_at").atOffset(ZoneOffset.UTC),
                row.instant("ends_at").atOffset(ZoneOffset.UTC),
                row.text("set_by"),
                row.text("reason"),
                row.findText("ended_by"),
                row.flag("running"));
    }
}
