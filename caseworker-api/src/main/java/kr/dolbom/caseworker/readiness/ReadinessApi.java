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
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.roster.RosterAccess;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Whether an office's coming shifts are ready, and test rings.
@Controller("/api/v1/offices/{officeId}")
@Tag(name = "rosters")
@Secured({Role.OPERATOR, Role.CASEWORKER})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class ReadinessApi {
    private final Transactions transactions;
    private final Readiness readiness;
    private final TestRings rings;
    private final Clock clock;

    ReadinessApi(Transactions transactions, Readiness readiness, TestRings rings, Clock clock) {
        this.transactions = transactions;
        this.readiness = readiness;
        this.rings = rings;
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
        return transactions.run(connection -> {
            var now = clock.instant();
            List<ProblemFound> problems =
                    readiness.troubles(connection, RosterAccess.see(connection, viewer, officeId), now).stream()
                            .map(ReadinessApi::body)
                            .toList();
            return new Report(now.atOffset(ZoneOffset.UTC), problems.isEmpty(), problems);
        });
    }

    private static ProblemFound body(Trouble trouble) {
        String key = "notice-kind." + trouble.kind().word();
        Object[] values = trouble.values().toArray();
        return new ProblemFound(trouble.kind().word(), Words.KO.text(key, values), Words.EN.text(key, values));
    }

    /// Rings somebody's phone now. What came of it is seen in the list a little later.
    @Post("/test-rings")
    HttpResponse<Ring> ring(UUID officeId, @Body @Valid NewRing ring, @Parameter(hidden = true) Viewer viewer) {
        record Phone(int caseworkerNo, String number) {}
        Phone phone = transactions.run(connection -> {
            int office = RosterAccess.change(connection, viewer, officeId);
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "test-ring-asked",
                    null,
                    Map.of("caseworker", ring.caseworkerId().toString()));
            return Sql.on(connection, """
                            select caseworker_no, phone from caseworker
                             where caseworker_id = :caseworker and office_no = :office and left_at is null""")
                    .with("caseworker", ring.caseworkerId())
                    .with("office", office)
                    .find(row -> new Phone(row.number("caseworker_no"), row.text("phone")))
                    .orElseThrow(() -> Problem.invalid(
                            "caseworkerId", ring.caseworkerId(), "the id of a caseworker of this office"));
        });
        return HttpResponse.created(body(
                rings.ring(phone.caseworkerNo(), phone.number(), viewer.actor().name())));
    }

    /// The latest test rings of the office's people, newest first, at most 200.
    @Get("/test-rings")
    List<Ring> list(UUID officeId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(
                connection -> TestRings.list(connection, RosterAccess.see(connection, viewer, officeId)).stream()
                        .map(ReadinessApi::body)
                        .toList());
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
