package kr.dolbom.caseworker.console.report;

import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.report.Trend;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// What stands on the page of reports.
///
/// @param frame what is around it
/// @param month such as `2026-11`
/// @param monthName in words
/// @param office the public id
/// @param officeName its name
/// @param note when the figures were computed, and whether the month lasts
/// @param offices to choose from; one or none: nothing to choose
/// @param months to choose from, latest first
/// @param figures the month's in short
/// @param parts the charts with their tables
/// @param workloads bars by caseworker
/// @param workloadTable the same as a table
public record ReportView(
        Frame frame,
        String month,
        String monthName,
        String office,
        String officeName,
        String note,
        List<Choice> offices,
        List<Choice> months,
        List<Figure> figures,
        List<Part> parts,
        List<Bar> workloads,
        Table workloadTable) {
    /// The telecare standard (TSA): 97.5 % of calls answered in 60 s, 99 % in 180 s.
    private static final double TARGET_60 = 97.5;

    private static final double TARGET_180 = 99;
    private static final double PERCENT = 100;
    private static final double BAR_WIDTH = 320;

    /// Something to choose.
    ///
    /// @param value as forms name it
    /// @param text in words
    /// @param isChosen whether it is now
    public record Choice(String value, String text, boolean isChosen) {}

    /// A figure of the month.
    ///
    /// @param label what it is
    /// @param value how much, with its unit
    /// @param note beside what
    /// @param isShort whether it misses what it should be
    public record Figure(String label, String value, String note, boolean isShort) {}

    /// A chart and the same as a table.
    ///
    /// @param id for links within the page
    /// @param title what it shows
    /// @param says the same in a sentence
    /// @param chart the drawing
    /// @param legend what the first and the second column is
    /// @param table the numbers
    public record Part(String id, String title, String says, Chart chart, List<String> legend, Table table) {}

    /// Numbers.
    ///
    /// @param head the columns
    /// @param rows each with its name first
    public record Table(List<String> head, List<List<String>> rows) {}

    /// What one caseworker carried.
    ///
    /// @param name their name
    /// @param width of the bar
    /// @param mark where the budget is
    /// @param text in words
    /// @param isOver whether it is more than the budget
    public record Bar(String name, double width, double mark, String text, boolean isOver) {}

    /// In which language.
    public Words words() {
        return frame.words();
    }

    /// Puts it together.
    ///
    /// @param year the twelve months up to the one shown
    /// @param made when the figures were computed
    static ReportView of(
            Frame frame,
            YearMonth month,
            Trend year,
            List<Choice> offices,
            List<Choice> months,
            List<Workload> workloads,
            Instant made) {
        Words words = frame.words();
        Trend.Month shown = year.months().getLast();
        var view = new Maker(words, month, year.months());
        return new ReportView(
                frame,
                month.toString(),
                view.name(month),
                year.officeId().toString(),
                words == Words.EN ? year.nameEn() : year.nameKo(),
                words.text(
                        shown.complete() ? "report.page.made" : "report.page.made-so-far",
                        frame.phrasing().dateTime(made)),
                offices,
                months,
                view.figures(shown),
                view.parts(),
                bars(words, workloads),
                table(words, workloads));
    }

    private static List<Bar> bars(Words words, List<Workload> workloads) {
        double most = workloads.stream()
                .mapToDouble(one -> Math.max(one.alerts(), one.budget()))
                .max()
                .orElse(1);
        double end = Math.max(1, most);
        return workloads.stream()
                .map(one -> new Bar(
                        one.name(),
                        Math.round(one.alerts() / end * BAR_WIDTH),
                        Math.round(one.budget() / end * BAR_WIDTH),
                        words.text(
                                one.isOver() ? "report.page.load-over" : "report.page.load",
                                one.alerts(),
                                Chart.number(Math.rint(one.budget() * 10) / 10)),
                        one.isOver()))
                .toList();
    }

    private static Table table(Words words, List<Workload> workloads) {
        return new Table(
                Stream.of("caseworker", "residents", "alerts", "budget", "taken")
                        .map(column -> words.text("report.page.column." + column))
                        .toList(),
                workloads.stream()
                        .map(one -> List.of(
                                one.name(),
                                Integer.toString(one.residents()),
                                Integer.toString(one.alerts()),
                                Chart.number(Math.rint(one.budget() * 10) / 10),
                                Integer.toString(one.taken())))
                        .toList());
    }

    /// The charts of a year.
    private record Maker(Words words, YearMonth last, List<Trend.Month> year) {

        String name(YearMonth month) {
            return words.text("report.page.month", month.getYear(), month.getMonthValue());
        }

        private YearMonth monthOf(int index) {
            return last.minusMonths(year.size() - 1L - index);
        }

        List<Figure> figures(Trend.Month month) {
            return List.of(
                    within("within-60", month.alerts().within60Share(), TARGET_60),
                    within("within-180", month.alerts().within180Share(), TARGET_180),
                    new Figure(
                            words.text("report.page.false-share"),
                            percent(month.alerts().falseShare()),
                            words.text(
                                    "report.page.false-of",
                                    month.alerts().closed(),
                                    month.alerts().falseAlarms()),
                            false),
                    new Figure(
                            words.text("report.page.gap-share"),
                            percent(month.gaps().share()),
                            words.text(
                                    "report.page.gap-of",
                                    Chart.number(Math.rint(month.gaps().hours() * 10) / 10),
                                    month.gaps().residents()),
                            false));
        }

        private Figure within(String key, @Nullable Double share, double target) {
            boolean isShort = share != null && share * PERCENT < target;
            return new Figure(
                    words.text("report.page." + key),
                    percent(share),
                    words.text(isShort ? "report.page.target-missed" : "report.page.target", Chart.number(target)),
                    isShort);
        }

        List<Part> parts() {
            return List.of(
                    shares(
                            "response",
                            List.of("within-60", "within-180"),
                            List.of(
                                    month -> month.alerts().within60Share(),
                                    month -> month.alerts().within180Share()),
                            PERCENT,
                            TARGET_60,
                            month -> List.of(
                                    Integer.toString(month.alerts().called()),
                                    Integer.toString(month.alerts().reached())),
                            List.of("called", "reached")),
                    shares(
                            "false",
                            List.of("false-share"),
                            List.of(month -> month.alerts().falseShare()),
                            0,
                            null,
                            month -> List.of(
                                    Integer.toString(month.alerts().closed()),
                                    Integer.toString(month.alerts().falseAlarms())),
                            List.of("closed", "false-alarms")),
                    shares(
                            "gap",
                            List.of("gap-share"),
                            List.of(month -> month.gaps().share()),
                            0,
                            null,
                            month -> List.of(
                                    Chart.number(Math.rint(month.gaps().hours() * 10) / 10),
                                    Chart.number(Math.rint(month.gaps().residentHours()))),
                            List.of("gap-hours", "resident-hours")));
        }

        private Part shares(
                String id,
                List<String> series,
                List<Function<Trend.Month, @Nullable Double>> shares,
                double end,
                @Nullable Double target,
                Function<Trend.Month, List<String>> counts,
                List<String> countNames) {
            List<Chart.Values> values = new ArrayList<>();
            List<List<String>> rows = new ArrayList<>();
            for (int i = 0; i < year.size(); i++) {
                Trend.Month month = year.get(i);
                List<@Nullable Double> own = shares.stream()
                        .<@Nullable Double>map(share -> {
                            Double value = share.apply(month);
                            return value == null ? null : value * PERCENT;
                        })
                        .toList();
                values.add(new Chart.Values(Integer.toString(monthOf(i).getMonthValue()), own));
                List<String> row = new ArrayList<>(List.of(name(monthOf(i))));
                shares.forEach(share -> row.add(percent(share.apply(month))));
                row.addAll(counts.apply(month));
                rows.add(row);
            }
            double most = values.stream()
                    .flatMap(month -> month.values().stream())
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(0);
            List<String> head = Stream.concat(
                            Stream.of(words.text("report.page.column.month")),
                            Stream.concat(
                                    series.stream().map(name -> words.text("report.page." + name)),
                                    countNames.stream().map(name -> words.text("report.page.column." + name))))
                    .toList();
            return new Part(
                    id,
                    words.text("report.page.title." + id),
                    values.getLast().values().getFirst() == null
                            ? words.text("report.page.says." + id + "-none", name(last), missing(values))
                            : words.text(
                                    "report.page.says." + id,
                                    name(last),
                                    rows.getLast().get(1),
                                    missing(values)),
                    Chart.of(
                            values,
                            end > 0 ? end : Chart.scaleEnd(most, 0.1),
                            "%",
                            target,
                            target == null ? "" : words.text("report.page.target-line", Chart.number(target))),
                    series.stream()
                            .map(name -> words.text("report.page." + name))
                            .toList(),
                    new Table(head, rows));
        }

        private static long missing(List<Chart.Values> values) {
            return values.stream()
                    .filter(month -> month.values().getFirst() == null)
                    .count();
        }

        private static String percent(@Nullable Double share) {
            return share == null
                    ? "–"
                    : String.format(Locale.ROOT, share < 0.01 ? "%.2f %%" : "%.1f %%", share * PERCENT);
        }
    }
}
