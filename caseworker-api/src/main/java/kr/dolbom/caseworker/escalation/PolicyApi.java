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
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// Whom an office calls for alerts of a tier. A policy that reaches nobody is refused when it is saved.
@Controller("/api/v1/offices/{officeId}/policies")
@Tag(name = "policies")
@Secured(Role.OPERATOR)
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
    /// @param reason why, for whoever reads the history, 3 to 500 characters
    @Introspected
    public record Change(
            @Nullable @Valid PolicyJson policy,

            @NotNull(message = "3 to 500 characters that say why") @Size(min = 3, max = 500, message = "3 to 500 characters that say why") String reason) {}

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
    List<Version> history(UUID officeId, String tier) {
        return transactions.run(connection -> history(connection, officeNo(connection, officeId), tierOf(tier)));
    }

    /// Sets a tier's policy from now on.
    @Put("/{tier}")
    List<Version> set(UUID officeId, String tier, @Body @Valid Change change, @Parameter(hidden = true) Viewer viewer) {
        Tier known = tierOf(tier);
        return transactions.run(connection -> {
            int officeNo = officeNo(connection, officeId);
            Instant now = clock.instant();
            PolicyJson policy = change.policy();
            if (policy != null) {
                check(connection, officeNo, known, policy.policy(), now);
            }
            String login = viewer.account().login();
            Policies.set(connection, officeNo, known, policy, login, change.reason(), now);
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "policy-changed",
                    null,
                    Map.of("office", officeId.toString(), "tier", tier));
            return history(connection, officeNo, known);
        });
    }

    private static void check(Connection connection, int officeNo, Tier tier, Policy policy, Instant now) {
        List<Slot> slots = Slot.of(policy, People.find(connection, policy.targets(), officeNo, null, now));
        if (slots.isEmpty()) {
            throw Problem.invalid(
                    "policy.steps",
                    "nobody",
                    "a step whose targets somebody stands for now: put somebody on call, or add team or supervisor;"
                            + " own-caseworker and guardian alone are not there for every resident");
        }
        boolean rings = slots.stream().anyMatch(slot -> slot.channels().contains(Channel.VOICE));
        if (!rings && (tier == Tier.CRITICAL || tier == Tier.URGENT)) {
            throw Problem.invalid(
                    "policy.steps", "no call", "a step with channel voice that reaches somebody: a text wakes nobody");
        }
    }

    private static List<Version> history(Connection connection, int officeNo, Tier tier) {
        return Sql.on(connection, """
                        select policy::text as policy, changed_at, changed_by, reason from escalation_policy
                         where office_no = :office and tier = :tier order by policy_no desc limit 200""")
                .with("office", officeNo)
                .with("tier", tier.word())
                .list(row -> {
                    String policy = row.findText("policy");
                    return new Version(
                            policy == null ? null : PolicyJson.parse(policy),
                            row.instant("changed_at"),
                            row.text("changed_by"),
                            row.text("reason"));
                });
    }

    private static int officeNo(Connection connection, UUID officeId) {
        return Sql.on(connection, "select office_no from office where office_id = :office")
                .with("office", officeId)
                .find(row -> row.number("office_no"))
                .orElseThrow(() -> Problem.notFound("office", officeId));
    }

    private static Tier tierOf(String word) {
        return Tier.find(word)
                .orElseThrow(() -> Problem.invalid("tier", word, "one of critical, urgent, check-in, review"));
    }
}
