package kr.dolbom.caseworker.escalation;

import java.sql.Connection;
import java.time.Instant;
import java.util.Optional;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.database.Sql;
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
