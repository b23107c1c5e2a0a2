package kr.dolbom.caseworker.console.resident;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.daybook.DayBook;
import kr.dolbom.caseworker.daybook.ResidentDay;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.response.QuietHours;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import kr.dolbom.caseworker.setting.ModeBook;
import kr.dolbom.caseworker.setting.ResidentModes;
import org.jspecify.annotations.Nullable;

/// Reads what the page shows. A resident of another office is no resident to a caseworker. Safe for use by many
/// threads.
@Singleton
final class ResidentFiles {
    /// What was read of a resident, as the audit log names it.
    private static final String PARTS =
            "header, alerts, score, days, devices, notes, modes, consents, spoken, check-ins, tasks";

    private final ModeBook modes;
    private final Clock clock;

    ResidentFiles(ModeBook modes, Clock clock) {
        this.modes = modes;
        this.clock = clock;
    }

    /// Who it is, in the caller's transaction.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when this viewer knows no such resident
    ResidentFile.Who getWho(Connection connection, UUID residentId, Viewer viewer) {
        return Sql.on(connection, """
                        select r.resident_no, r.resident_id, r.name, r.birth_year, r.neighbourhood, r.address, r.phone,
                               r.language, r.transcript_consent, r.check_in_call_consent, r.answer_seconds, r.spoken_name,
                               c.name as caseworker, o.short_name, o.time_zone
                          from resident r join office o using (office_no)
                          left join caseworker c on c.caseworker_no = r.caseworker_no
                         where r.resident_id = :resident and (:office::int is null or r.office_no = :office)""")
                .with("resident", residentId)
                .with("office", viewer.officeNo())
                .find(ResidentFiles::readWho)
                .orElseThrow(() -> Problem.notFound("resident", residentId));
    }

    /// All of it; noted in the audit log.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when this viewer knows no such resident
    ResidentFile get(Connection connection, UUID residentId, Viewer viewer) {
        ResidentFile.Who who = getWho(connection, residentId, viewer);
        AuditLog.write(connection, viewer.actor(), "resident-read", who.number(), Map.of("parts", PARTS));
        int number = who.number();
        Instant now = clock.instant();
        LocalDate first = LocalDate.ofInstant(now, who.zone()).minusDays(HeatMaps.DAYS - 1L);
        Instant shown = first.atStartOfDay(who.zone()).toInstant();
        LocalDate since = first.minusDays(Usual.DAYS_BEFORE);
        Instant sinceMoment = since.atStartOfDay(who.zone()).toInstant();
        List<ResidentModes.Mode> all = modes.list(connection, number);
        var days = new TreeMap<LocalDate, ResidentDay>();
        DayBook.list(connection, number, since).forEach(day -> days.put(day.day(), day));
        return new ResidentFile(
                who,
                now,
                DayBook.findCountedUntil(connection).orElse(null),
                findSight(connection, number).orElse(null),
                findGapSince(connection, number).orElse(null),
                listGuardians(connection, number),
                listAlerts(connection, number, shown),
                listFindings(connection, number, shown),
                listScores(connection, number, shown),
                listDevices(connection, number),
                listNotes(connection, number),
                all,
                listConsents(connection, number),
                QuietHours.get(connection, number),
                listSpoken(connection, number),
                listCheckIns(connection, number),
                findPlan(connection, number).orElse(null),
                listTasks(connection, number),
                days,
                listSpans(connection, number, sinceMoment, now, all));
    }

    /// What the robot was to say lately, newest first.
    List<ResidentFile.SpokenLine> listSpoken(Connection connection, int number) {
        return Sql.on(connection, """
                        select d.data ->> 'text' as text, s.said_by, c.name, s.said_at, d.state, d.failure
                          from spoken_sentence s join device_command d using (command_id)
                          left join account a on a.login = s.said_by
                          left join caseworker c on c.caseworker_no = a.caseworker_no
                         where s.resident_no = :resident order by s.said_at desc limit 10""")
                .with("resident", number)
                .list(row -> new ResidentFile.SpokenLine(
                        row.secret("text", SecretColumn.SPOKEN),
                        name(row, "said_by"),
                        row.instant("said_at"),
                        row.text("state"),
                        row.findText("failure")));
    }

    private static ResidentFile.Who readWho(Row row) {
        return new ResidentFile.Who(
                row.number("resident_no"),
                row.uuid("resident_id"),
                row.secret("name", SecretColumn.RESIDENT_NAME),
                row.number("birth_year"),
                row.text("neighbourhood"),
                row.secret("address", SecretColumn.RESIDENT_ADDRESS),
                row.findSecret("phone", SecretColumn.PHONE),
                row.text("language"),
                row.flag("transcript_consent"),
                row.flag("check_in_call_consent"),
                row.findNumber("answer_seconds"),
                row.findSecret("spoken_name", SecretColumn.RESIDENT_NAME),
                row.findSecret("caseworker", SecretColumn.CASEWORKER_NAME),
                row.text("short_name"),
                ZoneId.of(row.text("time_zone")));
    }

