package kr.dolbom.risk.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// What the bench found.
record ScoreReport(
        ScoreBench.Plan plan,
        String database,
        MemoryBench.Figures memory,
        DatabaseBench.Figures stored,
        SosBench.Figures sos) {
    private static final double MEGABYTE = 1 << 20;

    void print(PrintStream out) {
        out.println();
        out.printf("| %,d residents | | wanted |%n|---|---|---|%n", plan.residents());
        out.printf("| messages scored in memory by one core | %,.0f/s | ≥ 300,000/s |%n", memory.eventsPerCoreSecond());
        out.printf("| … by the clock on the wall | %,.0f/s | |%n", memory.eventsPerSecond());
        out.printf("| live heap | %,.0f MB | ≤ 1,536 MB |%n", memory.heapBytes() / MEGABYTE);
        out.printf("| of each resident | %,.0f bytes | ≤ 8,192 bytes |%n", memory.bytesPerResident());
        out.printf("| from the database to stored scores | %,.0f/s | ≥ 20,000/s |%n", stored.rowsPerSecond());
        out.printf(
                "| residents' states kept | %,.0f/s of %,.0f bytes | |%n",
                stored.statesPerSecond(), stored.stateBytes());
        out.printf("| start from them | %.1f s | |%n", stored.restartSeconds());
        out.printf(
                "| commit of an SOS to its alert, 99 of %,d | %.1f ms (half: %.1f ms, all: %.1f ms) | ≤ 200 ms |%n",
                sos.calls(), sos.p99Millis(), sos.p50Millis(), sos.mostMillis());
        out.printf("| … while so much is stored | %,.0f/s | 2,000/s |%n%n", sos.storedPerSecond());
    }

    /// The line that scripts read.
    String line() {
        return "events_per_s_core=%.0f db_events_per_s=%.0f heap_mb=%.0f bytes_per_resident=%.0f sos_to_alert_p99_ms=%.1f"
                .formatted(
                        memory.eventsPerCoreSecond(),
                        stored.rowsPerSecond(),
                        memory.heapBytes() / MEGABYTE,
                        memory.bytesPerResident(),
                        sos.p99Millis());
    }

    void write(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(Files.newBufferedWriter(file))
                .setPrettyPrinter(new DefaultPrettyPrinter())) {
            json.writeStartObject();
            json.writeStringField("at", Instant.now().toString());
            json.writeNumberField("processors", Runtime.getRuntime().availableProcessors());
            json.writeStringField("java", Runtime.version().toString());
            json.writeStringField("database", database);
            json.writeNumberField("residents", plan.residents());
            json.writeNumberField("events_per_s_core", memory.eventsPerCoreSecond());
            json.writeNumberField("events_per_s", memory.eventsPerSecond());
            json.writeNumberField("events", memory.events());
            json.writeNumberField("outcomes_per_event", memory.outcomesPerEvent());
            json.writeNumberField("heap_mb", memory.heapBytes() / MEGABYTE);
            json.writeNumberField("heap_limit_mb", Runtime.getRuntime().maxMemory() / MEGABYTE);
            json.writeNumberField("bytes_per_resident", memory.bytesPerResident());
            json.writeNumberField("db_events_per_s", stored.rowsPerSecond());
            json.writeNumberField("db_events", stored.rows());
            json.writeNumberField("scores_written", stored.scores());
            json.writeNumberField("states_per_s", stored.statesPerSecond());
            json.writeNumberField("state_bytes", stored.stateBytes());
            json.writeNumberField("restart_s", stored.restartSeconds());
            json.writeNumberField("sos_to_alert_p50_ms", sos.p50Millis());
            json.writeNumberField("sos_to_alert_p99_ms", sos.p99Millis());
            json.writeNumberField("sos_to_alert_max_ms", sos.mostMillis());
            json.writeNumberField("sos_calls", sos.calls());
            json.writeNumberField("flow_per_s", sos.storedPerSecond());
            json.writeNumberField("flow_lag_s", sos.lagSeconds());
            json.writeEndObject();
        }
    }
}
