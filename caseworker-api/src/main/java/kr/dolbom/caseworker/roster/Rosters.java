package kr.dolbom.caseworker.roster;

import java.sql.Connection;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// Rosters as the database has them. All methods work in the caller's transaction.
public final class Rosters {
    private Rosters() {}

    private record Written(
            Duty duty, Recipient person, @Nullable Span gone) {}

    /// What is written down of an office's duties in a window of time.
    public static Roster load(Connection connection, int officeNo, Span window) {
        NightCover cover = findCover(connection, officeNo);
        List<Written> written = written(connection, officeNo, cover == null ? officeNo : cover.centreNo(), window);
        Map<Integer, List<Span>> away = new HashMap<>();
        Map<Integer, Recipient> people = new HashMap<>();
        for (Written row : written) {
            int person = row.duty().caseworkerNo();
            if (people.put(person, row.person()) == null && row.gone() != null) {
                away.computeIfAbsent(person, _ -> new ArrayList<>()).add(row.gone());
            }
        }
        leaves(connection, people.keySet(), window)
                .forEach((person, spans) ->
                        away.computeIfAbsent(person, _ -> new ArrayList<>()).addAll(spans));
        return new Roster(
                officeNo,
                window,
                written.stream().map(Written::duty).toList(),
                away,
                cover == null ? List.of() : covered(connection, officeNo, cover, window),
                people);
    }

    private static List<Span> covered(Connection connection, int officeNo, NightCover cover, Span window) {
        ZoneId zone = zoneOf(connection, officeNo);
        return cover.spans(window, zone, cover.onDaysOff() ? holidays(connection, officeNo, window, zone) : Set.of());
    }

    /// Where an office is.
    public static ZoneId zoneOf(Connection connection, int officeNo) {
        return Sql.on(connection, "select time_zone from office where office_no = :office")
                .with("office", officeNo)
                .get(row -> ZoneId.of(row.text("time_zone")));
    }

    /// When another office answers for this one; null: never.
    public static @Nullable NightCover findCover(Connection connection, int officeNo) {
        return Sql.on(connection, """
                        select night_centre_no, night_from::text as night_from, night_to::text as night_to, night_days_off
                          from office_roster where office_no = :office and night_centre_no is not null""")
                .with("office", officeNo)
                .find(row -> new NightCover(
                        row.number("night_centre_no"),
                        LocalTime.parse(row.text("night_from")),
                        LocalTime.parse(row.text("night_to")),
                        row.flag("night_days_off")))
                .orElse(null);
    }

    /// An office's holidays on the days of a window.
    public static Set<LocalDate> holidays(Connection connection, int officeNo, Span window, ZoneId zone) {
        return Sql.on(connection, """
                        select day::text as day from holiday
                         where coalesce(office_no, :office) = :office and day between :from and :to""")
                .with("office", officeNo)
                .with("from", window.start().atZone(zone).toLocalDate().minusDays(1))
                .with("to", window.end().atZone(zone).toLocalDate().plusDays(1))
                .list(row -> LocalDate.parse(row.text("day")))
                .stream()
                .collect(Collectors.toSet());
    }

    /// When these people are on leave, in a window.
    public static Map<Integer, List<Span>> leaves(Connection connection, Set<Integer> caseworkers, Span window) {
        if (caseworkers.isEmpty()) {
            return Map.of();
        }
        record Leave(int caseworkerNo, Span span) {}
        return Sql.on(connection, """
                        select l.caseworker_no, l.from_day::timestamp at time zone o.time_zone as from_at,
                               (l.to_day + 1)::timestamp at time zone o.time_zone as to_at
                          from caseworker_leave l join caseworker c using (caseworker_no) join office o using (office_no)
                         where l.caseworker_no = any(:people) and l.from_day <= :to and l.to_day >= :from
                         order by l.from_day""")
                .with("people", caseworkers.toArray(Integer[]::new))
                // A day more on either side: the database compares days, and they begin elsewhere at other times.
                .with(
                        "from",
                        window.start().atOffset(ZoneOffset.UTC).toLocalDate().minusDays(1))
                .with("to", window.end().atOffset(ZoneOffset.UTC).toLocalDate().plusDays(1))
                .list(row ->
                        new Leave(row.number("caseworker_no"), new Span(row.instant("from_at"), row.instant("to_at"))))
                .stream()
                .collect(Collectors.groupingBy(
                        Leave::caseworkerNo, Collectors.mapping(Leave::span, Collectors.toList())));
    }

    private static List<Written> written(Connection connection, int officeNo, int centreNo, Span window) {
        return Sql.on(connection, """
                        select d.id, d.stands_in, d.office_no, d.position, d.caseworker_no, d.starts_at, d.ends_at,
                               c.caseworker_id, c.name, c.phone, c.language, c.left_at
                          from (select shift_id as id, false as stands_in, shift_no as no, office_no, position,
                                       caseworker_no, starts_at, ends_at
                                  from on_call_shift
                                 union all
                                select override_id, true, override_no, office_no, position,
                                       caseworker_no, starts_at, ends_at
                                  from on_call_override where cancelled_at is null) d
                          join caseworker c using (caseworker_no)
                         where d.office_no in (:office, :centre) and d.starts_at < :until
                           and coalesce(d.ends_at, 'infinity'::timestamptz) > :from
                         order by d.position, d.stands_in desc, d.no""")
                .with("office", officeNo)
                .with("centre", centreNo)
                .with("from", window.start())
                .with("until", window.end())
                .list(Rosters::read);
    }

    private static Written read(Row row) {
        int caseworker = row.number("caseworker_no");
        return new Written(
                new Duty(
                        row.uuid("id"),
                        row.flag("stands_in"),
                        row.number("office_no"),
                        row.number("position"),
                        caseworker,
                        Span.of(row.instant("starts_at"), row.findInstant("ends_at"))),
                new Recipient(
                        Alert.Person.caseworker(
                                caseworker,
                                row.uuid("caseworker_id"),
                                row.secret("name", SecretColumn.CASEWORKER_NAME)),
                        row.secret("phone", SecretColumn.PHONE),
                        row.text("language")),
                row.findInstant("left_at") == null
                        ? null
                        : Span.of(Objects.requireNonNull(row.findInstant("left_at")), null));
    }
}
