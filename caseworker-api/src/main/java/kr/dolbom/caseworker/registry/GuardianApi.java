package kr.dolbom.caseworker.registry;

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
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// A resident's guardians: family or neighbours who may be called, while they consent.
@Controller("/api/v1/residents/{residentId}/guardians")
@Tag(name = "registry")
@Secured({Role.OPERATOR, Role.CASEWORKER})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class GuardianApi {
    private static final String COLUMNS = """
            select guardian_id, name, relation, phone, language, consented_at, withdrawn_at from guardian
            """;

    private final Transactions transactions;
    private final Clock clock;

    GuardianApi(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A guardian to add.
    ///
    /// @param name their name
    /// @param relation who they are to the resident: `딸`, `neighbour`
    /// @param phone the number that is called, E.164
    /// @param language `ko` or `en`; Korean when missing
    /// @param consented whether they have consented to be called
    @Introspected
    public record NewGuardian(
            @NotBlank(message = "a name of 1 to 40 characters") @Size(max = 40, message = "a name of 1 to 40 characters") String name,

            @NotBlank(message = "a relation of 1 to 20 characters") @Size(max = 20, message = "a relation of 1 to 20 characters") String relation,

            @NotNull(message = Phones.EXPECTED) @Pattern(regexp = Phones.E164, message = Phones.EXPECTED) String phone,

            @Nullable @Pattern(regexp = "ko|en", message = "ko or en") String language,

            boolean consented) {}

    /// A guardian.
    ///
    /// @param guardianId the public id
    /// @param name their name
    /// @param relation who they are to the resident
    /// @param phone the number that is called
    /// @param language `ko` or `en`
    /// @param mayBeCalled whether they consent now
    /// @param consentedAt when they consented last, in UTC; null: never
    /// @param withdrawnAt when they took that back; null: they have not
    @Introspected
    public record Guardian(
            UUID guardianId,
            String name,
            String relation,
            String phone,
            String language,
            boolean mayBeCalled,
            @Nullable OffsetDateTime consentedAt,
            @Nullable OffsetDateTime withdrawnAt) {}

    /// Adds a guardian.
    @Post
    HttpResponse<Guardian> add(
            UUID residentId, @Body @Valid NewGuardian guardian, @Parameter(hidden = true) Viewer viewer) {
        Guardian added = transactions.run(connection -> {
            int resident = residentOf(connection, residentId, viewer);
            UUID guardianId = Sql.on(connection, """
                            insert into guardian (resident_no, name, relation, phone, language, consented_at)
                            values (:resident, :name, :relation, :phone, :language, :consented) returning guardian_id""")
                    .with("resident", resident)
                    .with("name", guardian.name().strip())
                    .with("relation", guardian.relation().strip())
                    .with("phone", guardian.phone())
                    .with("language", guardian.language() == null ? "ko" : guardian.language())
                    .with("consented", guardian.consented() ? clock.instant() : null)
                    .get(row -> row.uuid("guardian_id"));
            audit(connection, viewer, "guardian-added", resident, guardianId);
            return get(connection, guardianId, resident);
        });
        return HttpResponse.created(added);
    }

    /// A resident's guardians, in the order in which they are called.
    @Get
    List<Guardian> list(UUID residentId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            int resident = residentOf(connection, residentId, viewer);
            AuditLog.write(connection, viewer.actor(), "guardians-read", resident);
            return Sql.on(connection, COLUMNS + "where resident_no = :resident order by guardian_no")
                    .with("resident", resident)
                    .list(GuardianApi::read);
        });
    }

    /// Notes that a guardian consents to be called; does nothing while they do.
    @Post("/{guardianId}/consent")
    Guardian consent(UUID residentId, UUID guardianId, @Parameter(hidden = true) Viewer viewer) {
        return change(residentId, guardianId, viewer, "guardian-consented", """
                update guardian set consented_at = :now, withdrawn_at = null
                 where guardian_id = :guardian and resident_no = :resident
                   and (consented_at is null or withdrawn_at is not null)""");
    }

    /// Notes that a guardian takes the consent back: from now on they are not called.
    @Post("/{guardianId}/withdraw")
    Guardian withdraw(UUID residentId, UUID guardianId, @Parameter(hidden = true) Viewer viewer) {
        return change(residentId, guardianId, viewer, "guardian-withdrew", """
                update guardian set withdrawn_at = greatest(:now, consented_at)
                 where guardian_id = :guardian and resident_no = :resident
                   and consented_at is not null and withdrawn_at is null""");
    }

    private Guardian change(UUID residentId, UUID guardianId, Viewer viewer, String action, String update) {
        return transactions.run(connection -> {
            int resident = residentOf(connection, residentId, viewer);
            int changed = Sql.on(connection, update)
                    .with("now", clock.instant())
                    .with("guardian", guardianId)
                    .with("resident", resident)
                    .update();
            if (changed > 0) {
                audit(connection, viewer, action, resident, guardianId);
            }
            return get(connection, guardianId, resident);
        });
    }

    private static void audit(Connection connection, Viewer viewer, String action, int resident, UUID guardianId) {
        AuditLog.write(connection, viewer.actor(), action, resident, Map.of("guardian", guardianId.toString()));
    }

    private static Guardian get(Connection connection, UUID guardianId, int resident) {
        return Sql.on(connection, COLUMNS + "where guardian_id = :guardian and resident_no = :resident")
                .with("guardian", guardianId)
                .with("resident", resident)
                .find(GuardianApi::read)
                .orElseThrow(() -> Problem.notFound("guardian", guardianId));
    }

    /// A resident of another office is no resident to a caseworker.
    private static int residentOf(Connection connection, UUID residentId, Viewer viewer) {
        return Sql.on(connection, """
                        select resident_no from resident
                         where resident_id = :resident and (:office::int is null or office_no = :office)""")
                .with("resident", residentId)
                .with("office", viewer.officeNo())
                .find(row -> row.number("resident_no"))
                .orElseThrow(() -> Problem.notFound("resident", residentId));
    }

    private static Guardian read(Row row) {
        Instant consented = row.findInstant("consented_at");
        Instant withdrawn = row.findInstant("withdrawn_at");
        return new Guardian(
                row.uuid("guardian_id"),
                row.text("name"),
                row.text("relation"),
                row.text("phone"),
                row.text("language"),
                consented != null && withdrawn == null,
                consented == null ? null : consented.atOffset(ZoneOffset.UTC),
                withdrawn == null ? null : withdrawn.atOffset(ZoneOffset.UTC));
    }
}
