package kr.dolbom.caseworker.readiness;

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
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Whether an office's coming shifts are ready, and test rings.
@Controller("/api/v1/offices/{officeId}")
@Tag(name = "rosters")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class ReadinessApi {
    private final ReadinessDesk desk;
    private final Clock clock;

    ReadinessApi(ReadinessDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /// Whether everything is ready.
    ///
    /// @param checkedAt now, in UTC
    /// @param ready whether nothing is wrong
    /// @param problems what is
    @Introspected
    public record Report(OffsetDateTime checkedAt, boolean ready, List<ProblemFound> problems) {}

    /// Something that is not ready.
    ///
    /// @param kind what is wrong, as notices name it: `shift-gap`, `shift-single` …
    /// @param textKo one sentence with the way out, in Korean
    /// @param textEn the same in English
    @Introspected
    public record ProblemFound(String kind, String textKo, String textEn) {}

    /// A test ring to make.
    ///
    /// @param caseworkerId whose phone, of this office
    @Introspected
    public record NewRing(
            @NotNull(message = "the id of a caseworker of this office") UUID caseworkerId) {}

    /// A test ring.
    ///
    /// @param ringId the public id
    /// @param caseworkerId who was rung
    /// @param name their name
    /// @param state how far it has come, as attempts have it
    /// @param heard whether somebody or a voicemail picked up
    /// @param error what went wrong; null for nothing
    /// @param startedAt when, in UTC
    @Introspected
    public record Ring(
            UUID ringId,
            UUID caseworkerId,
            String name,
            String state,
            boolean heard,
            @Nullable String error,
            OffsetDateTime startedAt) {}

    /// Looks at the coming shifts now; nobody is told.
    @Get("/readiness")
    Report check(UUID officeId, @Parameter(hidden = true) Viewer viewer) {
        List<ProblemFound> problems = desk.check(viewer, officeId).stream()
                .map(found -> new ProblemFound(found.kind(), found.told(Words.KO), found.told(Words.EN)))
                .toList();
        return new Report(clock.instant().atOffset(ZoneOffset.UTC), problems.isEmpty(), problems);
    }

    /// Rings somebody's phone now. What came of it is seen in the list a little later.
    @Post("/test-rings")
    HttpResponse<Ring> ring(UUID officeId, @Body @Valid NewRing ring, @Parameter(hidden = true) Viewer viewer) {
        return HttpResponse.created(body(desk.ring(viewer, officeId, ring.caseworkerId())));
    }

    /// The latest test rings of the office's people, newest first, at most 200.
    @Get("/test-rings")
    List<Ring> list(UUID officeId, @Parameter(hidden = true) Viewer viewer) {
        return desk.listRings(viewer, officeId).stream().map(ReadinessApi::body).toList();
    }

    private static Ring body(TestRings.TestRing ring) {
        return new Ring(
                ring.ringId(),
                ring.caseworkerId(),
                ring.name(),
                ring.state().word(),
                ring.heard(),
                ring.error(),
                ring.startedAt().atOffset(ZoneOffset.UTC));
    }
}