    private static Optional<ResidentFile.Sight> findSight(Connection connection, int number) {
        return Sql.on(connection, """
                        select at, score, visibility from risk_score where resident_no = :resident
                         order by at desc limit 1""")
                .with("resident", number)
                .find(row -> new ResidentFile.Sight(row.instant("at"), row.number("score"), row.text("visibility")));
    }

    private static Optional<Instant> findGapSince(Connection connection, int number) {
        return Sql.on(connection, "select from_at from monitoring_gap where resident_no = :resident and to_at is null")
                .with("resident", number)
                .find(row -> row.instant("from_at"));
    }

    private static List<ResidentFile.GuardianLine> listGuardians(Connection connection, int number) {
        return Sql.on(connection, """
                        select guardian_id, name, relation, phone, consented_at, withdrawn_at from guardian
                         where resident_no = :resident order by guardian_no""")
                .with("resident", number)
                .list(row -> new ResidentFile.GuardianLine(
                        row.uuid("guardian_id"),
                        row.secret("name", SecretColumn.GUARDIAN_NAME),
                        row.text("relation"),
                        row.secret("phone", SecretColumn.PHONE),
                        row.findInstant("consented_at"),
                        row.findInstant("withdrawn_at")));
    }

    private static List<ResidentFile.AlertLine> listAlerts(Connection connection, int number, Instant since) {
        return Sql.on(connection, """
                        select alert_id, tier, state, reason_ko, reason_en, moment, raised_at, outcome, outcome_note, drill
                          from alert where resident_no = :resident
                           and (state <> 'resolved' or raised_at >= :since
                                or raised_at >= (select min(raised_at) from (
                                        select raised_at from alert where resident_no = :resident
                                         order by raised_at desc limit 20) latest))
                         order by raised_at desc limit 300""")
                .with("resident", number)
                .with("since", since)
                .list(row -> new ResidentFile.AlertLine(
                        row.uuid("alert_id"),
                        row.text("tier"),
                        row.text("state"),
                        row.text("reason_ko"),
                        row.text("reason_en"),
                        row.instant("moment"),
                        row.instant("raised_at"),
                        row.findText("outcome"),
                        row.findText("outcome_note"),
                        row.flag("drill")));
    }

    private static List<ResidentFile.FindingLine> listFindings(Connection connection, int number, Instant since) {
        return Sql.on(connection, """
                        select moment, tier, alert_id, reason_ko, reason_en from finding
                         where resident_no = :resident and moment >= :since order by moment desc limit 100""")
                .with("resident", number)
                .with("since", since)
                .list(row -> new ResidentFile.FindingLine(
                        row.instant("moment"),
                        row.text("tier"),
                        row.findUuid("alert_id"),
                        row.text("reason_ko"),
                        row.text("reason_en")));
    }

    private static List<ResidentFile.ScoreHour> listScores(Connection connection, int number, Instant since) {
        return Sql.on(connection, """
                        select date_trunc('hour', at) as hour, max(score)::int as highest,
                               (array_agg(score::int order by at desc))[1] as last
                          from (select at, score from risk_score where resident_no = :resident and at >= :since
                                union all
                                (select :since, score from risk_score where resident_no = :resident and at < :since
                                  order by at desc limit 1)) shown
                         group by 1 order by 1""")
                .with("resident", number)
                .with("since", since)
                .list(row ->
                        new ResidentFile.ScoreHour(row.instant("hour"), row.number("highest"), row.number("last")));
    }

    private static List<ResidentFile.DeviceLine> listDevices(Connection connection, int number) {
        return Sql.on(connection, """
                        select d.device_id, d.vendor, d.model, d.revoked_at is not null as revoked,
                               coalesce(p.connected, false) as connected, p.changed_at, p.firmware,
                               p.battery_percent::int as battery, coalesce(p.on_mains, false) as on_mains, p.status_at
                          from device d left join device_presence p using (device_no)
                         where d.resident_no = :resident order by d.revoked_at nulls first, d.device_no""")
                .with("resident", number)
                .list(row -> new ResidentFile.DeviceLine(
                        row.text("device_id"),
                        row.text("vendor"),
                        row.text("model"),
                        row.flag("revoked"),
                        row.flag("connected"),
                        row.findInstant("changed_at"),
                        row.findText("firmware"),
                        row.findNumber("battery"),
                        row.flag("on_mains"),
                        row.findInstant("status_at")));
    }

    private static List<ResidentFile.NoteLine> listNotes(Connection connection, int number) {
        return Sql.on(connection, """
                        select n.note_id, n.text, n.written_by, c.name, n.written_at
                          from resident_note n left join caseworker c using (caseworker_no)
                         where n.resident_no = :resident order by n.note_no desc limit 50""")
                .with("resident", number)
                .list(row -> new ResidentFile.NoteLine(
                        row.uuid("note_id"),
                        row.text("text"),
                        row.text("written_by"),
                        row.findSecret("name", SecretColumn.CASEWORKER_NAME),
                        row.instant("written_at")));
    }

