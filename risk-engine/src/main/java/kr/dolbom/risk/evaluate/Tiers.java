package kr.dolbom.risk.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.evaluate.Alerts.Alert;

/// How often each tier and each family raises an alert where nothing is known to be wrong, all families
/// together, beside what was declared.
///
/// @param rows tiers first
record Tiers(List<Row> rows) {
    private static final double MONTH = 30;
    private static final double WEEK = 7;

    /// One line.
    ///
    /// @param name of a tier, or of a tier and family
    /// @param per30Days alerts in 30 person-days
    /// @param low lower end of the 95 % interval
    /// @param high its upper end
    /// @param budget how many were declared; NaN: nothing was
    record Row(String name, double per30Days, double low, double high, double budget) {
        boolean isWithinBudget() {
            return !(per30Days > budget);
        }
    }

    /// @param homes those that were judged
    /// @param days of each, judged
    /// @param together what came of it; what was raised during incidents is left out, as they are no
    ///     exposure
    static Tiers of(List<RecordedHome> homes, List<Double> days, FleetPlay.Result together, long seed) {
        List<List<Alert>> alerts = together.alerts().stream()
                .map(some -> some.stream()
                        .filter(alert -> !together.isDuringIncident(alert.at()))
                        .toList())
                .toList();
        List<Row> rows = new ArrayList<>();
        for (Tier tier : List.of(Tier.URGENT, Tier.CHECK_IN, Tier.REVIEW)) {
            double budget = switch (tier) {
                case CRITICAL -> Double.NaN;
                case URGENT -> 1;
                case CHECK_IN -> 2;
                case REVIEW -> MONTH / WEEK;
            };
            rows.add(row(tier.id(), alert -> alert.tier() == tier, budget, homes, days, alerts, seed));
        }
        for (Family family : Family.values()) {
            for (Tier tier : List.of(Tier.URGENT, Tier.CHECK_IN, Tier.REVIEW)) {
                Row row = row(
                        "%s, %s".formatted(family.id(), tier.id()),
                        alert -> alert.tier() == tier && alert.family() == family,
                        Double.NaN,
                        homes,
                        days,
                        alerts,
                        seed);
                if (row.per30Days() > 0) {
                    rows.add(row);
                }
            }
        }
        return new Tiers(List.copyOf(rows));
    }

    private static Row row(
            String name,
            Predicate<Alert> which,
            double budget,
            List<RecordedHome> homes,
            List<Double> days,
            List<List<Alert>> alerts,
            long seed) {
        double[] counts = new double[homes.size()];
        double[] exposures = new double[homes.size()];
        double count = 0;
        double exposure = 0;
        for (int i = 0; i < counts.length; i++) {
            RecordedHome home = homes.get(i);
            counts[i] = alerts.get(i).stream()
                    .filter(alert -> which.test(alert) && home.isJudged(alert.at()) && !home.isInCase(alert.at()))
                    .count();
            exposures[i] = days.get(i);
            count += counts[i];
            exposure += exposures[i];
        }
        double[] interval = Summary.interval(counts, exposures, seed);
        return new Row(name, exposure == 0 ? Double.NaN : count * MONTH / exposure, interval[0], interval[1], budget);
    }

    void print(java.io.PrintWriter out) {
        out.println("all families together, alerts per 30 person-days (95 %)");
        for (Row row : rows) {
            String budget = Double.isNaN(row.budget())
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "  at most %.1f: %s",
                            row.budget(),
                            row.isWithinBudget() ? "kept" : "NOT kept");
            out.printf(
                    Locale.ROOT,
                    "%-30s %6.2f (%.2f – %.2f)%s%n",
                    row.name(),
                    row.per30Days(),
                    row.low(),
                    row.high(),
                    budget);
        }
        out.println();
    }
}
