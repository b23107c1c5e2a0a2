package kr.dolbom.caseworker.console.resident;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import kr.dolbom.caseworker.daybook.ResidentDay;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;

/// Draws the small charts: the score, nights, talk and medication of the last thirty days. A day that
/// nobody can tell of is hatched and never a zero. Pure.
final class Charts {
    private static final int LEFT = 40;
    private static final int WIDTH = 480;
    private static final int HEIGHT = 150;
    private static final int TOP = 14;
    private static final int BOTTOM = 124;
    private static final int SLOT = (WIDTH - LEFT) / HeatMaps.DAYS;
    private static final int BAR = SLOT - 4;

    private static final int SCORE_WIDTH = 956;
    private static final int SCORE_HEIGHT = 200;
    private static final int SCORE_TOP = 36;
    private static final int SCORE_BOTTOM = 172;
    private static final int HIGHEST_SCORE = 100;
    private static final int WORD_WIDTH = 80;
    private static final int MINUTES = 60;
    private static final int DAYS_PER_LABEL = 7;
    private static final int HALF_HOUR_MINUTES = 30;
    private static final int CELLS_PER_DAY = 4;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HALF_DAY = Duration.ofHours(12);
    private static final Duration EVENING_BEFORE = Duration.ofHours(4);

    private final Phrasing phrasing;
    private final Words words;
    private final ResidentFile file;
    private final ZoneId zone;
    private final LocalDate today;
    private final LocalDate first;
    private final LocalDate begin;

    /// @param begin the first day of which anything is known
    Charts(Phrasing phrasing, ResidentFile file, LocalDate begin) {
        this.phrasing = phrasing;
        this.words = phrasing.words();
        this.file = file;
        this.begin = begin;
        zone = file.who().zone();
        today = LocalDate.ofInstant(file.now(), zone);
        first = today.minusDays(HeatMaps.DAYS - 1L);
    }

    /// A day's value.
    ///
    /// @param value how high the bar is
    /// @param missed what stands on it, hollow
    /// @param title in words
    record Value(double value, double missed, String title) {}

    /// All charts of a day each; the score has its own.
    List<Chart> listDaily() {
        return List.of(rest(), bathroom(), talk(), medication());
    }

    /// A table with all of it.
    List<HeatMap.Line> table() {
        var lines = new ArrayList<HeatMap.Line>();
        for (LocalDate day = first; !day.isAfter(today); day = day.plusDays(1)) {
            ResidentDay known = file.days().get(day);
            var night = Night.find(day, file.days(), file.spans(), zone, file.now());
            String blank = day.isBefore(today) && !day.isBefore(begin)
                    ? words.text(isGap(day) ? "resident.gap" : "resident.elsewhere")
                    : "";
            lines.add(new HeatMap.Line(
                    phrasing.date(day),
                    List.of(
                            scoreOf(day).isPresent()
                                    ? Integer.toString(scoreOf(day).getAsInt())
                                    : blank,
                            night.map(one -> duration(one.restMinutes())).orElse(blank),
                            night.map(one -> Integer.toString(one.bathroomVisits()))
                                    .orElse(blank),
                            known == null ? blank : Integer.toString(known.talks()),
                            known == null ? blank : Integer.toString(talkMinutes(known)),
                            known == null ? blank : Integer.toString(known.taken()),
                            known == null ? blank : Integer.toString(known.missed()))));
        }
        return lines;
    }

    private OptionalInt scoreOf(LocalDate day) {
        return file.scores().stream()
                .filter(score -> LocalDate.ofInstant(score.hour(), zone).equals(day))
                .mapToInt(ResidentFile.ScoreHour::highest)
                .max();
    }

