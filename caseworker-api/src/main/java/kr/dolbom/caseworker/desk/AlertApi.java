package kr.dolbom.caseworker.desk;

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
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.Outcome;
import kr.dolbom.caseworker.alert.PersonKind;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// The alerts. A caseworker sees those of the own office, an operator all; each answer is noted in the audit log.
@Controller("/api/v1/alerts")
@Tag(name = "alerts")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class AlertApi {
    private static final String OUTCOMES =
            "real-emergency|needed-help|resident-ok|false-alarm|device-fault|not-reached|retracted";

    private final AlertViews views;
    private final AlertDesk desk;

    AlertApi(AlertViews views, AlertDesk desk) {
        this.views = views;
        this.desk = desk;
    }

    /// How an alert ended.
    ///
    /// @param outcome one of the dictionary's outcomes
    /// @param note more, for whoever reads it later; may be missing
    @Introspected
    public record Resolution(
            @NotNull(message = OUTCOMES) @Pattern(regexp = OUTCOMES, message = OUTCOMES) String outcome,

            @Nullable @Size(max = 2000, message = "at most 2000 characters") String note) {}

    /// The open alerts, at most 1,000: those that nobody has taken first, most urgent first, oldest
    /// first.
    @Get
    List<AlertBody> list(@Parameter(hidden = true) Viewer viewer) {
        return views.listOpen(viewer, "alert-listed").stream()
                .map(AlertBody::of)
                .toList();
    }

    /// One alert with its timeline and the attempts to reach somebody.
    @Get("/{alertId}")
    AlertBody.Detail get(UUID alertId, @Parameter(hidden = true) Viewer viewer) {
        return AlertBody.Detail.of(views.get(alertId, viewer, "alert-read"));
    }

    /// The caseworker who is signed in takes it. 409 when somebody has it already or it is over.
    @Post("/{alertId}/acknowledge")
    AlertBody acknowledge(UUID alertId, @Parameter(hidden = true) Viewer viewer) {
        views.get(alertId, viewer, "alert-acknowledge");
        return switch (desk.take(alertId, views.getPerson(viewer))) {
            case Takeover.Taken(var alert) -> AlertBody.of(alert);
            case Takeover.TakenBefore(var alert, var by) when isSame(by, viewer) -> AlertBody.of(alert);
            case Takeover.TakenBefore(var alert, var by) ->
                throw Problem.conflict("%s has taken alert %s already.".formatted(by.name(), alert.alertId()));
            case Takeover.Over(var alert) ->
                throw Problem.conflict("Alert %s is over already.".formatted(alert.alertId()));
        };
    }

    /// Closes it. 409 when it was closed already.
    @Post("/{alertId}/resolve")
    HttpResponse<AlertBody> resolve(
            UUID alertId, @Body @Valid Resolution resolution, @Parameter(hidden = true) Viewer viewer) {
        views.get(alertId, viewer, "alert-resolve");
        String actor = views.findPerson(viewer)
                .map(person -> person.id().toString())
                .orElse(viewer.account().login());
        return HttpResponse.ok(
                AlertBody.of(desk.resolve(alertId, actor, Outcome.get(resolution.outcome()), resolution.note())));
    }

    private static boolean isSame(Alert.Person person, Viewer viewer) {
        Integer own = viewer.account().caseworkerNo();
        return own != null && person.kind() == PersonKind.CASEWORKER && own == person.number();
    }
}
