package kr.dolbom.caseworker.setting;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.sql.Connection;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;

/// The risk engine's settings. Operators and the office's supervisors set those of an office;
/// a resident's also its caseworkers.
@Controller("/api/v1")
@Tag(name = "risk settings")
@Secured({Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class RiskSettingApi {
    private final Transactions transactions;

    RiskSettingApi(Transactions transactions) {
        this.transactions = transactions;
    }

    /// An office's settings and their history.
    @Get("/offices/{officeId}/risk-settings")
    RiskSettings.Overview ofOffice(UUID officeId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(
                connection -> RiskSettings.overview(connection, Scopes.ofOffice(connection, officeId, viewer)));
    }

    /// Sets one of an office's settings for all its residents who have none of their own.
    @Put("/offices/{officeId}/risk-settings/{name}")
    RiskSettings.Overview setOfOffice(
            UUID officeId, String name, @Body @Valid RiskSettings.Wish wish, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            RiskSettings.Scope scope = Scopes.ofOffice(connection, officeId, viewer);
            return change(connection, scope, name, wish, viewer);
        });
    }

    /// A resident's settings and their history.
    @Get("/residents/{residentId}/risk-settings")
    @Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
    RiskSettings.Overview ofResident(UUID residentId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            RiskSettings.Scope scope = Scopes.ofResident(connection, residentId, viewer);
            AuditLog.write(connection, viewer.actor(), "risk-settings-read", scope.residentNo());
            return RiskSettings.overview(connection, scope);
        });
    }

    /// Sets one of a resident's settings.
    @Put("/residents/{residentId}/risk-settings/{name}")
    @Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
    RiskSettings.Overview setOfResident(
            UUID residentId,
            String name,
            @Body @Valid RiskSettings.Wish wish,
            @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            RiskSettings.Scope scope = Scopes.ofResident(connection, residentId, viewer);
            return change(connection, scope, name, wish, viewer);
        });
    }

    private static RiskSettings.Overview change(
            Connection connection, RiskSettings.Scope scope, String name, RiskSettings.Wish wish, Viewer viewer) {
        RiskSettings.change(connection, scope, name, wish, viewer);
        return RiskSettings.overview(connection, scope);
    }
}
