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
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Transactions;

/// What other risk settings would have done, before anybody saves them: whoever may set them may ask.
@Controller("/api/v1")
@Tag(name = "risk settings")
@Secured({Role.SUPERVISOR, Role.OPERATOR})
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
        return transactions.run(
                connection -> ask(connection, Scopes.ofOffice(connection, officeId, viewer), question, viewer));
    }

    /// A preview of an office: how far it is, and what came of it.
    @Get("/offices/{officeId}/risk-settings/previews/{previewId}")
    RiskPreviews.Preview ofOffice(UUID officeId, UUID previewId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection ->
                RiskPreviews.look(connection, Scopes.ofOffice(connection, officeId, viewer), previewId, viewer));
    }

    /// Asks what other settings of a resident would have done.
    @Post("/residents/{residentId}/risk-settings/previews")
    @Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
    HttpResponse<RiskPreviews.Preview> askOfResident(
            UUID residentId, @Body @Valid RiskPreviews.Question question, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(
                connection -> ask(connection, Scopes.ofResident(connection, residentId, viewer), question, viewer));
    }

    /// A preview of a resident: how far it is, and what came of it.
    @Get("/residents/{residentId}/risk-settings/previews/{previewId}")
    @Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
    RiskPreviews.Preview ofResident(UUID residentId, UUID previewId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection ->
                RiskPreviews.look(connection, Scopes.ofResident(connection, residentId, viewer), previewId, viewer));
    }

    private HttpResponse<RiskPreviews.Preview> ask(
            Connection connection, RiskSettings.Scope scope, RiskPreviews.Question question, Viewer viewer) {
        RiskPreviews.Preview preview = RiskPreviews.ask(connection, scope, question, viewer, clock.instant());
        return HttpResponse.accepted().body(preview);
    }
}
