package kr.dolbom.caseworker.roster.plan;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.roster.RosterAccess;
import kr.dolbom.caseworker.roster.plan.PatternApi.NewPattern;
import kr.dolbom.caseworker.roster.plan.PatternApi.Pattern;

/// An office's shift patterns, for whoever may see and change them. Safe for use by many threads.
@Singleton
public final class PatternDesk {
    private static final String COLUMNS = """
            select p.pattern_no, p.pattern_id, p.team_no, t.team_id, p.name, p.days, p.starts_at::text as starts_at,
                   p.ends_at::text as ends_at, p.position, p.people, o.office_id
              from shift_pattern p join office o using (office_no) left join team t using (team_no)
            """;

    private final Transactions transactions;

    PatternDesk(Transactions transactions) {
        this.transactions = transactions;
    }

    /// Adds a pattern. Refused with 409 when another of the office could need one of its positions at
    /// the same time.
    public Pattern add(Viewer viewer, NewPattern pattern) {
        Set<DayKind> days = pattern.days().stream()
                .map(day -> DayKind.find(day).orElseThrow(() -> Problem.invalid("days", day, PatternApi.DAYS)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DayKind.class)));
        return transactions.run(connection -> {
            int office = RosterAccess.change(connection, viewer, pattern.officeId());
            UUID teamId = pattern.teamId();
            Integer team = teamId == null ? null : Integer.valueOf(TeamApi.numberOf(connection, teamId, office));
            UUID patternId = UUID.randomUUID();
            var wanted = new ShiftPattern(
                    0,
                    patternId,
                    team,
                    pattern.name().strip(),
                    days,
                    pattern.startsAt(),
                    pattern.endsAt(),
                    pattern.position() == null ? 1 : pattern.position(),
                    pattern.people() == null ? 2 : pattern.people());
            Sql.on(connection, "select from office where office_no = :office for update")
                    .with("office", office)
                    .list(row -> row);
            list(connection, office).stream()
                    .filter(wanted::clashesWith)
                    .findFirst()
                    .ifPresent(other -> {
                        throw Problem.conflict(
                                "The pattern '%s' (%s, positions %d to %d, %s to %s) needs one of its positions at the same time. Nothing was saved: choose other positions, days or times."
                                        .formatted(
                                                other.name(),
                                                other.patternId(),
                                                other.position(),
                                                other.position() + other.people() - 1,
                                                other.startsAt(),
                                                other.endsAt()),
                                "roster.refused.pattern",
                                other.name(),
                                other.startsAt(),
                                other.endsAt(),
                                other.position(),
                                other.position() + other.people() - 1);
                    });
            add(connection, office, wanted);
            AuditLog.write(
                    connection, viewer.actor(), "shift-pattern-added", null, Map.of("pattern", patternId.toString()));
            return Sql.on(connection, COLUMNS + "where p.pattern_id = :pattern")
                    .with("pattern", patternId)
                    .get(PatternDesk::read);
        });
    }

    private static void add(Connection connection, int office, ShiftPattern pattern) {
        Sql.on(connection, """
                        insert into shift_pattern (pattern_id, office_no, team_no, name, days, starts_at, ends_at, position,
                                                   people)
                        values (:pattern, :office, :team, :name, :days, :starts, :ends, :position, :people)""")
                .with("pattern", pattern.patternId())
                .with("office", office)
                .with("team", pattern.teamNo())
                .with("name", pattern.name())
                .with(
                        "days",
                        pattern.days().stream().sorted().map(DayKind::word).collect(Collectors.joining(" ")))
                .with("starts", pattern.startsAt())
                .with("ends", pattern.endsAt())
                .with("position", pattern.position())
                .with("people", pattern.people())
                .update();
    }

    /// An office's patterns.
    public List<Pattern> list(Viewer viewer, UUID officeId) {
        return transactions.run(
                connection -> Sql.on(connection, COLUMNS + "where p.office_no = :office order by p.pattern_no")
                        .with("office", RosterAccess.see(connection, viewer, officeId))
                        .list(PatternDesk::read));
    }

    /// The names of an office's teams by their public ids.
    public Map<String, String> teams(Viewer viewer, UUID officeId) {
        Map<String, String> names = new LinkedHashMap<>();
        transactions
                .run(connection -> TeamApi.list(connection, RosterAccess.see(connection, viewer, officeId)))
                .forEach(team -> names.put(team.teamId().toString(), team.name()));
        return names;
    }

    /// Removes a pattern; the shifts that were made from it stay.
    public void remove(Viewer viewer, UUID patternId) {
        transactions.run(connection -> {
            RosterAccess.check(
                    connection,
                    viewer,
                    Sql.on(connection, "select office_no from shift_pattern where pattern_id = :pattern")
                            .with("pattern", patternId)
                            .find(row -> row.number("office_no"))
                            .orElseThrow(() -> Problem.notFound("pattern", patternId)),
                    "pattern",
                    patternId);
            AuditLog.write(
                    connection, viewer.actor(), "shift-pattern-removed", null, Map.of("pattern", patternId.toString()));
            return Sql.on(connection, "delete from shift_pattern where pattern_id = :pattern")
                    .with("pattern", patternId)
                    .update();
        });
    }

    /// An office's patterns, as months are made from them.
    static List<ShiftPattern> list(Connection connection, int officeNo) {
        return Sql.on(connection, COLUMNS + "where p.office_no = :office order by p.pattern_no")
                .with("office", officeNo)
                .list(row -> new ShiftPattern(
                        row.number("pattern_no"),
                        row.uuid("pattern_id"),
                        row.findNumber("team_no"),
                        row.text("name"),
                        days(row).stream()
                                .map(day -> DayKind.find(day).orElseThrow())
                                .collect(Collectors.toSet()),
                        LocalTime.parse(row.text("starts_at")),
                        LocalTime.parse(row.text("ends_at")),
                        row.number("position"),
                        row.number("people")));
    }

    private static List<String> days(Row row) {
        return List.of(row.text("days").split(" "));
    }

    private static Pattern read(Row row) {
        return new Pattern(
                row.uuid("pattern_id"),
                row.uuid("office_id"),
                row.findUuid("team_id"),
                row.text("name"),
                days(row),
                LocalTime.parse(row.text("starts_at")),
                LocalTime.parse(row.text("ends_at")),
                row.number("position"),
                row.number("people"));
    }
}
