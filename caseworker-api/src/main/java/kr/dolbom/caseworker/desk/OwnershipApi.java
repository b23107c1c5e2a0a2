package kr.dolbom.caseworker.desk;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.OffsetDateTime;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.alert.Alert;

/// What whoever has an alert says of it. 409 when somebody else has it, nobody has, or it is over.
@Controller("/api/v1/alerts/{alertId}")
@Tag(name = "alerts")
@Secured({Role.CASEWORKER, Role.SUPERVISOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class OwnershipApi {
    private final AlertViews views;
    private final Ownership ownership;

    OwnershipApi(AlertViews views, Ownership ownership) {
        this.views = views;
        this.ownership = ownership;
    }

    /// Until when no question is wanted.
    ///
    /// @param until within the next 4 hours
    @Introspected
    public record Snooze(
            @NotNull(message = "a moment such as 2026-08-01T09:00:00+09:00") OffsetDateTime until) {}

    /// Who is to have it.
    ///
    /// @param to the id of another caseworker of this office
    @Introspected
    public record HandOver(
            @NotNull(message = "the id of another caseworker of this office") UUID to) {}

    /// When 119 was called.
    ///
    /// @param at not in the future
    @Introspected
    public record EmergencyCall(
            @NotNull(message = "a moment such as 2026-08-01T09:00:00+09:00") OffsetDateTime at) {}

    /// They are not asked before a moment whether they still have it.
    @Post("/snooze")
    AlertBody snooze(UUID alertId, @Body @Valid Snooze snooze, @Parameter(hidden = true) Viewer viewer) {
        Alert.Person person = see(alertId, viewer, "alert-snooze");
        return AlertBody.of(ownership.snooze(alertId, person, snooze.until().toInstant()));
    }

    /// Somebody else is asked to take it over; they keep it until that person does.
    @Post("/hand-over")
    AlertBody handOver(UUID alertId, @Body @Valid HandOver handOver, @Parameter(hidden = true) Viewer viewer) {
        Alert.Person person = see(alertId, viewer, "alert-hand-over");
        return AlertBody.of(ownership.handOver(alertId, person, handOver.to()));
    }

    /// They give it back: people are called anew.
    @Post("/give-back")
    AlertBody giveBack(UUID alertId, @Parameter(hidden = true) Viewer viewer) {
        return AlertBody.of(ownership.giveBack(alertId, see(alertId, viewer, "alert-give-back")));
    }

    /// 119 was called.
    @Post("/emergency-called")
    AlertBody emergencyCalled(UUID alertId, @Body @Valid EmergencyCall call, @Parameter(hidden = true) Viewer viewer) {
        Alert.Person person = see(alertId, viewer, "alert-emergency-called");
        return AlertBody.of(ownership.emergencyCalled(alertId, person, call.at().toInstant()));
    }

    private Alert.Person see(UUID alertId, Viewer viewer, String action) {
        views.get(alertId, viewer, action);
        return views.getPerson(viewer);
    }
}