    /// The score, with findings marked and gaps as gaps.
    Chart score() {
        Instant from = first.atStartOfDay(zone).toInstant();
        var marks = new ArrayList<HeatMap.Mark>();
        for (ResidentFile.FindingLine finding : file.findings()) {
            if (!finding.moment().isAfter(file.now())) {
                marks.add(new HeatMap.Mark(
                        scoreX(from, finding.moment()),
                        TOP + 4,
                        finding.alertId() == null ? "" : finding.alertId().toString(),
                        finding.tier(),
                        words.text("tier." + finding.tier()) + " · " + phrasing.dateTime(finding.moment()) + " · "
                                + finding.reason(words.language())));
            }
        }
        var blanks = new ArrayList<HeatMap.Blank>();
        for (Span span : file.spans()) {
            if (span.to().isAfter(from)) {
                int x = scoreX(from, span.from().isBefore(from) ? from : span.from());
                int width = Math.max(2, scoreX(from, span.to()) - x);
                blanks.add(new HeatMap.Blank(
                        x,
                        SCORE_TOP,
                        width,
                        SCORE_BOTTOM - SCORE_TOP,
                        span.why().isGap(),
                        "",
                        phrasing.dateTime(span.from()) + " – " + phrasing.dateTime(span.to()) + " "
                                + words.text("resident.why." + span.why().word())));
            }
        }
        Instant judged =
                file.scores().isEmpty() ? file.now() : file.scores().getFirst().hour();
        if (judged.isAfter(from)) {
            int width = Math.max(2, scoreX(from, judged) - scoreX(from, from));
            blanks.addFirst(new HeatMap.Blank(
                    scoreX(from, from),
                    SCORE_TOP,
                    width,
                    SCORE_BOTTOM - SCORE_TOP,
                    true,
                    width < WORD_WIDTH ? "" : words.text("resident.score.not-yet"),
                    phrasing.dateTime(from) + " – " + phrasing.dateTime(judged) + " "
                            + words.text("resident.score.not-yet")));
        }
        var rows = new ArrayList<HeatMap.Label>();
        for (int value = 0; value <= HIGHEST_SCORE; value += 50) {
            rows.add(new HeatMap.Label(LEFT - 6, scoreY(value) + 4, Integer.toString(value)));
        }
        var columns = new ArrayList<HeatMap.Label>();
        for (int i = 0; i < HeatMaps.DAYS; i += DAYS_PER_LABEL) {
            columns.add(new HeatMap.Label(
                    scoreX(from, first.plusDays(i).atStartOfDay(zone).toInstant()),
                    SCORE_HEIGHT - 8,
                    monthDay(first.plusDays(i))));
        }
        int highest = file.scores().stream()
                .mapToInt(ResidentFile.ScoreHour::highest)
                .max()
                .orElse(0);
        return new Chart(
                "score",
                words.text("resident.score.title"),
                file.scores().isEmpty()
                        ? words.text("resident.score.nothing")
                        : words.text("resident.score.sentence", highest, marks.size()),
                SCORE_WIDTH,
                SCORE_HEIGHT,
                List.of(),
                scorePath(from),
                blanks,
                marks,
                rows,
                columns,
                scoreCells(from));
    }

    /// What each quarter of a day says, where it says anything.
    private List<HeatMap.Cell> scoreCells(Instant from) {
        var cells = new ArrayList<HeatMap.Cell>();
        Duration quarter = DAY.dividedBy(CELLS_PER_DAY);
        int next = 0;
        int last = -1;
        List<ResidentFile.ScoreHour> scores = file.scores();
        for (Instant begins = from; begins.isBefore(file.now()); begins = begins.plus(quarter)) {
            Instant ends = begins.plus(quarter);
            int highest = last;
            while (next < scores.size() && scores.get(next).hour().isBefore(ends)) {
                highest = Math.max(highest, scores.get(next).highest());
                last = scores.get(next).last();
                next++;
            }
            boolean isUnseen = Span.overlap(file.spans(), begins, ends).compareTo(quarter.dividedBy(2)) >= 0;
            if (highest >= 0 && !isUnseen) {
                cells.add(new HeatMap.Cell(
                        scoreX(from, begins),
                        SCORE_TOP,
                        words.text(
                                "resident.score.cell",
                                ShortDate.of(words, LocalDate.ofInstant(begins, zone)),
                                phrasing.minute(begins),
                                phrasing.minute(ends),
                                highest)));
            }
        }
        return cells;
    }

