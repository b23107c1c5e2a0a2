package kr.dolbom.caseworker.escalation;

import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// The policies that offices have set. All methods work in the caller's transaction.
public final class Policies {
    private Policies() {}

    /// The policy that was set for an office and a tier: its own, or else the one that was set for all offices.
    ///
    /// @return empty where none was set, or the latest goes back to the default
    public static Optional<Policy> find(Connection connection, int officeNo, Tier tier) {
        return Sql.on(connection, """
                        (select policy::text as policy from escalation_policy
                          where office_no = :office and tier = :tier order by policy_no desc limit 1)
                        union all
                        (select policy::text from escalation_policy
                          where office_no is null and tier = :tier order by policy_no desc limit 1)""")
                .with("office", officeNo)
                .with("tier", tier.word())
                .list(row -> Optional.ofNullable(row.findText("policy")))
                .stream()
                .flatMap(Optional::stream)
                .findFirst()
                .map(text -> PolicyJson.parse(text).policy());
    }

    /// The policy that was set for just this office, or for just those without their own.
    ///
    /// @param officeNo null for offices that have none of their own
    static Optional<Policy> findOwn(Connection connection, @Nullable Integer officeNo, Tier tier) {
        return Sql.on(connection, """
                        select policy::text as policy from escalation_policy
                         where office_no is not distinct from :office::int and tier = :tier
                         order by policy_no desc limit 1""")
                .with("office", officeNo)
                .with("tier", tier.word())
                .find(row -> Optional.ofNullable(row.findText("policy")))
                .flatMap(text -> text)
                .map(text -> PolicyJson.parse(text).policy());
    }

    /// Sets an office's policy from now on, as a person wishes, and notes it in the audit log.
    ///
    /// @param wanted null: back to the default
    /// @throws kr.dolbom.caseworker.problem.ProblemException when it would reach nobody
    public static void change(
            Connection connection,
            int officeNo,
            Tier tier,
            @Nullable PolicyJson wanted,
            String reason,
            Viewer viewer,
            Instant now) {
        if (wanted != null) {
            check(connection, officeNo, tier, wanted.policy(), now);
        }
        set(connection, officeNo, tier, wanted, viewer.account().login(), reason, now);
        UUID officeId = Sql.on(connection, "select office_id from office where office_no = :office")
                .with("office", officeNo)
                .get(row -> row.uuid("office_id"));
        AuditLog.write(
                connection,
                viewer.actor(),
                "policy-changed",
                null,
                Map.of("office", officeId.toString(), "tier", tier.word()));
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

    /// What an office has set for a tier, newest first.
    public static List<PolicyApi.Version> history(Connection connection, int officeNo, Tier tier) {
        return Sql.on(connection, """
                        select policy::text as policy, changed_at, changed_by, reason from escalation_policy
                         where office_no = :office and tier = :tier order by policy_no desc limit 200""")
                .with("office", officeNo)
                .with("tier", tier.word())
                .list(row -> {
                    String policy = row.findText("policy");
                    return new PolicyApi.Version(
                            policy == null ? null : PolicyJson.parse(policy),
                            row.instant("changed_at"),
                            row.text("changed_by"),
                            row.text("reason"));
                });
    }

    /// Sets a policy from now on.
    ///
    /// @param officeNo null for all offices that have none of their own
    /// @param policy null: back to the default
    /// @param by the account's login
    public static void set(
            Connection connection,
            @Nullable Integer officeNo,
            Tier tier,
            @Nullable PolicyJson policy,
            String by,
            String reason,
            Instant now) {
        Sql.on(connection, """
                        insert into escalation_policy (office_no, tier, policy, changed_at, changed_by, reason)
                        values (:office, :tier, :policy::jsonb, :now, :by, :reason)""")
                .with("office", officeNo)
                .with("tier", tier.word())
                .with("policy", policy == null ? null : policy.text())
                .with("now", now)
                .with("by", by)
                .with("reason", reason)
                .update();
    }
}
