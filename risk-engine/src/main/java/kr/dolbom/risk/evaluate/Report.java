package kr.dolbom.risk.evaluate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The table, the last line and the same as JSON.
final class Report {
    private static final JsonFactory JSON = new JsonFactory();

    private final Path data;
    private final boolean isThin;
    private final List<RecordedHome> homes;
    private final Outages outages;
    private final long seed;
    private List<Scenarios.Trial> trials = List.of();
    private List<HomeFigures> residents = List.of();
    private final Map<String, Summary> methods = new LinkedHashMap<>();

    Report(Path data, boolean isThin, List<RecordedHome> homes, Outages outages, long seed) {
        this.data = data;
        this.isThin = isThin;
        this.homes = homes;
        this.outages = outages;
        this.seed = seed;
    }

    void add(String method, List<HomeFigures> figures) {
        if (methods.isEmpty()) {
            residents = figures;
        }
        methods.put(method, Summary.of(figures, seed));
    }

    void addScenarios(List<Scenarios.Trial> all) {
        trials = all;
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
        for (Outages.Span span : outages.spans()) {
            out.printf(
                    "outage of the whole fleet from %s to %s, found after %d min%n",
                    time(span.from()), time(span.to()), (span.detectedAt() - span.from() + 59) / 60);
        }
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
        printScenarios(out);
    }

    private void printScenarios(PrintWriter out) {
        if (trials.isEmpty()) {
            return;
        }
        out.println("the engine in other scenarios, begun at ten in the morning of every fifth day");
        trials.stream()
                .collect(Collectors.groupingBy(Scenarios.Trial::scenario, LinkedHashMap::new, Collectors.toList()))
                .forEach((name, tried) -> {
                    double[] alerts = tried.stream()
                            .mapToDouble(Scenarios.Trial::hours)
                            .filter(hours -> !Double.isNaN(hours))
                            .sorted()
                            .toArray();
                    switch (tried.getFirst().expected()) {
                        case ALERT ->
                            out.printf(
                                    Locale.ROOT,
                                    "%-30s median %5.1f h, p90 %5.1f h (%d times)%n",
                                    name,
                                    Summary.quantile(alerts, 0.5),
                                    Summary.quantile(alerts, 0.9),
                                    tried.size());
                        case NO_ALERT ->
                            out.printf(
                                    "%-30s %d alerts about the person in %d times%n",
                                    name, alerts.length, tried.size());
                    }
                });
        out.println();
    }

    void printAlerts(List<HomeFigures> figures, PrintWriter out) {
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
                s.outageAlerts(),
                microsPerEvent,
                bytesPerResident);
    }

    String json(double microsPerEvent, long bytesPerResident) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("data", data.toString());
            json.writeBooleanField("thin", isThin);
            json.writeNumberField("seed", seed);
            json.writeNumberField("homes", homes.size());
            json.writeNumberField("usPerEvent", microsPerEvent);
            json.writeNumberField("bytesPerResident", bytesPerResident);
            json.writeArrayFieldStart("outages");
            for (Outages.Span span : outages.spans()) {
                json.writeStartObject();
                json.writeStringField("from", time(span.from()));
                json.writeStringField("detectedAt", time(span.detectedAt()));
                json.writeStringField("to", time(span.to()));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeObjectFieldStart("methods");
            for (Map.Entry<String, Summary> method : methods.entrySet()) {
                json.writeObjectFieldStart(method.getKey());
                write(json, method.getValue());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeArrayFieldStart("residents");
            for (HomeFigures home : residents) {
                write(json, home);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + System.lineSeparator();
    }

    /// The engine's figures in one home; a delay is [hour of the onset, hours until the alert, 1 after
    /// an exit door].
    private static void write(JsonGenerator json, HomeFigures home) throws IOException {
        json.writeStartObject();
        json.writeStringField("resident", home.resident);
        number(json, "personDays", home.days);
        number(json, "coldPersonDays", home.coldDays);
        json.writeNumberField("falseUrgent", home.urgent.size());
        json.writeNumberField("coldFalseUrgent", home.coldUrgent);
        json.writeNumberField("falseCheckIn", home.checkIns);
        json.writeArrayFieldStart("delays");
        for (HomeFigures.Delay delay : home.delays) {
            double[] one = {
                Math.floorMod(Math.floorDiv(delay.onset(), 3600L), 24L),
                Math.round(delay.hours() * 1000) / 1000.0,
                delay.isAfterExit() ? 1 : 0
            };
            json.writeArray(one, 0, one.length);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Summary s) throws IOException {
        number(json, "personDays", s.days());
        number(json, "falseUrgentPer30Days", s.urgent());
        number(json, "falseUrgentLow", s.urgentLow());
        number(json, "falseUrgentHigh", s.urgentHigh());
        number(json, "falseCheckInPer30Days", s.checkIn());
        number(json, "coldFalseUrgentPer30Days", s.coldUrgent());
        number(json, "shareOverBudget", s.overBudget());
        json.writeNumberField("onsets", s.onsets());
        json.writeNumberField("doorOnsets", s.doorOnsets());
        number(json, "medianHours", s.median());
        number(json, "daytimeMedianHours", s.daytimeMedian());
        number(json, "p90Hours", s.p90());
        number(json, "doorMedianHours", s.doorMedian());
        json.writeNumberField("outagePersonAlerts", s.outageAlerts());
        json.writeObjectFieldStart("foundWithin");
        number(json, "4h", s.found().get(0));
        number(json, "8h", s.found().get(1));
        number(json, "12h", s.found().get(2));
        number(json, "24h", s.found().get(3));
        json.writeEndObject();
    }

    /// Rounded to three decimals; null where there is nothing to tell.
    private static void number(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isNaN(value)) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, Math.round(value * 1000) / 1000.0);
        }
    }

    private Summary engine() {
        return methods.values().iterator().next();
    }

    private static String time(long second) {
        return LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC).toString().replace('T', ' ');
    }
}
