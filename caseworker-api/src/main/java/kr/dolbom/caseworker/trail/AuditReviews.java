package kr.dolbom.caseworker.trail;

import java.sql.Connection;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import kr.dolbom.caseworker.audit.Actor;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import org.jspecify.annotations.Nullable;

/// A month of the audit log by account, and that somebody has looked it through. All methods work in the caller's
/// transaction.
public final class AuditReviews {
    private AuditReviews() {}

    /// What an account did in a month.
    ///
    /// @param account the login, or `link:` and a person's id
    /// @param role of the account; null for a link
    /// @param views how often something of a resident was read
    /// @param exports how many downloads
    /// @param residents how many different residents it concerned
    /// @param outsideCaseload how many of them are not the account's own; all of them for an account that has none
    /// @param nightViews how many of the views were between 22:00 and 06:00
    public record Activity(
            String account,
            @Nullable String role,
            int views,
            int exports,
            int residents,
            int outsideCaseload,
            int nightViews) {}

    /// What each account did in a month, the most views first. Accounts that saw and took nothing are not there.
    ///
    /// @param officeNo whose people, and whoever else looked at its residents; null for all
    /// @param zone by whose clock a month and a night begin
    public static List<Activity> listActivity(
            Connection connection, @Nullable Integer officeNo, YearMonth month, ZoneId zone) {
        return Sql.on(
                        connection,
                        """
                        with seen as (
                            select e.actor, e.resident_no, a.role, c.caseworker_no, r.caseworker_no as own,
                                   (e.at at time zone :zone)::time as local,
                                   e.resident_no is not null
                                       and e.action ~ '(-read|-listed|-opened)$' as view,
                                   e.action ~ '(-exported|-downloaded)$' as export
                              from
                        """ + AuditTrail.PEOPLE + " where e.at >= :from and e.at < :until and " + AuditTrail.OWN + """
                        )
                        select actor, min(role) as role, (count(*) filter (where view))::int as views,
                               (count(*) filter (where export))::int as exports,
                               count(distinct resident_no)::int as residents,
                               (count(distinct resident_no) filter (where own is distinct from caseworker_no
                                                                       or caseworker_no is null))::int as outside,
                               (count(*) filter (where view and (local >= '22:00' or local < '06:00')))::int as night
                          from seen group by actor
                        having bool_or(view or export) order by views desc, actor""")
                .with("office", officeNo)
                .with("zone", zone.getId())
                .with("from", month.atDay(1).atStartOfDay(zone).toInstant())
                .with("until", month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant())
                .list(row -> new Activity(
                        row.text("actor"),
                        row.findText("role"),
                        row.number("views"),
                        row.number("exports"),
                        row.number("residents"),
                        row.number("outside"),
                        row.number("night")));
    }

    /// That somebody has looked through a month.
    ///
    /// @param office the short name of the office for which they did; null: for all
    /// @param by their login
    /// @param at when
    /// @param remark what they have to say about it; empty for nothing
    public record Signature(@Nullable String office, String by, Instant at, String remark) {}

    /// Who has looked through this month, the first first: for this office or for all.
    ///
    /// @param officeNo null for every office
    public static List<Signature> listSignatures(Connection connection, @Nullable Integer officeNo, YearMonth month) {
        return Sql.on(connection, """
                        select o.short_name, v.reviewed_by, v.reviewed_at, v.remark
                          from audit_review v left join office o using (office_no)
                         where v.month = :month::date
                           and (:office::int is null or v.office_no is null or v.office_no = :office)
                         order by v.reviewed_at""")
                .with("office", officeNo)
                .with("month", month.atDay(1).toString())
                .list(row -> new Signature(
                        row.findText("short_name"),
                        row.text("reviewed_by"),
                        row.instant("reviewed_at"),
                        row.text("remark")));
    }

    /// Whether somebody has signed this month for this office.
    ///
    /// @param officeNo null for all offices together
    public static boolean isSigned(Connection connection, @Nullable Integer officeNo, YearMonth month) {
        return Sql.on(connection, """
                        select exists (select from audit_review
                                        where month = :month::date and office_no is not distinct from :office::int) as signed""")
                .with("office", officeNo)
                .with("month", month.atDay(1).toString())
                .get(row -> row.flag("signed"));
    }

    /// Notes that somebody has looked through a month, once for an office; the act itself is an event of the log as
    /// well.
    ///
    /// @param officeNo for which office; null for all together
    /// @param month a month that is over
    /// @param remark empty for nothing
    /// @return whether it is noted: false when somebody has before
    public static boolean sign(
            Connection connection,
            @Nullable Integer officeNo,
            YearMonth month,
            Actor actor,
            Instant now,
            String remark) {
        boolean isFirst = Sql.on(connection, """
                        insert into audit_review (office_no, month, reviewed_by, reviewed_at, remark)
                        values (:office, :month::date, :by, :at, :remark) on conflict do nothing""")
                        .with("office", officeNo)
                        .with("month", month.atDay(1).toString())
                        .with("by", actor.name())
                        .with("at", now)
                        .with("remark", remark)
                        .update()
                == 1;
        if (isFirst) {
            AuditLog.write(
                    connection,
                    actor,
                    "audit-review-signed",
                    null,
                    Map.of("month", month.toString(), "remark", remark));
        }
        return isFirst;
    }
}
