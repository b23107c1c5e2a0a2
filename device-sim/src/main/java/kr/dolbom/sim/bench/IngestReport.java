package kr.dolbom.sim.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the ingest bench found. Figures are medians over the rounds.
record IngestReport(
        IngestBench.Settings settings,
        String database,
        boolean durable,
        List<Fleet.Pace> bareRuns,
        List<Fleet.Pace> durableRuns,
        List<Double> copyRuns,
        Fleet.Pace evenPace,
        long acknowledged,
        long refused,
        long rows,
        long duplicates,
        double bytesPerRow,
        List<BenchDatabase.Size> sizes) {

    double barePerSecond() {
        return median(bareRuns.stream().map(Fleet.Pace::perSecond).toList());
    }

    double durablePerSecond() {
        return median(durableRuns.stream().map(Fleet.Pace::perSecond).toList());
    }

    double copyPerSecond() {
        return median(copyRuns);
    }

    double ratio() {
        return durablePerSecond() / barePerSecond();
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    void print(PrintWriter out) {
        out.println();
        out.println("| | messages/s | each round |");
        out.println("|---|---|---|");
        row(out, "bare HiveMQ, keeps nothing", barePerSecond(), perSecond(bareRuns));
        row(out, "validated, committed, acknowledged", durablePerSecond(), perSecond(durableRuns));
        row(out, "COPY without MQTT", copyPerSecond(), copyRuns);
        out.println();
        out.printf(
                Locale.ROOT,
                "At %d messages/s an acknowledgement takes %.1f ms (median), %.1f ms (99 of 100).%n",
                settings.pacePerSecond(),
                evenPace.p50Millis(),
                evenPace.p99Millis());
        out.printf(Locale.ROOT, "Acknowledged %,d, stored %,d, stored twice %d.%n", acknowledged, rows, duplicates);
        for (BenchDatabase.Size size : sizes) {
            out.printf(Locale.ROOT, "%-24s %6.1f bytes a message%n", size.part(), size.bytes() / (double) rows);
        }
        out.println();
    }

    private static void row(PrintWriter out, String name, double median, List<Double> rounds) {
        out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %s |%n",
                name,
                median,
                String.join(", ", rounds.stream().map("%,.0f"::formatted).toList()));
    }

    private static List<Double> perSecond(List<Fleet.Pace> runs) {
        return runs.stream().map(Fleet.Pace::perSecond).toList();
    }

    /// The line that scripts read.
    String line() {
        return String.format(
                Locale.ROOT,
                "bare_per_s=%.0f durable_per_s=%.0f ratio=%.3f copy_per_s=%.0f p50_ms=%.1f p99_ms=%.1f bytes_per_row=%.1f",
                barePerSecond(),
                durablePerSecond(),
                ratio(),
                copyPerSecond(),
                evenPace.p50Millis(),
                evenPace.p99Millis(),
                bytesPerRow);
    }

    void write(Path file) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", Instant.now().toString());
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("java", Runtime.version().toString());
        json.put("database", database);
        json.put("durable", durable);
        json.put("devices", settings.devices());
        json.put("seconds", settings.duration().toSeconds());
        json.put("rounds", settings.rounds());
        json.put("bare_per_s", barePerSecond());
        json.put("durable_per_s", durablePerSecond());
        json.put("ratio", ratio());
        json.put("copy_per_s", copyPerSecond());
        json.put("paced_at_per_s", settings.pacePerSecond());
        json.put("p50_ms", evenPace.p50Millis());
        json.put("p99_ms", evenPace.p99Millis());
        json.put("bytes_per_row", bytesPerRow);
        json.put("bare_rounds", perSecond(bareRuns));
        json.put("durable_rounds", perSecond(durableRuns));
        json.put("copy_rounds", copyRuns);
        json.put("bare_cpu_micros", bareRuns.stream().map(Fleet.Pace::cpu).toList());
        json.put("durable_cpu_micros", durableRuns.stream().map(Fleet.Pace::cpu).toList());
        json.put("acknowledged", acknowledged);
        json.put("rows", rows);
        json.put("duplicates", duplicates);
        json.put("sizes", sizes);
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(
                file,
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json) + "\n");
    }
}
