package kr.dolbom.caseworker.roster.plan;

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
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import org.jspecify.annotations.Nullable;

/// The weekly patterns that a month's shifts are made from.
@Controller("/api/v1/shift-patterns")
@Tag(name = "rosters")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class PatternApi {
    private static final String NAME = "a name of 1 to 40 characters";
    static final String DAYS = "one or more of mon, tue, wed, thu, fri, sat, sun, holiday";

    private final PatternDesk desk;

    PatternApi(PatternDesk desk) {
        this.desk = desk;
    }

    /// A pattern to add.
    ///
    /// @param officeId of which office
    /// @param teamId whose people take it; missing: everybody of the office but supervisors
    /// @param name such as `Night`
    /// @param days on which days it begins; a holiday is `holiday` and not its weekday
    /// @param startsAt from this time of day on
    /// @param endsAt until this one; when it is not after `startsAt`, on the next day
    /// @param position of the first of its people; missing: 1
    /// @param people how many are needed, the first as the primary, the others as backups; missing: 2
    @Introspected
    public record NewPattern(
            @NotNull(message = "the id of an office") UUID officeId,
            @Nullable UUID teamId,

            @NotBlank(message = NAME) @Size(max = 40, message = NAME) String name,

            @NotEmpty(message = DAYS) List<String> days,
            @NotNull(message = "a time such as 18:00") LocalTime startsAt,
            @NotNull(message = "a time such as 09:00") LocalTime endsAt,

            @Nullable @Min(value = 1, message = "a number from 1 to 90") @Max(value = 90, message = "a number from 1 to 90") Integer position,

            @Nullable @Min(value = 1, message = "a number from 1 to 10") @Max(value = 10, message = "a number from 1 to 10") Integer people) {}

    /// A pattern.
    ///
    /// @param patternId the public id
    /// @param officeId of which office
    /// @param teamId whose people take it; null: everybody of the office but supervisors
    /// @param name its name
    /// @param days on which days it begins
    /// @param startsAt from this time of day on
    /// @param endsAt until this one
    /// @param position of the first of its people
    /// @param people how many are needed
    @Introspected
    public record Pattern(
            UUID patternId,
            UUID officeId,
            @Nullable UUID teamId,
            String name,
            List<String> days,
            LocalTime startsAt,
            LocalTime endsAt,
            int position,
            int people) {}

    /// Adds a pattern. Refused with 409 when another of the office could need one of its positions at
    /// the same time.
    @Post
    HttpResponse<Pattern> add(@Body @Valid NewPattern pattern, @Parameter(hidden = true) Viewer viewer) {
        return HttpResponse.created(desk.add(viewer, pattern));
    }

    /// An office's patterns.
    @Get
    List<Pattern> list(@QueryValue UUID officeId, @Parameter(hidden = true) Viewer viewer) {
        return desk.list(viewer, officeId);
    }

    /// Removes a pattern; the shifts that were made from it stay.
    @Delete("/{patternId}")
    @Status(HttpStatus.NO_CONTENT)
    void remove(UUID patternId, @Parameter(hidden = true) Viewer viewer) {
        desk.remove(viewer, patternId);
    }
}
