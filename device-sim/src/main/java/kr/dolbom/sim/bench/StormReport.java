package kr.dolbom.sim.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the storm bench found.
///
/// @param database its version
/// @param began when the alerts were raised
/// @param lasted until all were acknowledged, or the bench gave up
/// @param acknowledged how many were
/// @param alerts how many there were
/// @param heard what the phones heard
/// @param paged when each phone got its first text or ring
/// @param ringsAfterwards calls that were asked for when all were acknowledged
record StormReport(
        StormBench.Settings settings,
        String database,
        Instant began,
        Duration lasted,
        long acknowledged,
        int alerts,
        StormBench.Heard heard,
        List<Instant> paged,
        int ringsAfterwards) {

    /// Whether each alert was rung for once and taken, and the phones were silent afterwards.
    boolean isClean() {
        return acknowledged == alerts && lost() == 0 && duplicates() == 0;
    }

    int lost() {
        return alerts - heard.rung().size();
    }

    int duplicates() {
        // Rings afterwards tell of nobody new: they are among them.
        return heard.duplicates();
    }

    /// How long after the moment of all alerts the phone rang for this share of them, in ms; 0 where none did.
    private long ringMillis(double share) {
        List<Long> waits = heard.rung().values().stream()
                .map(rang -> Duration.between(began, rang).toMillis())
                .sorted()
                .toList();
        return waits.isEmpty() ? 0 : waits.get((int) Math.ceil(waits.size() * share) - 1);
    }

    /// How long after the moment of all alerts the last of the caseworkers had a text or a ring, in ms.
    private long allPagedMillis() {
        return paged.stream()
                .mapToLong(at -> Duration.between(began, at).toMillis())
                .max()
                .orElse(0);
    }

    void print(PrintWriter out) {
        out.println();
        out.printf(
                Locale.ROOT,
                "%d alerts at once over %d offices; the account may make %.1f calls a second.%n",
                alerts,
                settings.offices(),
                settings.callsPerSecond());
        out.printf(
                Locale.ROOT,
                "%d phones had a text or a ring; the last of them after %.1f s.%n",
                paged.size(),
                allPagedMillis() / 1e3);
        out.printf(
                Locale.ROOT,
                "A phone rang after %.1f s (median), %.1f s (95 of 100), %.1f s (all); %d rang.%n",
                ringMillis(0.5) / 1e3,
                ringMillis(0.95) / 1e3,
                ringMillis(1) / 1e3,
                heard.calls());
        out.printf(
                Locale.ROOT,
                "Acknowledged %d of %d after %.1f s; rings after that: %d.%n",
                acknowledged,
                alerts,
                lasted.toMillis() / 1e3,
                ringsAfterwards);
        out.println();
    }

    /// The line that scripts read.
    String line() {
        return String.format(
                Locale.ROOT,
                "alerts=%d first_ring_p50_ms=%d all_rung_s=%.1f duplicates=%d lost=%d",
                alerts,
                ringMillis(0.5),
                ringMillis(1) / 1e3,
                duplicates(),
                lost());
    }

    void write(Path file) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", began.toString());
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("java", Runtime.version().toString());
        json.put("database", database);
        json.put("alerts", alerts);
        json.put("offices", settings.offices());
        json.put("calls_per_second", settings.callsPerSecond());
        json.put("answered_after_s", settings.answerAfter().toSeconds());
        json.put("warm_up", settings.warmUp());
        json.put("first_ring_p50_ms", ringMillis(0.5));
        json.put("first_ring_p95_ms", ringMillis(0.95));
        json.put("all_rung_s", ringMillis(1) / 1e3);
        json.put("phones_paged", paged.size());
        json.put("all_paged_s", allPagedMillis() / 1e3);
        json.put("acknowledged", acknowledged);
        json.put("all_acknowledged_s", lasted.toMillis() / 1e3);
        json.put("calls", heard.calls());
        json.put("duplicates", duplicates());
        json.put("lost", lost());
        json.put("rings_afterwards", ringsAfterwards);
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(
                file,
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json) + "\n");
    }
}
