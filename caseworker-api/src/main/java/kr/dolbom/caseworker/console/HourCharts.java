package kr.dolbom.caseworker.console;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.daybook.ResidentDay;
import kr.dolbom.caseworker.words.Phrasing;
import org.jspecify.annotations.Nullable;

/// Draws the last 48 hours of a resident beside what is usual for each hour: in how many of its minutes they were seen,
/// the median of four weeks, the silence, and the times that were not watched.
final class HourCharts {
    private static final int HOURS = 48;
    private static final int DAYS = 28;
    private static final int HOURS_PER_DAY = 24;
    private static final int MINUTES = 60;
    private static final Duration BIN = Duration.ofMinutes(ResidentDay.BIN_MINUTES);
    private static final int LEAST_DAYS = 5;
    private static final int NAMED_EVERY = 6;

    private final Phrasing phrasing;
    private final ZoneId zone;

    HourCharts(Phrasing phrasing) {
        this.phrasing = phrasing;
        this.zone = phrasing.clock().getZone();
    }

    /// @param mask bit n is set when the resident was seen in its nth five minutes
    private record Hour(LocalDate day, int hour, int mask) {
        int minutes() {
            return Integer.bitCount(mask) * ResidentDay.BIN_MINUTES;
        }

        Instant begin(ZoneId zone) {
            return day.atTime(hour, 0).atZone(zone).toInstant();
        }

        /// When each of the five minutes begins in which the resident was seen.
        Stream<Instant> bins(ZoneId zone) {
            return IntStream.range(0, MINUTES / ResidentDay.BIN_MINUTES)
                    .filter(bin -> (mask >> bin & 1) == 1)
                    .mapToObj(bin -> begin(zone).plus(BIN.multipliedBy(bin)));
        }
    }

    /// A time in which the resident was not seen.
    ///
    /// @param from when they were seen last
    /// @param to when they were seen again, or up to when is looked
    /// @param isOver whether they were seen again
    private record Silence(Instant from, Instant to, boolean isOver) {
        Duration length() {
            return Duration.between(from, to);
        }
    }

    private record Gap(Instant from, Instant to, String cause) {
        Duration length() {
            return Duration.between(from, to);
        }
    }

    /// The picture of the 48 hours before a moment; null when nothing is known of the resident.
    ///
    /// @param end up to when is looked
    /// @param isNow whether that is the present
    /// @param moment when the alert's own thing happened
    /// @param silentSince since when nobody was seen; null where the alert is not about silence
    @Nullable HourChart draw(
            Connection connection,
            int residentNo,
            Instant end,
            boolean isNow,
            Instant moment,
            @Nullable Instant silentSince) {
        Instant last = end.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        Instant first = last.minus(Duration.ofHours(HOURS));
        LocalDate from = LocalDate.ofInstant(first, zone).minusDays(DAYS);
        List<Hour> hours = listHours(connection, residentNo, from);
        List<Gap> gaps = listGaps(connection, residentNo, first, end);
        if (hours.isEmpty() && gaps.isEmpty() && silentSince == null) {
            return null;
        }
        Map<Instant, Integer> seen = new HashMap<>();
        hours.forEach(hour -> seen.put(hour.begin(zone), hour.minutes()));
        Silence silence = silentSince == null || silentSince.isAfter(end) ? null : silence(hours, silentSince, end);
        int[] usual = usual(hours, LocalDate.ofInstant(first, zone));
        boolean hasUsual = IntStream.of(usual).anyMatch(minutes -> minutes >= 0);
        return new HourChart(
                isNow
                        ? phrasing.words().text("alert.chart")
                        : phrasing.words().text("alert.chart.until", phrasing.dateTime(end)),
                bars(first, end, seen),
                hasUsual ? path(first, usual) : "",
                bands(first, gaps, silence),
                ticks(first),
                moment.isBefore(first) || moment.isAfter(last) ? -1 : x(first, moment),
                sentence(first, end, seen, gaps, silence),
                hasUsual);
    }

    private static List<Hour> listHours(Connection connection, int residentNo, LocalDate from) {
        return Sql.on(connection, """
                        select d.day::text as day, (h.number - 1)::int as hour,
                               h.bits::int as mask
                          from resident_day d cross join lateral unnest(d.seen) with ordinality h (bits, number)
                         where d.resident_no = :resident and d.day >= :from::date""")
                .with("resident", residentNo)
                .with("from", from.toString())
                .list(row -> new Hour(LocalDate.parse(row.text("day")), row.number("hour"), row.number("mask")));
    }

    /// The silence ends with the first five minutes in which the resident was seen again.
    private Silence silence(List<Hour> hours, Instant since, Instant end) {
        return hours.stream()
                .flatMap(hour -> hour.bins(zone))
                .filter(bin -> bin.isAfter(since) && bin.isBefore(end))
                .min(Comparator.naturalOrder())
                .map(again -> new Silence(since, again, true))
                .orElseGet(() -> new Silence(since, end, false));
    }

    private static List<Gap> listGaps(Connection connection, int residentNo, Instant from, Instant to) {
        return Sql.on(connection, """
                        select from_at, coalesce(to_at, :to) as to_at, cause from monitoring_gap
                         where resident_no = :resident and from_at < :to and coalesce(to_at, :to) > :from
                         order by from_at""")
                .with("resident", residentNo)
                .with("from", from)
                .with("to", to)
                .list(row -> new Gap(row.instant("from_at"), row.instant("to_at"), row.text("cause")));
    }

