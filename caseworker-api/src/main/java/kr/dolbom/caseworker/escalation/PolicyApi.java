package kr.dolbom.caseworker.escalation;

import io.micronaut.core.annotation.Introspected;
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
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.registry.Offices;
import org.jspecify.annotations.Nullable;

/// Whom an office calls for alerts of a tier. A policy that reaches nobody is refused when it is saved.
@Controller("/api/v1/offices/{officeId}/policies")
@Tag(name = "policies")
@Secured({Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class PolicyApi {
    private final Transactions transactions;
    private final Clock clock;

    PolicyApi(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A change of a policy.
    ///
    /// @param policy whom to call; missing: back to the default
    /// @param reason why, for whoever reads the history, 2 to 500 characters
    @Introspected
    public record Change(
            @Nullable @Valid PolicyJson policy,

            @NotNull(message = "2 to 500 characters that say why") @Size(min = 2, max = 500, message = "2 to 500 characters that say why") String reason) {}

    /// What was set, and when.
    ///
    /// @param policy whom to call; missing: the default
    /// @param changedAt since when
    /// @param changedBy whose login
    /// @param reason why
    @Introspected
    public record Version(@Nullable PolicyJson policy, Instant changedAt, String changedBy, String reason) {}

    /// The versions of a tier's policy, newest first.
    @Get("/{tier}")
    List<Version> history(UUID officeId, String tier, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> Policies.history(
                connection, Offices.get(connection, officeId, viewer.officeNo()).number(), tierOf(tier)));
    }

    /// Sets a tier's policy from now on.
    @Put("/{tier}")
    List<Version> set(UUID officeId, String tier, @Body @Valid Change change, @Parameter(hidden = true) Viewer viewer) {
        Tier known = tierOf(tier);
        return transactions.run(connection -> {
            int officeNo = Offices.get(connection, officeId, viewer.officeNo()).number();
            Policies.change(connection, officeNo, known, change.policy(), change.reason(), viewer, clock.instant());
            return Policies.history(connection, officeNo, known);
        });
    }

    private static Tier tierOf(String word) {
        return Tier.find(word)
                .orElseThrow(() -> Problem.invalid("tier", word, "one of critical, urgent, check-in, review"));
    }
}