    private String scorePath(Instant from) {
        var path = new StringBuilder();
        int next = 0;
        int value = -1;
        int drawn = -1;
        boolean isOpen = false;
        List<ResidentFile.ScoreHour> scores = file.scores();
        for (Instant hour = from; hour.isBefore(file.now()); hour = hour.plus(Duration.ofHours(1))) {
            Instant end = hour.plus(Duration.ofHours(1));
            int highest = value;
            while (next < scores.size() && scores.get(next).hour().isBefore(end)) {
                highest = Math.max(highest, scores.get(next).highest());
                value = scores.get(next).last();
                next++;
            }
            boolean isUnseen =
                    Span.overlap(file.spans(), hour, end).compareTo(Duration.ofMinutes(HALF_HOUR_MINUTES)) >= 0;
            if (highest < 0 || isUnseen) {
                isOpen = false;
                continue;
            }
            int x = scoreX(from, hour);
            if (!isOpen) {
                path.append('M').append(x).append(' ').append(scoreY(highest));
            } else if (highest != drawn) {
                path.append('V').append(scoreY(highest));
            }
            path.append('H').append(scoreX(from, end.isAfter(file.now()) ? file.now() : end));
            drawn = highest;
            isOpen = true;
        }
        return path.toString();
    }

    private static int scoreX(Instant from, Instant moment) {
        return LEFT
                + Math.toIntExact(Duration.between(from, moment).toSeconds()
                        * (SCORE_WIDTH - LEFT - 8)
                        / Duration.ofDays(HeatMaps.DAYS).toSeconds());
    }

    private static int scoreY(int score) {
        return SCORE_BOTTOM - score * (SCORE_BOTTOM - SCORE_TOP) / HIGHEST_SCORE;
    }

    private Chart rest() {
        return daily(
                "rest",
                12,
                MINUTES,
                day -> Night.find(day, file.days(), file.spans(), zone, file.now())
                        .map(night -> new Value(night.restMinutes(), 0, duration(night.restMinutes())))
                        .orElse(null));
    }

    private Chart bathroom() {
        return daily(
                "bathroom",
                4,
                1,
                day -> Night.find(day, file.days(), file.spans(), zone, file.now())
                        .map(night -> new Value(
                                night.bathroomVisits(), 0, words.text("resident.times", night.bathroomVisits())))
                        .orElse(null));
    }

    private Chart talk() {
        return daily(
                "talk",
                4,
                1,
                known(day ->
                        new Value(day.talks(), 0, words.text("resident.talk.value", day.talks(), talkMinutes(day)))));
    }

    private Chart medication() {
        return daily(
                "medication",
                4,
                1,
                known(day -> new Value(
                        day.taken(),
                        day.missed(),
                        words.text("resident.medication.value", day.taken(), day.missed()))));
    }

    private Function<LocalDate, Value> known(Function<ResidentDay, Value> value) {
        return day -> {
            ResidentDay known = file.days().get(day);
            Instant from = day.atStartOfDay(zone).toInstant();
            boolean isUnseen = Span.overlap(file.spans(), from, from.plus(DAY)).compareTo(HALF_DAY) >= 0;
            return known == null || isUnseen ? null : value.apply(known);
        };
    }

    /// Whether a day or its night is not known because nobody was watched, and not because the resident was elsewhere.
    private boolean isGap(LocalDate day) {
        Instant from = day.atStartOfDay(zone).toInstant().minus(EVENING_BEFORE);
        Instant to = day.plusDays(1).atStartOfDay(zone).toInstant();
        List<Span> elsewhere =
                file.spans().stream().filter(span -> !span.why().isGap()).toList();
        return Span.overlap(elsewhere, from, to).compareTo(HALF_DAY.dividedBy(2)) < 0;
    }

