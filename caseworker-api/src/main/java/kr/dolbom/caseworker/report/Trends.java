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
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import kr.dolbom.caseworker.database.Sql;

/// Reads the figures of several months at once. What became of the alerts of a month that is over is computed once and
/// kept in memory; months of whose alerts the ledger has told something since are computed anew. Safe for use by many
/// threads.
@Singleton
public final class Trends {
    /// An entry may be seen so long after it was written.
    private static final Duration LATE_COMMIT = Duration.ofMinutes(10);

    private static final int MOST_KEPT = 60;

    private final Clock clock;
    private final Map<Integer, Kept> kept = new ConcurrentHashMap<>();

    Trends(Clock clock) {
        this.clock = clock;
    }

    private record Office(int officeNo, UUID officeId, String nameKo, String nameEn, ZoneId timeZone) {}

    /// What was computed of an office's months.
    ///
    /// @param checkedAt by the database's clock
    private record Kept(ZoneId zone, Instant checkedAt, Map<YearMonth, Trend.Alerts> alerts) {}

    /// The months of an office, in the caller's transaction.
    ///
    /// @param months oldest first
    public Trend make(Connection connection, List<YearMonth> months, int officeNo) {
        Instant now = clock.instant();
        Office office = Sql.on(connection, """
                        select office_no, office_id, name_ko, name_en, time_zone from office
                         where office_no = :office""")
                .with("office", officeNo)
                .get(row -> new Office(
                        row.number("office_no"),
                        row.uuid("office_id"),
                        row.text("name_ko"),
                        row.text("name_en"),
                        ZoneId.of(row.text("time_zone"))));
        Map<YearMonth, Trend.Alerts> alerts = alerts(connection, office, months, now);
        Map<YearMonth, Map<String, Double>> gaps = gapSeconds(connection, office, months, now);
        Map<YearMonth, Watched> watched = watched(connection, office, months, now);
        return new Trend(
                office.officeId(),
                office.nameKo(),
                office.nameEn(),
                months.stream()
                        .map(month -> {
                            Watched homes = watched.getOrDefault(month, Watched.NONE);
                            return new Trend.Month(
                                    month,
                                    start(month, office.timeZone()),
                                    start(month.plusMonths(1), office.timeZone()),
                                    isOver(month, office.timeZone(), now),
                                    Objects.requireNonNull(alerts.get(month)),
                                    Figures.gaps(homes.residents(), homes.hours(), gaps.getOrDefault(month, Map.of())));
                        })
                        .toList());
    }

    private static Instant start(YearMonth month, ZoneId zone) {
        return month.atDay(1).atStartOfDay(zone).toInstant();
    }

    private static boolean isOver(YearMonth month, ZoneId zone, Instant now) {
        return !now.isBefore(start(month.plusMonths(1), zone));
    }

    private Map<YearMonth, Trend.Alerts> alerts(
            Connection connection, Office office, List<YearMonth> months, Instant now) {
        Instant checkedAt = Sql.on(connection, "select statement_timestamp() as now")
                .get(row -> row.instant("now"))
                .minus(LATE_COMMIT);
        Kept before = kept.get(office.officeNo());
        Map<YearMonth, Trend.Alerts> known = new HashMap<>();
        if (before != null && before.zone().equals(office.timeZone())) {
            known.putAll(before.alerts());
            if (!known.isEmpty()) {
                listChanged(connection, office, List.copyOf(known.keySet()), before.checkedAt())
                        .forEach(known::remove);
            }
        }
        List<YearMonth> missing =
                months.stream().filter(month -> !known.containsKey(month)).toList();
        missing.forEach(month -> known.put(month, count(connection, office, month)));
        Map<YearMonth, Trend.Alerts> over = new HashMap<>(known);
        over.keySet().removeIf(month -> !isOver(month, office.timeZone(), now));
        if (over.size() > MOST_KEPT) {
            over.keySet().retainAll(months);
        }
        kept.put(office.officeNo(), new Kept(office.timeZone(), checkedAt, over));
        return known;
    }

    /// Of whose alerts the ledger has told something since.
    private static List<YearMonth> listChanged(
            Connection connection, Office office, List<YearMonth> months, Instant since) {
        return over(connection, """
                        select distinct m.n::int as n from (
                            select distinct alert_id from ledger_entry where recorded_at >= :since) told
                          join alert a using (alert_id) join resident r using (resident_no)
                          join months m on a.raised_at >= m.from_at and a.raised_at < m.to_at
                         where r.office_no = :office""", office, months, Instant.MAX)
                .with("since", since)
                .list(row -> months.get(row.number("n") - 1));
    }

