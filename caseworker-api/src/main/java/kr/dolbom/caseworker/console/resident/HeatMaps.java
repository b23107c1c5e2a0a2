package kr.dolbom.caseworker.console.resident;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kr.dolbom.caseworker.daybook.ResidentDay;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Draws the heat map. In each hour a bar stands as high as there were minutes in which the resident was seen, and a
/// line where the usual is: so it can be read without any colour. Pure; for one use.
final class HeatMaps {
    /// How many days are shown.
    static final int DAYS = 30;

    private static final int CELL_WIDTH = 36;
    private static final int CELL_HEIGHT = 22;
    private static final int BAR_HEIGHT = 18;
    private static final int INSET = 2;
    private static final int TOP = 24;
    private static final int USUAL_ROW = 30;
    private static final int LEVELS = 4;
    private static final int MINUTES = 60;
    private static final int WORD_WIDTH = 76;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Phrasing phrasing;
    private final Words words;
    private final ZoneId zone;
    private final Instant now;
    private final LocalDate today;
    private final LocalDate first;
    private final Map<LocalDate, ResidentDay> days;
    private final List<Span> spans;
    private final Usual usual;
    private final Instant begin;
    private final Instant until;

    private final List<StringBuilder> bars = new ArrayList<>();
    private final StringBuilder ticks = new StringBuilder();
    private final StringBuilder less = new StringBuilder();
    private final StringBuilder more = new StringBuilder();
    private final List<HeatMap.Cell> cells = new ArrayList<>();
    private final List<HeatMap.Blank> blanks = new ArrayList<>();
    private final List<HeatMap.Line> table = new ArrayList<>();
    private final int[] minutesByHour = new int[ResidentDay.HOURS];
    private int lessHours;
    private int moreHours;
    private int minutesSeen;
    private int daysKnown;
    private Duration gaps = Duration.ZERO;

    /// @param until up to when telemetry was counted
    /// @param begin when the resident was watched first
    HeatMaps(
            Phrasing phrasing,
            ZoneId zone,
            Instant now,
            Map<LocalDate, ResidentDay> days,
            List<Span> spans,
            Instant begin,
            Instant until) {
        this.phrasing = phrasing;
        this.words = phrasing.words();
        this.zone = zone;
        this.now = now;
        this.days = days;
        this.spans = spans;
        this.begin = begin;
        this.until = until.isAfter(now) ? now : until;
        today = LocalDate.ofInstant(now, zone);
        first = today.minusDays(DAYS - 1L);
        usual = Usual.of(days, spans, first, today, zone);
        for (int i = 0; i < LEVELS; i++) {
            bars.add(new StringBuilder());
        }
    }

    /// The picture.
    ///
    /// @param alerts those to be marked, whenever they were
    HeatMap draw(List<ResidentFile.AlertLine> alerts) {
        var labels = new ArrayList<HeatMap.Label>();
        labels.add(new HeatMap.Label(0, TOP + BAR_HEIGHT - 4, words.text("resident.heat.usual")));
        usualRow();
        for (int row = 0; row < DAYS; row++) {
            LocalDate day = first.plusDays(row);
            labels.add(new HeatMap.Label(0, y(row) + CELL_HEIGHT - 6, ShortDate.of(words, day)));
            day(day, row);
        }
        var hours = new ArrayList<HeatMap.Label>();
        for (int hour = 0; hour < ResidentDay.HOURS; hour++) {
            hours.add(new HeatMap.Label(hour * CELL_WIDTH + CELL_WIDTH / 2, TOP - 10, Integer.toString(hour)));
        }
        List<HeatMap.Mark> marks = alerts.stream()
                .filter(alert -> !LocalDate.ofInstant(alert.moment(), zone).isBefore(first)
                        && !alert.moment().isAfter(now))
                .map(this::mark)
                .toList();
        return new HeatMap(
                CELL_WIDTH * ResidentDay.HOURS,
                y(DAYS) + 2,
                hours,
                labels,
                bars.stream().map(StringBuilder::toString).toList(),
                ticks.toString(),
                less.toString(),
                more.toString(),
                now.atZone(zone).getHour(),
                blanks,
                cells,
                marks,
                sentence(marks.size()),
                words.text(usual.isOfBefore() ? "resident.heat.usual-before" : "resident.heat.usual-shown"),
                table,
                daysKnown == 0 && blanks.isEmpty());
    }

