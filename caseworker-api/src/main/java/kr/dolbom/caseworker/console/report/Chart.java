package kr.dolbom.caseworker.console.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Columns over months, as SVG needs them: a drawing 360 wide and 200 high. A month without a value is hatched, never a
/// column of nothing.
///
/// @param columns from left to right, two or more of a month beside each other
/// @param lines the scale
/// @param target where the line to be reached, or not to be passed, is; null for none
/// @param targetText what it says
/// @param months what stands below
public record Chart(
        List<Column> columns, List<Line> lines, @Nullable Double target, String targetText, List<Month> months) {
    private static final double LEFT = 42;
    private static final double RIGHT = 354;
    private static final double TOP = 16;
    private static final double BOTTOM = 172;
    private static final int SCALE_LINES = 4;

    /// Keeps its own copies.
    public Chart {
        columns = List.copyOf(columns);
        lines = List.copyOf(lines);
        months = List.copyOf(months);
    }

    /// A column.
    ///
    /// @param kind `first` or `second` of a month, or `missing`: there is no value
    public record Column(double x, double y, double width, double height, String kind) {}

    /// A line of the scale.
    public record Line(double y, String text) {}

    /// A month's name.
    public record Month(double x, String text) {}

    /// What a month has.
    ///
    /// @param text below it
    /// @param values one for each column; null where there is none
    record Values(String text, List<@Nullable Double> values) {}

    /// Draws.
    ///
    /// @param months from left to right, the same number of values each
    /// @param most the scale's end; everything is within it
    /// @param unit of the scale, such as `%`
    /// @param target null for none
    static Chart of(List<Values> months, double most, String unit, @Nullable Double target, String targetText) {
        double width = (RIGHT - LEFT) / months.size();
        List<Column> columns = new ArrayList<>();
        List<Month> names = new ArrayList<>();
        for (int month = 0; month < months.size(); month++) {
            List<@Nullable Double> values = months.get(month).values();
            double each = width * 0.8 / values.size();
            double left = LEFT + month * width + width * 0.1;
            names.add(new Month(round(left + width * 0.4), months.get(month).text()));
            for (int i = 0; i < values.size(); i++) {
                Double value = values.get(i);
                double y = value == null ? TOP : y(value, most);
                columns.add(new Column(
                        round(left + i * each),
                        round(y),
                        round(each),
                        round(BOTTOM - y),
                        value == null ? "missing" : i == 0 ? "first" : "second"));
            }
        }
        List<Line> lines = IntStream.rangeClosed(0, SCALE_LINES)
                .mapToObj(i -> new Line(round(y(most * i / SCALE_LINES, most)), number(most * i / SCALE_LINES) + unit))
                .toList();
        return new Chart(columns, lines, target == null ? null : round(y(target, most)), targetText, names);
    }

    /// A round number not below this one, for the end of a scale.
    static double scaleEnd(double most, double least) {
        double wanted = Math.max(most, least);
        double step = Math.pow(10, Math.floor(Math.log10(wanted)));
        for (double part : new double[] {1, 2, 4, 6, 8, 10}) {
            if (part * step >= wanted) {
                return part * step;
            }
        }
        return wanted;
    }

    /// The target as SVG writes it.
    public double targetY() {
        return target == null ? 0 : target;
    }

    private static double y(double value, double most) {
        return BOTTOM - Math.min(value, most) / most * (BOTTOM - TOP);
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }

    static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, value < 0.1 ? "%.2f" : "%.1f", value);
    }
}