    private static Trend.Alerts count(Connection connection, Office office, YearMonth month) {
        return Sql.on(connection, """
                        select count(called_at)::int as called,
                               count(*) filter (where called_at is not null and reached_at is null
                                                  and outcome is not null)::int as withdrawn,
                               count(reached_at)::int as reached,
                               count(*) filter (where reached_at - called_at <= interval '60 seconds')::int as within60,
                               count(*) filter (where reached_at - called_at <= interval '180 seconds')::int as within180,
                               count(*) filter (where outcome <> 'retracted')::int as closed,
                               count(*) filter (where outcome = 'false-alarm')::int as wrong
                          from alert a join resident r using (resident_no)
                         cross join lateral (
                                select min(l.at) as called_at from ledger_entry l
                                 where l.alert_id = a.alert_id and l.type = 'people-called') called
                         cross join lateral (
                                select min(l.at) as reached_at from ledger_entry l
                                 where l.alert_id = a.alert_id and l.at >= called_at
                                   and (l.type = 'acknowledged'
                                        or l.type = 'resolved'
                                           and l.actor not in ('platform', 'robot', 'resident', 'provider'))) reached
                         where r.office_no = :office and a.raised_at >= :from and a.raised_at < :to and not a.drill""")
                .with("office", office.officeNo())
                .with("from", start(month, office.timeZone()))
                .with("to", start(month.plusMonths(1), office.timeZone()))
                .get(row -> new Trend.Alerts(
                        row.number("called"),
                        row.number("withdrawn"),
                        row.number("reached"),
                        row.number("within60"),
                        row.number("within180"),
                        row.number("closed"),
                        row.number("wrong")));
    }

    private record Watched(int residents, double hours) {
        static final Watched NONE = new Watched(0, 0);
    }

    private static Map<YearMonth, Watched> watched(
            Connection connection, Office office, List<YearMonth> months, Instant now) {
        record Of(YearMonth month, Watched watched) {}
        Map<YearMonth, Watched> all = new HashMap<>();
        over(connection, """
                        select m.n::int as n, count(*)::int as residents,
                               coalesce(extract(epoch from sum(
                                   least(m.until, r.left_at) - greatest(r.created_at, m.from_at))), 0)::text as seconds
                          from months m join resident r
                            on r.created_at < m.until and (r.left_at is null or r.left_at > greatest(r.created_at, m.from_at))
                         where r.office_no = :office group by m.n""", office, months, now)
                .list(row -> new Of(
                        months.get(row.number("n") - 1),
                        new Watched(
                                row.number("residents"),
                                Double.parseDouble(row.text("seconds"))
                                        / Duration.ofHours(1).toSeconds())))
                .forEach(one -> all.put(one.month(), one.watched()));
        return all;
    }

    private static Map<YearMonth, Map<String, Double>> gapSeconds(
            Connection connection, Office office, List<YearMonth> months, Instant now) {
        record Gap(YearMonth month, String cause, double seconds) {}
        Map<YearMonth, Map<String, Double>> all = new HashMap<>();
        over(connection, """
                        select m.n::int as n, g.cause,
                               extract(epoch from sum(least(coalesce(g.to_at, m.until), m.until)
                                                      - greatest(g.from_at, r.created_at, m.from_at)))::text as seconds
                          from monitoring_gap g join resident r using (resident_no)
                          join months m on g.from_at < m.until and coalesce(g.to_at, m.until) > m.from_at
                           and coalesce(g.to_at, m.until) > r.created_at
                         where r.office_no = :office group by m.n, g.cause""", office, months, now)
                .list(row -> new Gap(
                        months.get(row.number("n") - 1), row.text("cause"), Double.parseDouble(row.text("seconds"))))
                .forEach(gap -> all.computeIfAbsent(gap.month(), month -> new HashMap<>())
                        .put(gap.cause(), gap.seconds()));
        return all;
    }

    /// A query over `months (n, from_at, to_at, until)`, where `until` is the end of what has been.
    private static Sql over(Connection connection, String query, Office office, List<YearMonth> months, Instant now) {
        Function<YearMonth, Instant> begin = month -> start(month, office.timeZone());
        Function<YearMonth, Instant> end = month -> start(month.plusMonths(1), office.timeZone());
        return Sql.on(connection, """
                        with months as (
                            select n, from_at, to_at, until
                              from unnest(:froms::timestamptz[], :tos::timestamptz[], :untils::timestamptz[])
                                   with ordinality m (from_at, to_at, until, n)
                        )
                        """ + query)
                .with("froms", texts(months, begin))
                .with("tos", texts(months, end))
                .with("untils", texts(months, month -> {
                    Instant from = begin.apply(month);
                    Instant to = end.apply(month);
                    return now.isBefore(from) ? from : now.isBefore(to) ? now : to;
                }))
                .with("office", office.officeNo());
    }

    private static String[] texts(List<YearMonth> months, Function<YearMonth, Instant> moment) {
        return months.stream().map(month -> moment.apply(month).toString()).toArray(String[]::new);
    }
}