    private static int y(int row) {
        return TOP + USUAL_ROW + row * CELL_HEIGHT;
    }

    private void usualRow() {
        var line = new ArrayList<String>();
        for (int hour = 0; hour < ResidentDay.HOURS; hour++) {
            int x = hour * CELL_WIDTH;
            boolean isKnown = usual.isKnown(hour);
            if (isKnown) {
                bar(x, TOP, usual.median().get(hour));
                cells.add(new HeatMap.Cell(
                        x,
                        TOP,
                        words.text(
                                "resident.heat.cell-usual", hour, usual.median().get(hour))));
            }
            line.add(isKnown ? usual.median().get(hour).toString() : "");
        }
        table.add(new HeatMap.Line(words.text("resident.heat.usual"), line));
    }

    private void day(LocalDate day, int row) {
        int y = y(row);
        ResidentDay known = days.get(day);
        Instant start = day.atStartOfDay(zone).toInstant();
        Instant end = min(day.plusDays(1).atStartOfDay(zone).toInstant(), now);
        List<Span> blank = new ArrayList<>();
        for (Span span : spans) {
            Instant from = max(max(span.from(), start), begin);
            Instant to = min(span.to(), end);
            if (from.isBefore(to)) {
                blank.add(new Span(from, to, span.why()));
            }
        }
        if (known == null && !day.equals(today) && end.isAfter(begin)) {
            blank = withNoRecord(blank, max(start, begin), end);
        }
        blank.forEach(span -> blank(span, y));
        daysKnown += known == null ? 0 : 1;
        var line = new ArrayList<String>();
        for (int hour = 0; hour < ResidentDay.HOURS; hour++) {
            line.add(hour(day, hour, y, known, blank));
        }
        table.add(new HeatMap.Line(phrasing.date(day), line));
    }

    /// A day of which nothing was heard: what is not explained otherwise has no record.
    private static List<Span> withNoRecord(List<Span> explained, Instant start, Instant end) {
        var all = new ArrayList<Span>();
        Instant done = start;
        for (Span span : explained) {
            if (span.from().isAfter(done)) {
                all.add(new Span(done, span.from(), Span.Why.NO_RECORD));
            }
            all.add(span);
            done = max(done, span.to());
        }
        if (done.isBefore(end)) {
            all.add(new Span(done, end, Span.Why.NO_RECORD));
        }
        return all;
    }

    private void blank(Span span, int y) {
        int from = x(span.from(), false);
        int to = Math.max(from + INSET, x(span.to(), true));
        String name = words.text("resident.why." + span.why().word());
        if (span.why().isGap()) {
            gaps = gaps.plus(Duration.between(span.from(), span.to()));
        }
        blanks.add(new HeatMap.Blank(
                from,
                y + 1,
                to - from,
                CELL_HEIGHT - INSET,
                span.why().isGap(),
                to - from < WORD_WIDTH ? "" : span.why().isGap() ? words.text("resident.gap") : name,
                words.text(
                        "resident.heat.blank",
                        phrasing.date(LocalDate.ofInstant(span.from(), zone)),
                        phrasing.minute(span.from()),
                        phrasing.minute(span.to()),
                        span.why().isGap() ? words.text("resident.gap-why", name) : name)));
    }

    /// Where a moment lies across; the end of a day is at its right edge.
    private int x(Instant moment, boolean isEnd) {
        int seconds = moment.atZone(zone).toLocalTime().toSecondOfDay();
        return isEnd && seconds == 0
                ? CELL_WIDTH * ResidentDay.HOURS
                : Math.toIntExact(Math.round(seconds * (double) CELL_WIDTH / HOUR.toSeconds()));
    }

