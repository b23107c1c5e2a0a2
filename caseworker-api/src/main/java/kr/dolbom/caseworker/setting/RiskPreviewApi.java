package kr.dolbom.caseworker.setting;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.sql.Connection;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;

/// What other risk settings would have done, before anybody saves them: whoever may set them may ask.
@Controller("/api/v1")
@Tag(name = "risk settings")
@Secured(Role.OPERATOR)
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class RiskPreviewApi {
    private final Transactions transactions;
    private final InstantSource clock;

    RiskPreviewApi(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Asks what other settings of an office would have done to all its residents who have none of their own. The
    /// engine works it out; look at the preview for how far it has come.
    @Post("/offices/{officeId}/risk-settings/previews")
    HttpResponse<RiskPreviews.Preview> askOfOffice(
            UUID officeId, @Body @Valid RiskPreviews.Question question, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> ask(connection, Scopes.ofOffice(connection, officeId), question, viewer));
    }

    /// A preview of an office: how far it is, and what came of it.
    @Get("/offices/{officeId}/risk-settings/previews/{previewId}")
    RiskPreviews.Preview ofOffice(UUID officeId, UUID previewId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(
                connection -> look(connection, Scopes.ofOffice(connection, officeId), previewId, viewer));
    }

    /// Asks what other settings of a resident would have done.
    @Post("/residents/{residentId}/risk-settings/previews")
    @Secured({Role.OPERATOR, Role.CASEWORKER})
    HttpResponse<RiskPreviews.Preview> askOfResident(
            UUID residentId, @Body @Valid RiskPreviews.Question question, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(
                connection -> ask(connection, Scopes.ofResident(connection, residentId, viewer), question, viewer));
    }

    /// A preview of a resident: how far it is, and what came of it.
    @Get("/residents/{residentId}/risk-settings/previews/{previewId}")
    @Secured({Role.OPERATOR, Role.CASEWORKER})
    RiskPreviews.Preview ofResident(UUID residentId, UUID previewId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(
                connection -> look(connection, Scopes.ofResident(connection, residentId, viewer), previewId, viewer));
    }

    private HttpResponse<RiskPreviews.Preview> ask(
            Connection connection, RiskSettings.Scope scope, RiskPreviews.Question question, Viewer viewer) {
        UUID id = RiskPreviews.ask(connection, scope, question, viewer.actor(), clock.instant());
        RiskPreviews.Preview preview = RiskPreviews.get(connection, scope, id);
        Map<String, String> detail = new TreeMap<>(Map.of("preview", id.toString()));
        preview.settings()
                .forEach((name, value) -> detail.put(name, Objects.requireNonNullElse(value, "no longer set")));
        AuditLog.write(connection, viewer.actor(), "risk-preview-asked", scope.residentNo(), detail);
        return HttpResponse.accepted().body(preview);
    }

    private static RiskPreviews.Preview look(
            Connection connection, RiskSettings.Scope scope, UUID previewId, Viewer viewer) {
        RiskPreviews.Preview preview = RiskPreviews.get(connection, scope, previewId);
        PreviewResult result = preview.result();
        if (result != null) {
            // Before it is done it tells nothing of anybody.
            note(connection, scope, previewId, result, viewer);
        }
        return preview;
    }

    private static void note(
            Connection connection, RiskSettings.Scope scope, UUID previewId, PreviewResult result, Viewer viewer) {
        AuditLog.write(
                connection,
                viewer.actor(),
                "risk-preview-read",
                scope.residentNo(),
                Map.of("preview", previewId.toString()));
        if (scope.residentNo() == null) {
            AuditLog.write(connection, viewer.actor(), "risk-preview-read", numbers(connection, result));
        }
    }

    private static List<Integer> numbers(Connection connection, PreviewResult result) {
        String[] ids = result.trueCases().cases().stream()
                .map(real -> real.residentId().toString())
                .distinct()
                .toArray(String[]::new);
        return Sql.on(connection, "select resident_no from resident where resident_id = any (:ids::uuid[])")
                .with("ids", ids)
                .list(row -> row.number("resident_no"));
    }
}
