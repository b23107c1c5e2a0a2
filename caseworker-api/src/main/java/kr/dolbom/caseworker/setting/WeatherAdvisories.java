package kr.dolbom.caseworker.setting;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
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
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Transactions;
import org.jspecify.annotations.Nullable;

/// Weather advisories: while one is in force the watch over the residents of its district is tightened. Operators, a
/// feed with an operator's account, and supervisors for their own office enter them.
@Controller("/api/v1/weather-advisories")
@Tag(name = "weather advisories")
@Secured({Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class WeatherAdvisories {
    private static final String KIND = "heat-wave or cold-wave";
    private static final String MOMENT = "a moment such as 2026-08-01T09:00:00+09:00";

    private final Transactions transactions;
    private final InstantSource clock;

    WeatherAdvisories(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// An advisory to enter.
    ///
    /// @param kind `heat-wave` or `cold-wave`
    /// @param officeId whose residents it concerns
    /// @param neighbourhood the district, as its residents have it; missing: the whole office
    /// @param startsAt from when on, at most 7 days ago and 14 days ahead
    /// @param endsAt until when, at most 14 days after its start
    /// @param source who said so; missing: whoever enters it
    @Introspected
    public record NewAdvisory(
            @NotNull(message = KIND) @Pattern(regexp = "heat-wave|cold-wave", message = KIND) String kind,

            @NotNull(message = "the id of an office") UUID officeId,

            @Nullable String neighbourhood,

            @NotNull(message = MOMENT) OffsetDateTime startsAt,

            @NotNull(message = MOMENT) OffsetDateTime endsAt,

            @Nullable @Size(min = 2, max = 100, message = "2 to 100 characters, or none") String source) {}

    /// An advisory.
    ///
    /// @param advisoryId its name
    /// @param kind `heat-wave` or `cold-wave`
    /// @param officeId whose residents it concerns
    /// @param neighbourhood the district; null: the whole office
    /// @param startsAt from when on
    /// @param endsAt until when
    /// @param source who said so
    /// @param endedBy the login of who ended it before its time; null: nobody
    /// @param inForce whether it holds now
    @Introspected
    public record Advisory(
            UUID advisoryId,
            String kind,
            UUID officeId,
            @Nullable String neighbourhood,
            OffsetDateTime startsAt,
            OffsetDateTime endsAt,
            String source,
            @Nullable String endedBy,
            boolean inForce) {}

    /// Advisories, those that end last first.
    @Get
    List<Advisory> list(@Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> Advisories.list(connection, viewer.officeNo(), clock.instant()));
    }

    /// Enters one. The same kind, district and start again is the same advisory: its end is moved, so that a feed may
    /// repeat itself; one that a person has ended stays ended.
    @Post
    HttpResponse<Advisory> enter(@Body @Valid NewAdvisory wanted, @Parameter(hidden = true) Viewer viewer) {
        Advisory entered =
                transactions.run(connection -> Advisories.enter(connection, wanted, viewer, clock.instant()));
        return HttpResponse.created(entered);
    }

    /// Ends one now; one that has not begun never will. One that is over stays as it was.
    @Delete("/{advisoryId}")
    @Status(HttpStatus.NO_CONTENT)
    void end(UUID advisoryId, @Parameter(hidden = true) Viewer viewer) {
        transactions.run(
                connection -> Advisories.end(connection, advisoryId, viewer.officeNo(), viewer, clock.instant()));
    }
}