    /// By hour of the day the median; -1 where too few days are known.
    private static int[] usual(List<Hour> hours, LocalDate before) {
        int[] usual = new int[HOURS_PER_DAY];
        for (int hour = 0; hour < usual.length; hour++) {
            int which = hour;
            List<Integer> minutes = hours.stream()
                    .filter(one -> one.hour() == which && one.day().isBefore(before))
                    .map(Hour::minutes)
                    .sorted(Comparator.naturalOrder())
                    .toList();
            usual[hour] = minutes.size() < LEAST_DAYS ? -1 : minutes.get(minutes.size() / 2);
        }
        return usual;
    }

    private List<HourChart.Bar> bars(Instant first, Instant end, Map<Instant, Integer> seen) {
        List<HourChart.Bar> bars = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            Instant at = first.plus(Duration.ofHours(hour));
            Integer minutes = seen.get(at);
            if (minutes != null && minutes > 0 && at.isBefore(end)) {
                int height = minutes * HourChart.FULL / MINUTES;
                bars.add(new HourChart.Bar(
                        hour * HourChart.HOUR,
                        HourChart.FLOOR - height,
                        height,
                        phrasing.words().text("alert.hour", phrasing.dateTime(at), minutes)));
            }
        }
        return bars;
    }

    private String path(Instant first, int[] usual) {
        var path = new StringBuilder();
        boolean isDrawing = false;
        for (int hour = 0; hour < HOURS; hour++) {
            int minutes = usual[first.plus(Duration.ofHours(hour)).atZone(zone).getHour()];
            if (minutes >= 0) {
                int y = HourChart.FLOOR - minutes * HourChart.FULL / MINUTES;
                path.append(isDrawing ? "L" : "M")
                        .append(hour * HourChart.HOUR)
                        .append(' ')
                        .append(y)
                        .append('H')
                        .append((hour + 1) * HourChart.HOUR);
            }
            isDrawing = minutes >= 0;
        }
        return path.toString();
    }

    private List<HourChart.Band> bands(Instant first, List<Gap> gaps, @Nullable Silence silence) {
        List<HourChart.Band> bands = new ArrayList<>();
        if (silence != null && silence.to().isAfter(first)) {
            String text = phrasing.words().text("alert.silence", span(silence.length()));
            String whole = silence.isOver()
                    ? text + " · " + phrasing.words().text("alert.seen-again", phrasing.minute(silence.to()))
                    : text;
            bands.add(band("silence", first, silence.from(), silence.to(), whole, whole));
        }
        Optional<Duration> longest = gaps.stream().map(Gap::length).max(Comparator.naturalOrder());
        for (Gap gap : gaps) {
            boolean isLongest = gap.length().equals(longest.orElseThrow());
            String text = isLongest ? phrasing.words().text("alert.gap", span(gap.length())) : "";
            bands.add(band("gap", first, gap.from(), gap.to(), text, title(gap)));
        }
        return bands;
    }

    private String title(Gap gap) {
        return phrasing.words().text("alert.gap." + gap.cause(), span(gap.length()));
    }

    private static HourChart.Band band(
            String kind, Instant first, Instant from, Instant to, String text, String title) {
        int x = x(first, from.isBefore(first) ? first : from);
        return new HourChart.Band(kind, x, Math.max(2, x(first, to) - x), text, title);
    }

    private List<HourChart.Tick> ticks(Instant first) {
        List<HourChart.Tick> ticks = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            Instant at = first.plus(Duration.ofHours(hour));
            int clock = at.atZone(zone).getHour();
            if (clock % NAMED_EVERY == 0) {
                String text = clock == 0
                        ? phrasing.words()
                                .text(
                                        "alert.tick-day",
                                        at.atZone(zone).getMonthValue(),
                                        at.atZone(zone).getDayOfMonth())
                        : phrasing.words().text("alert.tick-hour", clock);
                ticks.add(new HourChart.Tick(hour * HourChart.HOUR, text));
            }
        }
        return ticks;
    }

    private String sentence(
            Instant first, Instant end, Map<Instant, Integer> seen, List<Gap> gaps, @Nullable Silence silence) {
        long hours = seen.entrySet().stream()
                .filter(entry -> entry.getValue() > 0
                        && !entry.getKey().isBefore(first)
                        && entry.getKey().isBefore(end))
                .count();
        List<String> parts = new ArrayList<>();
        parts.add(phrasing.words().text("alert.hours-seen", hours));
        if (silence != null) {
            parts.add(phrasing.words()
                    .text("alert.silent-since", phrasing.dateTime(silence.from()), span(silence.length())));
            if (silence.isOver()) {
                parts.add(phrasing.words().text("alert.seen-again.sentence", phrasing.dateTime(silence.to())));
            }
        }
        for (Gap gap : gaps) {
            parts.add(title(gap) + ".");
        }
        return String.join(" ", parts);
    }

    private String span(Duration span) {
        if (span.toHours() == 0) {
            return phrasing.words().text("alert.minutes", span.toMinutes());
        }
        return span.toMinutesPart() == 0
                ? phrasing.words().text("alert.whole-hours", span.toHours())
                : phrasing.words().text("alert.hours", span.toHours(), span.toMinutesPart());
    }

    private static int x(Instant first, Instant at) {
        return (int) (Duration.between(first, at).toSeconds()
                * HourChart.HOUR
                / Duration.ofHours(1).toSeconds());
    }
}
