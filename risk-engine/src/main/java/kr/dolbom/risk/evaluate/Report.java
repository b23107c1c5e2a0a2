package kr.dolbom.risk.evaluate;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tables and the last line.
final class Report {
    private final Path data;
    private final boolean isThin;
    private final List<RecordedHome> homes;
    private final long seed;
    private @Nullable ScenarioTable scenarios;
    private FleetPlay.Result together = new FleetPlay.Result(List.of(), List.of());
    private Tiers tiers = new Tiers(List.of());
    private Truth truth = new Truth(List.of());
    private List<HomeFigures> residents = List.of();
    private final Map<String, Summary> methods = new LinkedHashMap<>();

    Report(Path data, boolean isThin, List<RecordedHome> homes, long seed) {
        this.data = data;
        this.isThin = isThin;
        this.homes = homes;
        this.seed = seed;
    }

    void add(String method, List<HomeFigures> figures) {
        if (methods.isEmpty()) {
            residents = figures;
        }
        methods.put(method, Summary.of(figures, seed));
    }

    void addScenarios(List<Scenarios.Trial> silences, List<Changes.Tried> changes) {
        scenarios = ScenarioTable.of(silences, changes);
    }

    void addTogether(FleetPlay.Result result, Tiers ofIt) {
        together = result;
        tiers = ofIt;
        truth = Truth.of(homes, result.alerts());
    }

    void print(PrintWriter out) {
        Summary engine = engine();
        out.printf(
                Locale.ROOT,
                "%d homes, %.0f person-days judged, %d silences injected (%d after an exit door)%s%n",
                homes.size(),
                engine.days(),
                engine.onsets(),
                engine.doorOnsets(),
                isThin ? ", thinned like a robot" : "");
        for (FleetPlay.Incident incident : together.incidents()) {
            Outages.Span span = incident.span();
            out.printf(
                    Locale.ROOT,
                    "incident: all homes silent since %s, noticed at %s (%d of %.1f homes heard), ended %s%n",
                    time(span.from()),
                    time(span.detectedAt()),
                    incident.heard(),
                    incident.expected(),
                    time(span.to()));
        }
        out.printf(
                "during %d incidents %d alerts about persons, and %d about devices%n",
                together.incidents().size(), together.countDuringIncidents(true), together.countDuringIncidents(false));
        out.println();
        out.println("false alerts per 30 person-days; delays in hours from the injected silence to the urgent alert");
        out.printf(
                "%-18s %21s %8s %8s %6s | %6s %6s %6s %6s | %s%n",
                "",
                "urgent (95 %)",
                "check-in",
                "cold",
                ">1/30d",
                "median",
                "day",
                "p90",
                "door",
                "found in 4/8/12/24 h");
        methods.forEach((name, s) -> out.printf(
                Locale.ROOT,
                "%-18s %6.2f (%.2f – %.2f) %9.2f %8.2f %5.0f%% | %6.1f %6.1f %6.1f %6.1f | %.2f %.2f %.2f %.2f%n",
                name,
                s.urgent(),
                s.urgentLow(),
                s.urgentHigh(),
                s.checkIn(),
                s.coldUrgent(),
                100 * s.overBudget(),
                s.median(),
                s.daytimeMedian(),
                s.p90(),
                s.doorMedian(),
                s.found().get(0),
                s.found().get(1),
                s.found().get(2),
                s.found().get(3)));
        out.println();
        tiers.print(out);
        truth.print(out);
        if (scenarios != null) {
            scenarios.print(out);
        }
    }

    void printAlerts(List<HomeFigures> figures, PrintWriter out) {
        for (int i = 0; i < together.alerts().size(); i++) {
            for (Alerts.Alert alert : together.alerts().get(i)) {
                out.printf(
                        "%s: %s %s %s%n",
                        homes.get(i).id(),
                        time(alert.at()),
                        alert.family().id(),
                        alert.tier().id());
            }
        }
        out.println();
        for (HomeFigures home : figures) {
            for (HomeFigures.FalseAlert alert : home.urgent) {
                out.printf(
                        Locale.ROOT,
                        "%s: silent since %s, alert %s, seen again %s after %.1f h%n",
                        home.resident,
                        time(alert.silentSince()),
                        time(alert.at()),
                        time(alert.until()),
                        (alert.until() - alert.silentSince()) / 3600.0);
            }
        }
        out.println();
    }

    String lastLine(double microsPerEvent, long bytesPerResident) {
        Summary s = engine();
        return String.format(
                Locale.ROOT,
                "fa_urgent_30d=%.2f median_h=%.2f daytime_median_h=%.2f p90_h=%.2f found_4h=%.2f door_median_h=%.2f"
                        + " cold_fa_30d=%.2f outage_person_alerts=%d us_per_event=%.2f bytes_per_resident=%d",
                s.urgent(),
                s.median(),
                s.daytimeMedian(),
                s.p90(),
                s.found().get(0),
                s.doorMedian(),
                s.coldUrgent(),
                outagePersonAlerts(),
                microsPerEvent,
                bytesPerResident);
    }

    /// Of the injected silences' replay and of the whole engine, which may raise the same alert.
    private int outagePersonAlerts() {
        return Math.max(engine().outageAlerts(), together.countDuringIncidents(true));
    }

    String json(double microsPerEvent, long bytesPerResident) {
        var json = new JsonReport();
        json.open(data.toString(), isThin, seed, homes.size(), microsPerEvent, bytesPerResident);
        json.incidents(together.incidents(), outagePersonAlerts());
        json.methods(methods);
        json.tiers(tiers);
        json.truth(truth);
        if (scenarios != null) {
            json.scenarios(scenarios);
        }
        return json.close(residents);
    }

    private Summary engine() {
        return methods.values().iterator().next();
    }

    static String time(long second) {
        return LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC).toString().replace('T', ' ');
    }
}
