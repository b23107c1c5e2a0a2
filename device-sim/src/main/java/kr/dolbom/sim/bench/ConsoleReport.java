package kr.dolbom.sim.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the console bench found.
///
/// @param database its version
/// @param loaded what opening the list cost
/// @param firstLoadBytes what a browser that knew nothing was sent for the list and all that it refers to
/// @param requests in how many answers
/// @param rows how many alerts it then showed
/// @param shown how long new alerts took to be seen
record ConsoleReport(
        ConsoleBench.Settings settings,
        String database,
        ConsoleBench.Loaded loaded,
        long firstLoadBytes,
        int requests,
        long rows,
        ConsoleBench.Shown shown) {
    private static final double QUEUE_P99_MILLIS = 100;
    private static final double FIRST_LOAD_KB = 150;
    private static final double VISIBLE_MILLIS = 500;
    private static final double KB = 1024;

    /// Whether every page was answered and all is within what was promised.
    boolean isGood() {
        return loaded.failures() == 0
                && shown.load().failures() == 0
                && p99() <= QUEUE_P99_MILLIS
                && firstLoadBytes / KB <= FIRST_LOAD_KB
                && longestShown() <= VISIBLE_MILLIS;
    }

    private double p99() {
        return loaded.latencies().percentileMillis(0.99);
    }

    private double longestShown() {
        return Collections.max(shown.millis());
    }

    private double medianShown() {
        List<Double> sorted = shown.millis().stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    void print(PrintWriter out) {
        out.println();
        out.printf(
                Locale.ROOT,
                "%,d residents, %,d past alerts, %d open ones over %d offices; %d viewers have the list open.%n",
                settings.residents(),
                settings.pastAlerts(),
                settings.openAlerts(),
                settings.offices(),
                settings.viewers());
        out.printf(
                Locale.ROOT,
                "The list, opened %d times at %d a second: %.1f ms (median), %.1f ms (99 of 100), %.1f ms (longest); %d failed.%n",
                loaded.pages(),
                settings.pagesPerSecond(),
                loaded.latencies().percentileMillis(0.5),
                p99(),
                loaded.latencies().percentileMillis(1),
                loaded.failures());
        out.printf(
                Locale.ROOT,
                "First load in Chromium: %.1f KB in %d answers, %d alerts; the page alone %.1f KB, packed.%n",
                firstLoadBytes / KB,
                requests,
                rows,
                loaded.bytes() / KB);
        out.printf(
                Locale.ROOT,
                "From an alert's commit to the frame that shows it, %d times under the same load: %.0f ms (median), %.0f ms (longest).%n",
                shown.millis().size(),
                medianShown(),
                longestShown());
        out.printf(
                Locale.ROOT,
                "Meanwhile the page with its %d alerts did not answer for %.0f ms at the longest (below 50 counts as 0).%n",
                rows,
                shown.longestTask());
        out.println();
    }

    /// The line that scripts read; `alert_visible_ms` is the longest.
    String line() {
        return String.format(
                Locale.ROOT,
                "queue_p99_ms=%.1f first_load_kb=%.1f alert_visible_ms=%.0f",
                p99(),
                firstLoadBytes / KB,
                longestShown());
    }

    void write(Path file) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("java", Runtime.version().toString());
        json.put("database", database);
        json.put("residents", settings.residents());
        json.put("past_alerts", settings.pastAlerts());
        json.put("open_alerts", settings.openAlerts());
        json.put("offices", settings.offices());
        json.put("viewers", settings.viewers());
        json.put("pages_per_second", settings.pagesPerSecond());
        json.put("pages", loaded.pages());
        json.put("failures", loaded.failures() + shown.load().failures());
        json.put("queue_p50_ms", loaded.latencies().percentileMillis(0.5));
        json.put("queue_p99_ms", p99());
        json.put("queue_max_ms", loaded.latencies().percentileMillis(1));
        json.put("queue_p99_while_shown_ms", shown.load().latencies().percentileMillis(0.99));
        json.put("first_load_kb", firstLoadBytes / KB);
        json.put("first_load_answers", requests);
        json.put("page_kb", loaded.bytes() / KB);
        json.put("alert_visible_p50_ms", medianShown());
        json.put("alert_visible_max_ms", longestShown());
        json.put("longest_task_ms", shown.longestTask());
        json.put("alerts_shown", shown.millis().size());
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(
                file,
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json) + "\n");
    }
}
