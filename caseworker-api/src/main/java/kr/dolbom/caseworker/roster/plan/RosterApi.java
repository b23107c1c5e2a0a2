package kr.dolbom.caseworker.roster.plan;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.YearMonth;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;

/// Makes a month's roster from patterns, people, leave and the rules of fairness, and takes it back.
@Controller("/api/v1/rosters")
@Tag(name = "rosters")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class RosterApi {
    private final RosterDesk desk;

    RosterApi(RosterDesk desk) {
        this.desk = desk;
    }

    /// A roster to make.
    ///
    /// @param officeId for which office
    /// @param month for which month
    /// @param preview true: nothing is saved
    @Introspected
    public record NewRoster(
            @NotNull(message = "the id of an office") UUID officeId,
            @NotNull(message = "a month such as 2026-08") YearMonth month,
            boolean preview) {}

    /// Fills what is still open of a month: shifts that are there, made or by hand, stay and count.
    @Post
    HttpResponse<MadeRoster> make(@Body @Valid NewRoster roster, @Parameter(hidden = true) Viewer viewer) {
        return HttpResponse.created(desk.make(viewer, roster.officeId(), roster.month(), roster.preview()));
    }

    /// Takes back the shifts of a month that were made and have not begun; those by hand stay.
    @Delete("/{officeId}/{month}")
    @Status(HttpStatus.NO_CONTENT)
    void remove(UUID officeId, YearMonth month, @Parameter(hidden = true) Viewer viewer) {
        desk.remove(viewer, officeId, month);
    }
}