    /// @param least how high the axis is at least, in units
    /// @param unit what one of the axis is of a value
    private Chart daily(String name, int least, int unit, Function<LocalDate, Value> valueOf) {
        List<Value> values = new ArrayList<>();
        for (LocalDate day = first; !day.isAfter(today); day = day.plusDays(1)) {
            values.add(valueOf.apply(day));
        }
        double most = values.stream()
                .filter(value -> value != null)
                .mapToDouble(value -> (value.value() + value.missed()) / unit)
                .max()
                .orElse(0);
        int step = most <= 4 && least <= 4 ? 2 : (int) Math.ceil(Math.max(most, least) / 8.0) * 4;
        int top = step * 2;
        double scale = (BOTTOM - TOP) / (double) top / unit;
        var bars = new ArrayList<Chart.Bar>();
        var blanks = new ArrayList<HeatMap.Blank>();
        double sum = 0;
        double missed = 0;
        int count = 0;
        for (int i = 0; i < values.size(); i++) {
            LocalDate day = first.plusDays(i);
            int x = LEFT + i * SLOT + 2;
            Value value = values.get(i);
            String date = ShortDate.of(words, day);
            if (value == null) {
                if (!day.isBefore(begin) && day.isBefore(today)) {
                    String why = words.text(isGap(day) ? "resident.gap" : "resident.elsewhere");
                    blanks.add(new HeatMap.Blank(x - 2, TOP, SLOT, BOTTOM - TOP, isGap(day), "", date + " " + why));
                }
                continue;
            }
            count++;
            sum += value.value();
            missed += value.missed();
            int height = (int) Math.round(value.value() * scale);
            int hollow = (int) Math.round(value.missed() * scale);
            String title = date + " " + value.title();
            bars.add(new Chart.Bar(x, BOTTOM - Math.max(height, 1), BAR, Math.max(height, 1), false, title));
            if (hollow > 0) {
                bars.add(new Chart.Bar(x, BOTTOM - height - hollow, BAR, hollow, true, title));
            }
        }
        var rows = List.of(
                new HeatMap.Label(LEFT - 6, BOTTOM + 4, "0"),
                new HeatMap.Label(LEFT - 6, (BOTTOM + TOP) / 2 + 4, Integer.toString(step)),
                new HeatMap.Label(LEFT - 6, TOP + 4, Integer.toString(top)));
        var columns = new ArrayList<HeatMap.Label>();
        for (int i = 0; i < HeatMaps.DAYS; i += DAYS_PER_LABEL) {
            columns.add(new HeatMap.Label(LEFT + i * SLOT, HEIGHT - 6, monthDay(first.plusDays(i))));
        }
        return new Chart(
                name,
                words.text("resident." + name + ".title"),
                (count == 0 ? words.text("resident.chart.nothing") : sentence(name, count, sum, missed, unit))
                        + (blanks.isEmpty() ? "" : " " + words.text("resident.chart.blanks")),
                WIDTH,
                HEIGHT,
                bars,
                "",
                blanks,
                List.of(),
                rows,
                columns,
                List.of());
    }

    private String sentence(String name, int count, double sum, double missed, int unit) {
        double mean = sum / count / unit;
        return name.equals("medication")
                ? words.text("resident.medication.sentence", count, Math.round(sum), Math.round(missed))
                : words.text(
                        "resident." + name + ".sentence",
                        count,
                        String.format(Locale.ROOT, "%.1f", mean),
                        blankDays(count));
    }

    private long blankDays(int count) {
        LocalDate start = begin.isBefore(first) ? first : begin;
        return Math.max(0, ChronoUnit.DAYS.between(start, today) - count);
    }

    private static String monthDay(LocalDate day) {
        return day.getMonthValue() + "." + day.getDayOfMonth() + ".";
    }

    private String duration(int minutes) {
        return words.text("resident.duration", minutes / MINUTES, minutes % MINUTES);
    }

    private static int talkMinutes(ResidentDay day) {
        return Math.round(day.talkSeconds() / (float) MINUTES);
    }
}