    private static List<ResidentFile.ConsentLine> listConsents(Connection connection, int number) {
        return Sql.on(connection, """
                        select k.consent, g.name as guardian, k.given, k.note, k.changed_by, c.name, k.changed_at
                          from consent_change k left join guardian g using (guardian_no)
                          left join account a on a.login = k.changed_by
                          left join caseworker c on c.caseworker_no = a.caseworker_no
                         where k.resident_no = :resident order by k.change_no desc limit 30""")
                .with("resident", number)
                .list(row -> new ResidentFile.ConsentLine(
                        row.text("consent"),
                        row.findSecret("guardian", SecretColumn.GUARDIAN_NAME),
                        row.flag("given"),
                        row.findText("note"),
                        name(row, "changed_by"),
                        row.instant("changed_at")));
    }

    private static String name(Row row, String login) {
        String name = row.findSecret("name", SecretColumn.CASEWORKER_NAME);
        return name == null ? row.text(login) : name;
    }

    private static List<ResidentFile.CheckInLine> listCheckIns(Connection connection, int number) {
        return Sql.on(connection, """
                        select coalesce(ended_at, planned_at) as at, state, left_out, summary_ko, summary_en
                          from check_in where resident_no = :resident order by day desc limit 7""")
                .with("resident", number)
                .list(row -> new ResidentFile.CheckInLine(
                        row.instant("at"),
                        row.text("state"),
                        row.findText("left_out"),
                        row.findText("summary_ko"),
                        row.findText("summary_en")));
    }

    private static Optional<ResidentFile.Plan> findPlan(Connection connection, int number) {
        return Sql.on(connection, """
                        select p.days, to_char(p.asked_at, 'HH24:MI') as asked_at, p.resident_no is not null as own
                          from check_in_plan p join resident r on p.resident_no = r.resident_no or p.office_no = r.office_no
                         where r.resident_no = :resident order by p.resident_no nulls last limit 1""")
                .with("resident", number)
                .find(row -> new ResidentFile.Plan(row.text("days"), row.text("asked_at"), row.flag("own")))
                .filter(plan -> !plan.days().isEmpty());
    }

    private static List<ResidentFile.TaskLine> listTasks(Connection connection, int number) {
        return Sql.on(connection, """
                        select t.kind, t.words, t.asked_at, c.name
                          from task t left join caseworker c on c.caseworker_no = t.taken_by
                         where t.resident_no = :resident and t.state <> 'done' order by t.asked_at limit 20""")
                .with("resident", number)
                .list(row -> new ResidentFile.TaskLine(
                        row.text("kind"),
                        row.findText("words"),
                        row.instant("asked_at"),
                        row.findSecret("name", SecretColumn.CASEWORKER_NAME)));
    }

    /// Gaps, modes as they were set, and what the engine took for away; in order, cut at now.
    private static List<Span> listSpans(
            Connection connection, int number, Instant since, Instant now, List<ResidentModes.Mode> modes) {
        var spans = new ArrayList<Span>();
        Sql.on(connection, """
                        select from_at, least(coalesce(to_at, :now), :now) as to_at, cause from monitoring_gap
                         where resident_no = :resident and (to_at is null or to_at > :since) and from_at < :now""")
                .with("resident", number)
                .with("since", since)
                .with("now", now)
                .list(row -> spans.add(
                        new Span(row.instant("from_at"), row.instant("to_at"), Span.Why.get(row.text("cause")))));
        for (ResidentModes.Mode mode : modes) {
            add(spans, mode.since().toInstant(), mode.until().toInstant(), Span.Why.get(mode.mode()), now);
        }
        record Sight(Instant at, String visibility) {}
        List<Sight> changes = Sql.on(connection, """
                        select at, visibility from (
                            select at, visibility, lag(visibility) over (order by at) as before
                              from risk_score where resident_no = :resident and at >= :since) seen
                         where visibility is distinct from before order by at""")
                .with("resident", number)
                .with("since", since)
                .list(row -> new Sight(row.instant("at"), row.text("visibility")));
        @Nullable Instant away = null;
        for (Sight change : changes) {
            boolean isAway = change.visibility().equals(Span.Why.AWAY.word());
            if (away == null && isAway) {
                away = change.at();
            } else if (away != null && !isAway) {
                add(spans, away, change.at(), Span.Why.AWAY, now);
                away = null;
            }
        }
        if (away != null) {
            add(spans, away, now, Span.Why.AWAY, now);
        }
        spans.sort(Comparator.comparing(Span::from));
        return spans;
    }

    private static void add(List<Span> spans, Instant from, Instant to, Span.Why why, Instant now) {
        Instant end = to.isAfter(now) ? now : to;
        boolean isKnown = spans.stream()
                .anyMatch(span -> !span.from().isAfter(from)
                        && !span.to().isBefore(end)
                        && span.why().isGap() == why.isGap());
        if (from.isBefore(end) && !isKnown) {
            spans.add(new Span(from, end, why));
        }
    }
}
