package kr.dolbom.risk.evaluate;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What came of all scenarios, one row each.
record ScenarioTable(List<Silence> silences, List<Change> changes, List<Device> devices) {
    /// A silence that is not plain.
    ///
    /// @param medianHours until the urgent alert
    record Silence(String name, int trials, double medianHours, double p90Hours) {}

    /// A change of days.
    ///
    /// @param medianDays until it was flagged; infinite: most were not
    /// @param foundWithin share that was flagged within so many days
    record Change(String name, int trials, double medianDays, double p90Days, int withinDays, double foundWithin) {}

    /// A device that fell silent.
    ///
    /// @param told how many times the device was told of
    /// @param medianMinutes until then
    /// @param personAlerts urgent alerts about a silence of the person
    record Device(String name, int trials, int told, double medianMinutes, int personAlerts) {}

    static ScenarioTable of(List<Scenarios.Trial> trials, List<Changes.Tried> tried) {
        List<Silence> silences = new ArrayList<>();
        by(trials, Scenarios.Trial::scenario).forEach((name, some) -> {
            double[] hours = some.stream()
                    .mapToDouble(Scenarios.Trial::hours)
                    .filter(one -> !Double.isNaN(one))
                    .sorted()
                    .toArray();
            silences.add(new Silence(name, some.size(), Summary.quantile(hours, 0.5), Summary.quantile(hours, 0.9)));
        });
        List<Change> changes = new ArrayList<>();
        List<Changes.Trial> all =
                tried.stream().flatMap(one -> one.trials().stream()).toList();
        by(all, Changes.Trial::change).forEach((name, some) -> {
            double[] days =
                    some.stream().mapToDouble(Changes.Trial::days).sorted().toArray();
            int within = some.getFirst().withinDays();
            changes.add(new Change(
                    name,
                    days.length,
                    Summary.quantile(days, 0.5),
                    Summary.quantile(days, 0.9),
                    within,
                    Arrays.stream(days).filter(one -> one <= within).count() / (double) days.length));
        });
        List<Device> devices = new ArrayList<>();
        List<Changes.DeviceTrial> silent =
                tried.stream().flatMap(one -> one.devices().stream()).toList();
        by(silent, Changes.DeviceTrial::hours).forEach((hours, some) -> {
            double[] minutes = some.stream()
                    .mapToDouble(Changes.DeviceTrial::minutes)
                    .filter(one -> !Double.isNaN(one))
                    .sorted()
                    .toArray();
            devices.add(new Device(
                    hours < 24 ? "device silent %d h".formatted(hours) : "device silent %d days".formatted(hours / 24),
                    some.size(),
                    minutes.length,
                    Summary.quantile(minutes, 0.5),
                    some.stream().mapToInt(Changes.DeviceTrial::personAlerts).sum()));
        });
        return new ScenarioTable(List.copyOf(silences), List.copyOf(changes), List.copyOf(devices));
    }

    private static <K, T> Map<K, List<T>> by(List<T> trials, Function<T, K> key) {
        return trials.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    }

    void print(PrintWriter out) {
        print(
                out,
                "silences that are not plain, begun at ten in the morning of every fifth day: until the urgent alert",
                silences,
                row -> String.format(
                        Locale.ROOT,
                        "%-30s median %5.1f h, p90 %5.1f h (%d times)",
                        row.name(),
                        row.medianHours(),
                        row.p90Hours(),
                        row.trials()));
        print(
                out,
                "days that change, begun at noon of every seventh day from the fifteenth: until the first alert",
                changes,
                row -> String.format(
                        Locale.ROOT,
                        "%-30s median %s days, p90 %s; within %2d days %3.0f%% (%d times)",
                        row.name(),
                        days(row.medianDays()),
                        days(row.p90Days()),
                        row.withinDays(),
                        100 * row.foundWithin(),
                        row.trials()));
        print(
                out,
                "devices that fall silent at ten in the morning: told of, and urgent alerts about the person",
                devices,
                row -> String.format(
                        Locale.ROOT,
                        "%-30s told of %d of %d times, median %.0f min; %d alerts about the person",
                        row.name(),
                        row.told(),
                        row.trials(),
                        row.medianMinutes(),
                        row.personAlerts()));
    }

    private static <T> void print(PrintWriter out, String title, List<T> rows, Function<T, String> line) {
        if (!rows.isEmpty()) {
            out.println(title);
            rows.forEach(row -> out.println(line.apply(row)));
            out.println();
        }
    }

    private static String days(double days) {
        return Double.isInfinite(days) ? "   –" : String.format(Locale.ROOT, "%4.1f", days);
    }
}
