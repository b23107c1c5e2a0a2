package kr.dolbom.risk.evaluate;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.evaluate.Alerts.Alert;

/// What truly happened, beside what the whole engine said of it. A case is found by the first alert of
/// its family while it lasts; a silence by an urgent one. What comes outside of all cases is false, and
/// stands among the [Tiers].
///
/// @param rows one of each kind of case
record Truth(List<Row> rows) {
    /// All cases of one kind.
    ///
    /// @param kind of them
    /// @param cases how many there were
    /// @param found how many of them were found
    /// @param medianHours from the beginning to the alert, of all cases; infinite: most were not found
    /// @param p90Hours likewise
    /// @param otherAlerts urgent and check-in alerts about the person by other families while they lasted
    record Row(Case.Kind kind, int cases, int found, double medianHours, double p90Hours, int otherAlerts) {}

    static Truth of(List<RecordedHome> homes, List<List<Alert>> alerts) {
        List<Row> rows = new ArrayList<>();
        for (Case.Kind kind : Case.Kind.values()) {
            List<Double> delays = new ArrayList<>();
            int others = 0;
            for (int i = 0; i < homes.size(); i++) {
                for (Case one : homes.get(i).cases()) {
                    if (one.kind() == kind) {
                        delays.add(delayHours(one, alerts.get(i)));
                        others += countOthers(one, alerts.get(i));
                    }
                }
            }
            if (!delays.isEmpty()) {
                double[] sorted = delays.stream()
                        .mapToDouble(Double::doubleValue)
                        .sorted()
                        .toArray();
                int found = (int) Arrays.stream(sorted).filter(Double::isFinite).count();
                rows.add(new Row(
                        kind,
                        sorted.length,
                        found,
                        Summary.quantile(sorted, 0.5),
                        Summary.quantile(sorted, 0.9),
                        others));
            }
        }
        return new Truth(List.copyOf(rows));
    }

    private static double delayHours(Case one, List<Alert> alerts) {
        Optional<Family> family = one.kind().findFamily();
        return alerts.stream()
                .filter(alert -> one.contains(alert.at())
                        && family.filter(f -> f == alert.family()).isPresent()
                        && (alert.family() != Family.SILENCE || alert.tier() == Tier.URGENT))
                .mapToDouble(alert -> (alert.at() - one.from()) / 3600.0)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static int countOthers(Case one, List<Alert> alerts) {
        Optional<Family> family = one.kind().findFamily();
        return (int) alerts.stream()
                .filter(alert -> one.contains(alert.at())
                        && alert.isAboutPerson()
                        && alert.tier() != Tier.REVIEW
                        && family.filter(f -> f == alert.family()).isEmpty())
                .count();
    }

    void print(PrintWriter out) {
        if (rows.isEmpty()) {
            return;
        }
        out.println("what truly happened; the table above counts what was raised outside of it");
        for (Row row : rows) {
            String found = row.kind().findFamily().isEmpty()
                    ? "nobody is to be alarmed      "
                    : String.format(
                            Locale.ROOT,
                            "%3d of %3d found, median %s, p90 %s",
                            row.found(),
                            row.cases(),
                            time(row.medianHours()),
                            time(row.p90Hours()));
            out.printf(
                    Locale.ROOT,
                    "%-18s %s; %d other urgent or check-in alerts in %d cases%n",
                    row.kind().id(),
                    found,
                    row.otherAlerts(),
                    row.cases());
        }
        out.println();
    }

    private static String time(double hours) {
        if (Double.isInfinite(hours)) {
            return "not found";
        }
        return hours < 48
                ? String.format(Locale.ROOT, "%.1f h", hours)
                : String.format(Locale.ROOT, "%.0f days", hours / 24);
    }
}
