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
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;
import org.jspecify.annotations.Nullable;

/// A resident's guardians: family or neighbours who may be called, while they consent.
@Controller("/api/v1/residents/{residentId}/guardians")
@Tag(name = "registry")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class GuardianApi {
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
            var entry = new Guardians.Entry(
                    guardian.name().strip(),
                    guardian.relation().strip(),
                    guardian.phone(),
                    guardian.language() == null ? "ko" : guardian.language());
            UUID guardianId =
                    Guardians.add(connection, resident, entry, guardian.consented() ? clock.instant() : null, viewer);
            return of(Guardians.get(connection, guardianId, resident));
        });
        return HttpResponse.created(added);
    }

    /// A resident's guardians, in the order in which they are called.
    @Get
    List<Guardian> list(UUID residentId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            int resident = residentOf(connection, residentId, viewer);
            AuditLog.write(connection, viewer.actor(), "guardians-read", resident);
            return Guardians.list(connection, resident).stream()
                    .map(GuardianApi::of)
                    .toList();
        });
    }

    /// Notes that a guardian consents to be called; does nothing while they do.
    @Post("/{guardianId}/consent")
    Guardian consent(UUID residentId, UUID guardianId, @Parameter(hidden = true) Viewer viewer) {
        return change(residentId, guardianId, viewer, true);
    }

    /// Notes that a guardian takes the consent back: from now on they are not called.
    @Post("/{guardianId}/withdraw")
    Guardian withdraw(UUID residentId, UUID guardianId, @Parameter(hidden = true) Viewer viewer) {
        return change(residentId, guardianId, viewer, false);
    }

    private Guardian change(UUID residentId, UUID guardianId, Viewer viewer, boolean given) {
        return transactions.run(connection -> {
            int resident = residentOf(connection, residentId, viewer);
            Consents.guardian(connection, resident, guardianId, given, null, viewer, clock.instant());
            return of(Guardians.get(connection, guardianId, resident));
        });
    }

    /// A resident of another office is no resident to a caseworker.
    private static int residentOf(Connection connection, UUID residentId, Viewer viewer) {
        return Residents.get(connection, residentId, viewer.officeNo()).number();
    }

    private static Guardian of(Guardians.Known guardian) {
        Instant consented = guardian.consentedAt();
        Instant withdrawn = guardian.withdrawnAt();
        Guardians.Entry entry = guardian.entry();
        return new Guardian(
                guardian.guardianId(),
                entry.name(),
                entry.relation(),
                entry.phone(),
                entry.language(),
                guardian.mayBeCalled(),
                consented == null ? null : consented.atOffset(ZoneOffset.UTC),
                withdrawn == null ? null : withdrawn.atOffset(ZoneOffset.UTC));
    }
}
