package kr.dolbom.caseworker.roster.plan;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.roster.Rosters;
import kr.dolbom.caseworker.roster.Span;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// All that a month's roster is made from, read from the database.
///
/// @param zone where the office is
/// @param span the month there
/// @param open what nobody has yet and what has not begun
/// @param people who may take it
/// @param ids their public ids
record Month(ZoneId zone, Span span, List<Vacancy> open, List<Candidate> people, Map<Integer, UUID> ids) {
    private static final int MONTHS_BEFORE = 2;

    private record Person(
            int caseworkerNo,
            UUID id,
            String name,
            boolean supervisor,
            @Nullable Instant leftAt) {}

    private record Held(int officeNo, int caseworkerNo, int position, Span span, boolean standsIn) {}

    static Month load(Connection connection, int officeNo, YearMonth month, Instant now) {
        ZoneId zone = Rosters.zoneOf(connection, officeNo);
        Span span = span(month, zone);
        Span history = new Span(
                startOf(month.minusMonths(MONTHS_BEFORE), zone), span.end().plus(Duration.ofDays(2)));
        Set<LocalDate> holidays = Rosters.holidays(connection, officeNo, history, zone);
        List<Person> people = people(connection, officeNo);
        List<Held> held = held(connection, officeNo, history);
        Set<Integer> everybody = people.stream()
                .filter(person -> !person.supervisor())
                .map(Person::caseworkerNo)
                .collect(Collectors.toSet());
        Map<Integer, Set<Integer>> teams = teams(connection, officeNo);
        List<Vacancy> open = PatternDesk.list(connection, officeNo).stream()
                .flatMap(pattern -> pattern
                        .vacancies(
                                month,
                                zone,
                                holidays,
                                pattern.teamNo() == null ? everybody : teams.getOrDefault(pattern.teamNo(), Set.of()))
                        .stream())
                .filter(vacancy -> vacancy.span().start().isAfter(now))
                .filter(vacancy -> held.stream().noneMatch(duty -> takes(duty, officeNo, vacancy)))
                .toList();
        Map<Integer, List<Span>> leaves = Rosters.leaves(
                connection, people.stream().map(Person::caseworkerNo).collect(Collectors.toSet()), history);
        return new Month(
                zone,
                span,
                open,
                people.stream()
                        .map(person -> candidate(
                                person,
                                leaves.getOrDefault(person.caseworkerNo(), List.of()),
                                held.stream()
                                        .filter(duty -> duty.caseworkerNo() == person.caseworkerNo())
                                        .toList(),
                                span,
                                zone,
                                holidays))
                        .toList(),
                people.stream().collect(Collectors.toMap(Person::caseworkerNo, Person::id)));
    }

    static Span span(YearMonth month, ZoneId zone) {
        return new Span(startOf(month, zone), startOf(month.plusMonths(1), zone));
    }

    private static Instant startOf(YearMonth month, ZoneId zone) {
        return month.atDay(1).atStartOfDay(zone).toInstant();
    }

    private static boolean takes(Held duty, int officeNo, Vacancy vacancy) {
        return !duty.standsIn()
                && duty.officeNo() == officeNo
                && duty.position() == vacancy.position()
                && duty.span().overlaps(vacancy.span());
    }

    private static Candidate candidate(
            Person person, List<Span> leaves, List<Held> held, Span month, ZoneId zone, Set<LocalDate> holidays) {
        List<Span> away = new ArrayList<>(leaves);
        if (person.leftAt() != null) {
            away.add(Span.of(person.leftAt(), null));
        }
        Load load = Load.NONE;
        Load before = Load.NONE;
        for (Held duty : held) {
            if (duty.span().start().isBefore(month.start())) {
                before = before.plus(Load.of(duty.span(), duty.position(), zone, holidays));
            } else if (duty.span().overlaps(month)) {
                load = load.plus(Load.of(duty.span().and(month).orElseThrow(), duty.position(), zone, holidays));
            }
        }
        Duration here = month.without(away).stream().map(Span::length).reduce(Duration.ZERO, Duration::plus);
        // Whoever is away all month takes nothing, whatever their share; but nothing is divided by zero.
        double share = Math.max(0.01, here.toHours() / (double) month.length().toHours());
        return new Candidate(
                person.caseworkerNo(),
                person.name(),
                away,
                held.stream().map(Held::span).toList(),
                share,
                load,
                before);
    }

    private static List<Person> people(Connection connection, int officeNo) {
        return Sql.on(connection, """
                        select caseworker_no, caseworker_id, name, duty = 'supervisor' as supervisor, left_at
                          from caseworker where office_no = :office order by caseworker_no""")
                .with("office", officeNo)
                .list(row -> new Person(
                        row.number("caseworker_no"),
                        row.uuid("caseworker_id"),
                        row.secret("name", SecretColumn.CASEWORKER_NAME),
                        row.flag("supervisor"),
                        row.findInstant("left_at")));
    }

    private static Map<Integer, Set<Integer>> teams(Connection connection, int officeNo) {
        Map<Integer, Set<Integer>> teams = new HashMap<>();
        Sql.on(connection, """
                        select team_no, caseworker_no from team join team_member using (team_no)
                         where office_no = :office order by team_no, caseworker_no""")
                .with("office", officeNo)
                .list(row -> teams.computeIfAbsent(row.number("team_no"), _ -> new HashSet<>())
                        .add(row.number("caseworker_no")));
        return teams;
    }

    private static List<Held> held(Connection connection, int officeNo, Span span) {
        return Sql.on(connection, """
                        select d.office_no, d.caseworker_no, d.position, d.starts_at, d.ends_at, d.stands_in
                          from (select office_no, caseworker_no, position, starts_at, ends_at, false as stands_in
                                  from on_call_shift
                                 union all
                                select office_no, caseworker_no, position, starts_at, ends_at, true
                                  from on_call_override where cancelled_at is null) d
                          join caseworker c using (caseworker_no)
                         where :office in (c.office_no, d.office_no) and d.starts_at < :until
                           and (d.ends_at is null or d.ends_at > :from)""")
                .with("office", officeNo)
                .with("from", span.start())
                .with("until", span.end())
                .list(row -> new Held(
                        row.number("office_no"),
                        row.number("caseworker_no"),
                        row.number("position"),
                        Span.of(row.instant("starts_at"), row.findInstant("ends_at")),
                        row.flag("stands_in")));
    }
}
