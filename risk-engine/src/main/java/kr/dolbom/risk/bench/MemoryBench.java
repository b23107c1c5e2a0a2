package kr.dolbom.risk.bench;

import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kr.dolbom.db.DatabaseConnection;
import kr.dolbom.db.Databases;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.feed.TelemetryRow;
import kr.dolbom.risk.resident.Residents;
import kr.dolbom.risk.town.Homes;
import kr.dolbom.risk.watch.Fleet;
import kr.dolbom.risk.watch.WatchSettings;

/// Scoring alone: the messages of whole days through the same [Fleet] that the engine has, each batch followed by
/// a look at those whom it touched and those whose moment has come. What is written of it is thrown away.
final class MemoryBench {
    private static final int BATCH_ROWS = 5_000;
    private static final Instant START = Instant.parse("2026-03-01T15:00:00Z"); // midnight in Seoul
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Homes homes;
    private final Fleet fleet;
    private final List<TelemetryRow> batch = new ArrayList<>(BATCH_ROWS);
    private final List<Outcome> outcomes = new ArrayList<>();
    private long events;
    private long written;
    private long nanosAtTelling;

    /// What was found.
    ///
    /// @param eventsPerCoreSecond messages for each second of processor time, of all threads, collecting garbage
    ///     included
    /// @param eventsPerSecond messages for each second by the clock on the wall
    /// @param events how many were measured
    /// @param outcomesPerEvent findings and scores for each
    /// @param heapBytes what lives in the heap after the last day, all in all
    /// @param bytesPerResident of which so much is each resident's
    record Figures(
            double eventsPerCoreSecond,
            double eventsPerSecond,
            long events,
            double outcomesPerEvent,
            long heapBytes,
            double bytesPerResident) {}

    private MemoryBench(Homes homes, Fleet fleet) {
        this.homes = homes;
        this.fleet = fleet;
    }

    /// @param warmDays days before those that are measured
    /// @param days measured days
    static Figures run(DatabaseConnection database, WatchSettings settings, int residents, int warmDays, int days)
            throws SQLException {
        try (HikariDataSource pool = Databases.pool(database, "bench", 2)) {
            var homes = new Homes(residents, 1);
            long before = liveHeap();
            var bench = new MemoryBench(homes, new Fleet(new Residents(pool), settings));
            bench.live(START, Duration.ofDays(warmDays));
            bench.reset();
            long cpu = PROCESS.getProcessCpuTime();
            long wall = System.nanoTime();
            bench.live(START.plus(Duration.ofDays(warmDays)), Duration.ofDays(days));
            // Making up the messages is not scoring them.
            double cpuSeconds = (PROCESS.getProcessCpuTime() - cpu - bench.nanosAtTelling) / 1e9;
            double wallSeconds = (System.nanoTime() - wall - bench.nanosAtTelling) / 1e9;
            long heap = liveHeap();
            return new Figures(
                    bench.events / cpuSeconds,
                    bench.events / wallSeconds,
                    bench.events,
                    (double) bench.written / bench.events,
                    heap,
                    (double) (heap - before) / bench.fleet.size());
        }
    }

    private void live(Instant from, Duration time) throws SQLException {
        List<TelemetryRow> window = new ArrayList<>();
        for (Instant at = from; at.isBefore(from.plus(time)); at = at.plus(Homes.WINDOW)) {
            window.clear();
            long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            homes.tell(at, window::add);
            nanosAtTelling += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
            for (TelemetryRow row : window) {
                batch.add(row);
                if (batch.size() == BATCH_ROWS) {
                    score(row.receivedAt());
                }
            }
        }
    }

    private void score(Instant now) throws SQLException {
        fleet.apply(batch, outcomes);
        fleet.review(now, outcomes);
        events += batch.size();
        written += outcomes.size();
        batch.clear();
        outcomes.clear();
    }

    private void reset() {
        events = 0;
        written = 0;
        nanosAtTelling = 0;
    }

    static long liveHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