    private String hour(LocalDate day, int hour, int y, @Nullable ResidentDay known, List<Span> blank) {
        Instant from = day.atTime(hour, 0).atZone(zone).toInstant();
        Instant to = from.plus(HOUR);
        if (!from.isBefore(until) || !to.isAfter(begin)) {
            return "";
        }
        Duration unseen = Span.overlap(blank, from, to);
        int minutes = known == null ? 0 : known.minutesSeen(hour);
        if (known == null || (minutes == 0 && unseen.compareTo(HOUR.minusMinutes(1)) >= 0)) {
            return blank.stream()
                    .filter(span -> span.from().isBefore(to) && span.to().isAfter(from))
                    .findFirst()
                    .map(span -> words.text(
                            span.why().isGap()
                                    ? "resident.gap"
                                    : "resident.why." + span.why().word()))
                    .orElse("");
        }
        int x = hour * CELL_WIDTH;
        bar(x, y, minutes);
        boolean isWhole = unseen.isZero() && !to.isAfter(until) && !from.isBefore(begin);
        String title = words.text("resident.heat.cell", ShortDate.of(words, day), hour, minutes);
        if (usual.isKnown(hour)) {
            tick(x, y, usual.median().get(hour));
            title += words.text("resident.heat.cell-to-usual", usual.median().get(hour));
        }
        if (isWhole && usual.isLess(hour, minutes)) {
            lessHours++;
            less.append('M')
                    .append(x + CELL_WIDTH - 13)
                    .append(' ')
                    .append(y + 4)
                    .append("h9l-4.5 7z");
            title += words.text("resident.heat.less");
        }
        if (isWhole && usual.isMore(hour, minutes)) {
            moreHours++;
            more.append('M')
                    .append(x + CELL_WIDTH - 13)
                    .append(' ')
                    .append(y + 11)
                    .append("h9l-4.5 -7z");
            title += words.text("resident.heat.more");
        }
        if (!unseen.isZero()) {
            title += words.text("resident.heat.partly", unseen.toMinutes());
        }
        cells.add(new HeatMap.Cell(x, y, title));
        minutesByHour[hour] += minutes;
        minutesSeen += minutes;
        return Integer.toString(minutes);
    }

    /// None where nothing is usual: a line at the foot of every hour of every night would say nothing.
    private void tick(int x, int y, int minutes) {
        if (minutes > 0) {
            ticks.append('M')
                    .append(x + INSET)
                    .append(' ')
                    .append(y + CELL_HEIGHT - INSET - height(minutes))
                    .append('h')
                    .append(CELL_WIDTH - 2 * INSET);
        }
    }

    private void bar(int x, int y, int minutes) {
        if (minutes == 0) {
            return;
        }
        int height = height(minutes);
        bars.get(Math.min(LEVELS - 1, (minutes - 1) * LEVELS / MINUTES))
                .append('M')
                .append(x + INSET)
                .append(' ')
                .append(y + CELL_HEIGHT - INSET)
                .append("v-")
                .append(height)
                .append('h')
                .append(CELL_WIDTH - 2 * INSET)
                .append('v')
                .append(height)
                .append('z');
    }

    private static int height(int minutes) {
        return minutes * BAR_HEIGHT / MINUTES;
    }

    private HeatMap.Mark mark(ResidentFile.AlertLine alert) {
        LocalDate day = LocalDate.ofInstant(alert.moment(), zone);
        return new HeatMap.Mark(
                x(alert.moment(), false),
                y(Math.toIntExact(ChronoUnit.DAYS.between(first, day))) + CELL_HEIGHT / 2,
                alert.alertId().toString(),
                alert.tier(),
                words.text("tier." + alert.tier()) + " · " + phrasing.dateTime(alert.moment()) + " · "
                        + alert.reason(words.language()));
    }

    private String sentence(int alerts) {
        if (daysKnown == 0) {
            return words.text("resident.heat.nothing");
        }
        int busiest = 0;
        for (int hour = 1; hour < ResidentDay.HOURS; hour++) {
            busiest = minutesByHour[hour] > minutesByHour[busiest] ? hour : busiest;
        }
        int aDay = minutesSeen / daysKnown;
        return words.text(
                        "resident.heat.sentence",
                        DAYS,
                        daysKnown,
                        aDay / MINUTES,
                        aDay % MINUTES,
                        busiest,
                        lessHours,
                        moreHours)
                + " "
                + (gaps.isZero()
                        ? words.text("resident.heat.no-gaps")
                        : words.text("resident.heat.gaps", (gaps.toMinutes() + 30) / MINUTES))
                + " "
                + words.text("resident.heat.alerts", alerts);
    }

    private static Instant min(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
