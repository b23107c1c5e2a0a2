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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import org.jspecify.annotations.Nullable;

/// Away and hospital mode, and learning anew. In a mode the resident's silence raises no alert; a call for help does.
@Controller("/api/v1/residents/{residentId}")
@Tag(name = "risk settings")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class ResidentModes {
    private final Transactions transactions;
    private final ModeBook modes;

    ResidentModes(Transactions transactions, ModeBook modes) {
        this.transactions = transactions;
        this.modes = modes;
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

            @NotBlank(message = RiskSettings.REASON) @Size(min = 2, max = 500, message = RiskSettings.REASON) String reason) {}

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
            @NotBlank(message = RiskSettings.REASON) @Size(min = 2, max = 500, message = RiskSettings.REASON) String reason) {}

    /// Sets a mode from now on; one that runs ends with it.
    @Put("/mode")
    Mode set(UUID residentId, @Body @Valid NewMode mode, @Parameter(hidden = true) Viewer viewer) {
        return modes.set(residentId, mode, viewer);
    }

    /// Ends the mode that runs, if one does.
    @Delete("/mode")
    @Status(HttpStatus.NO_CONTENT)
    void end(UUID residentId, @Parameter(hidden = true) Viewer viewer) {
        modes.end(residentId, viewer);
    }

    /// The resident's modes, newest first.
    @Get("/modes")
    List<Mode> list(UUID residentId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            int number = ModeBook.number(connection, residentId, viewer);
            AuditLog.write(connection, viewer.actor(), "modes-read", number);
            return modes.list(connection, number);
        });
    }

    /// Asks the engine to forget the resident's rhythm and learn it anew; until then the others' counts.
    @Post("/relearning")
    HttpResponse<Relearning> relearn(
            UUID residentId, @Body @Valid Relearning relearning, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            int number = ModeBook.number(connection, residentId, viewer);
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
}
