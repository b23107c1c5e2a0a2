package kr.dolbom.caseworker.report;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.canary.CanaryRuns;
import kr.dolbom.caseworker.canary.CanarySettings;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.report.MonthlyReport.Canary;
import kr.dolbom.caseworker.report.MonthlyReport.OfficeMonth;
import org.jspecify.annotations.Nullable;

/// Reads the facts and has the figures computed. Safe for use by many threads.
@Singleton
public final class MonthlyReports {
    private final CanarySettings settings;
    private final Clock clock;

    MonthlyReports(CanarySettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    private record Office(int officeNo, UUID officeId, String nameKo, String nameEn, ZoneId timeZone) {}

    /// The report of a month.
    ///
    /// @param officeNo of this office; null for all
    public MonthlyReport make(Connection connection, YearMonth month, @Nullable Integer officeNo) {
        Instant now = clock.instant();
        List<OfficeMonth> offices = Sql.on(connection, """
                        select office_no, office_id, name_ko, name_en, time_zone from office
                         where (:office::int is null or office_no = :office) and not canary order by name_ko, office_no""")
                .with("office", officeNo)
                .list(row -> new Office(
                        row.number("office_no"),
                        row.uuid("office_id"),
                        row.text("name_ko"),
                        row.text("name_en"),
                        ZoneId.of(row.text("time_zone"))))
                .stream()
                .map(office -> make(connection, office, month, now))
                .toList();
        String seal = Sql.on(connection, """
                        select seal_no || ' ' || encode(hash, 'hex') as seal from ledger_seal
                         order by seal_no desc limit 1""").find(row -> row.text("seal")).orElse(null);
        return new MonthlyReport(month.toString(), now, seal, canary(connection, month), offices);
    }

    /// By the month of whoever runs the platform.
    private @Nullable Canary canary(Connection connection, YearMonth month) {
        Instant from = month.atDay(1).atStartOfDay(clock.getZone()).toInstant();
        Instant to = month.plusMonths(1).atDay(1).atStartOfDay(clock.getZone()).toInstant();
        CanaryRuns.Availability canary = CanaryRuns.availability(connection, from, to, settings.late());
        return canary.runs() == 0
                ? null
                : new Canary(
                        canary.runs(), canary.inTime(), Figures.round((double) canary.inTime() / canary.runs(), 4));
    }

    private static OfficeMonth make(Connection connection, Office office, YearMonth month, Instant now) {
        Instant from = month.atDay(1).atStartOfDay(office.timeZone()).toInstant();
        Instant to =
                month.plusMonths(1).atDay(1).atStartOfDay(office.timeZone()).toInstant();
        // What has not been yet is neither watched nor missed.
        Instant until = now.isBefore(from) ? from : now.isBefore(to) ? now : to;
        List<AlertFacts> alerts = listAlerts(connection, office, from, to);
        Watched watched = watched(connection, office, from, until);
        return new OfficeMonth(
                office.officeId(),
                office.nameKo(),
                office.nameEn(),
                office.timeZone().getId(),
                from,
                to,
                !now.isBefore(to),
                alerts.size(),
                (int) alerts.stream().filter(alert -> alert.outcome() == null).count(),
                Figures.tiers(alerts),
                Figures.response(alerts, AlertFacts::calledAt),
                Figures.response(alerts, AlertFacts::raisedAt),
                Figures.falseAlarms(alerts, watched.hours()),
                Figures.robot(alerts),
                Figures.gaps(watched.residents(), watched.hours(), gapSeconds(connection, office, from, until)),
                Figures.attempts(alerts),
                Figures.nobodyReached(alerts));
    }

    private static List<AlertFacts> listAlerts(Connection connection, Office office, Instant from, Instant to) {
        Map<UUID, Map<String, Integer>> attempts = new HashMap<>();
        Sql.on(connection, """
                        select t.alert_id, t.channel, count(*)::int as attempts
                          from alert a join resident r using (resident_no) join escalation_attempt t using (alert_id)
                         where r.office_no = :office and a.raised_at >= :from and a.raised_at < :to and not a.drill
                           and t.bundle_of is null
                         group by t.alert_id, t.channel""")
                .with("office", office.officeNo())
                .with("from", from)
                .with("to", to)
                .list(row -> attempts.computeIfAbsent(row.uuid("alert_id"), id -> new HashMap<>())
                        .put(row.text("channel"), row.number("attempts")));
        return Sql.on(connection, """
                        with raised as (
                            select a.alert_id, a.tier, a.raised_at, a.outcome
                              from alert a join resident r using (resident_no)
                             where r.office_no = :office and a.raised_at >= :from and a.raised_at < :to and not a.drill
                        ), told as (
                            select alert_id, min(l.at) filter (where l.type = 'people-called') as called_at,
                                   bool_or(l.type = 'check-in-asked') as asked,
                                   bool_or(l.type = 'resolved' and l.actor = 'resident') as closed_by_resident,
                                   bool_or(l.type = 'nobody-on-call') as nobody_on_call,
                                   bool_or(l.type = 'nobody-reached') as nobody_reached
                              from raised join ledger_entry l using (alert_id) group by alert_id
                        ), reached as (
                            select alert_id, min(l.at) as reached_at
                              from told join ledger_entry l using (alert_id)
                             where l.at >= told.called_at
                               and (l.type = 'acknowledged'
                                    or l.type = 'resolved' and l.actor not in ('platform', 'robot', 'resident', 'provider'))
                             group by alert_id
                        )
                        select alert_id, tier, raised_at, outcome, called_at, reached_at,
                               coalesce(asked, false) as asked,
                               coalesce(closed_by_resident, false) as closed_by_resident,
                               coalesce(nobody_on_call, false) as nobody_on_call,
                               coalesce(nobody_reached, false) as nobody_reached
                          from raised left join told using (alert_id) left join reached using (alert_id)""")
                .with("office", office.officeNo())
                .with("from", from)
                .with("to", to)
                .list(row -> read(row, attempts));
    }

    private static AlertFacts read(Row row, Map<UUID, Map<String, Integer>> attempts) {
        return new AlertFacts(
                row.uuid("alert_id"),
                row.text("tier"),
                row.instant("raised_at"),
                row.findText("outcome"),
                row.flag("asked"),
                row.flag("closed_by_resident"),
                row.findInstant("called_at"),
                row.findInstant("reached_at"),
                row.flag("nobody_on_call"),
                row.flag("nobody_reached"),
                attempts.getOrDefault(row.uuid("alert_id"), Map.of()));
    }

    private record Watched(int residents, double hours) {}

    private static Watched watched(Connection connection, Office office, Instant from, Instant until) {
        return Sql.on(connection, """
                        select count(*)::int as residents,
                               coalesce(extract(epoch from sum(
                                   least(:until::timestamptz, left_at) - greatest(created_at, :from))), 0)::text as seconds
                          from resident
                         where office_no = :office and created_at < :until
                           and (left_at is null or left_at > greatest(created_at, :from))""")
                .with("office", office.officeNo())
                .with("from", from)
                .with("until", until)
                .get(row -> new Watched(
                        row.number("residents"),
                        Double.parseDouble(row.text("seconds"))
                                / Duration.ofHours(1).toSeconds()));
    }

    private static Map<String, Double> gapSeconds(Connection connection, Office office, Instant from, Instant until) {
        Map<String, Double> seconds = new HashMap<>();
        Sql.on(connection, """
                        select g.cause, extract(epoch from sum(least(coalesce(g.to_at, :until), :until)
                                                               - greatest(g.from_at, r.created_at, :from)))::text as seconds
                          from monitoring_gap g join resident r using (resident_no)
                         where r.office_no = :office and g.from_at < :until and coalesce(g.to_at, :until) > :from
                           and coalesce(g.to_at, :until) > r.created_at
                         group by g.cause""")
                .with("office", office.officeNo())
                .with("from", from)
                .with("until", until)
                .list(row -> seconds.put(row.text("cause"), Double.parseDouble(row.text("seconds"))));
        return seconds;
    }
}
