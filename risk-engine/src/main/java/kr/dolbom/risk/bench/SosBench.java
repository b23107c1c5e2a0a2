package kr.dolbom.risk.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import kr.dolbom.db.DatabaseConnection;
import kr.dolbom.risk.feed.TelemetryRow;
import kr.dolbom.risk.follow.Engine;
import kr.dolbom.risk.follow.EngineStatus;
import kr.dolbom.risk.follow.FollowSettings;
import kr.dolbom.risk.town.Homes;
import kr.dolbom.risk.watch.WatchSettings;
import org.postgresql.PGConnection;

/// From the commit of a call for help until its alert can be read, while other telemetry flows: by the running
/// engine.
final class SosBench {
    private static final Duration TRANSACTION_EVERY = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final BenchTables tables;
    private final Homes homes;
    private final int pacePerSecond;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicLong stored = new AtomicLong();

    /// What was found.
    ///
    /// @param p50Millis half of the calls are an alert within it
    /// @param p99Millis 99 of 100 are
    /// @param mostMillis all are
    /// @param calls how many there were
    /// @param storedPerSecond how much other telemetry flowed
    /// @param lagSeconds how far the feed was behind at the end
    record Figures(
            double p50Millis,
            double p99Millis,
            double mostMillis,
            int calls,
            double storedPerSecond,
            double lagSeconds) {}

    private SosBench(BenchTables tables, Homes homes, int pacePerSecond) {
        this.tables = tables;
        this.homes = homes;
        this.pacePerSecond = pacePerSecond;
    }

    static Figures run(
            DatabaseConnection database,
            WatchSettings watch,
            FollowSettings follow,
            int residents,
            int pacePerSecond,
            Duration time)
            throws SQLException, InterruptedException {
        var status = new EngineStatus();
        InstantSource clock = InstantSource.system();
        try (var engine = new Engine(database, watch, follow, clock, status)) {
            engine.start();
            awaitCaughtUp(status, clock);
            var bench = new SosBench(new BenchTables(database), new Homes(residents, 3), pacePerSecond);
            return bench.measure(residents, time, status, clock);
        }
    }

    private static void awaitCaughtUp(EngineStatus status, InstantSource clock) throws InterruptedException {
        Instant limit = clock.instant().plus(START_LIMIT);
        while (status.findTrouble(clock.instant()).isPresent()
                || status.findCaughtUpAt().isEmpty()) {
            if (clock.instant().isAfter(limit)) {
                throw new IllegalStateException("The engine did not become ready within " + START_LIMIT + ": "
                        + status.findTrouble(clock.instant()));
            }
            Thread.sleep(Duration.ofMillis(100));
        }
    }

    private Figures measure(int residents, Duration time, EngineStatus status, InstantSource clock)
            throws SQLException, InterruptedException {
        var flow = new Thread(this::flow, "bench-flow");
        flow.start();
        long began = System.nanoTime();
        List<Double> millis = new ArrayList<>();
        try (Connection caller = tables.connect();
                Connection listener = tables.connect();
                Statement listen = listener.createStatement()) {
            listen.execute("listen dolbom_alert");
            // Nobody calls twice: a second call would join the open alert.
            for (int resident = 1; resident <= residents && System.nanoTime() - began < time.toNanos(); resident++) {
                millis.add(call(caller, listener, resident));
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        } finally {
            isOver.set(true);
            flow.join();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        Duration lag = Duration.between(status.findCaughtUpAt().orElse(Instant.MIN), clock.instant());
        Collections.sort(millis);
        return new Figures(
                percentile(millis, 0.5),
                percentile(millis, 0.99),
                millis.getLast(),
                millis.size(),
                stored.get() / seconds,
                lag.toMillis() / 1e3);
    }

    private static double percentile(List<Double> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private static double call(Connection caller, Connection listener, int residentNo) throws SQLException {
        UUID messageId = UUID.randomUUID();
        BenchTables.storeSos(caller, residentNo, messageId);
        long committed = System.nanoTime();
        try (PreparedStatement select =
                listener.prepareStatement("select from finding where episode = ? and alert_id is not null")) {
            select.setString(1, "emergency:" + messageId);
            while (System.nanoTime() - committed < LONGEST.toNanos()) {
                try (ResultSet row = select.executeQuery()) {
                    if (row.next()) {
                        return (System.nanoTime() - committed) / 1e6;
                    }
                }
                listener.unwrap(PGConnection.class).getNotifications(20);
            }
        }
        throw new IllegalStateException("A call for help was no alert within " + LONGEST);
    }

    /// Stores telemetry as the broker does: some rows in each of many small transactions.
    private void flow() {
        int rows = Math.max(1, (int) (pacePerSecond * TRANSACTION_EVERY.toMillis() / 1_000));
        try (Connection connection = tables.connect()) {
            long next = System.nanoTime();
            while (!isOver.get()) {
                List<TelemetryRow> some = new ArrayList<>();
                Instant now = Instant.now();
                for (int i = 0; i < rows; i++) {
                    some.add(homes.tellOne(now));
                }
                BenchTables.store(connection, some);
                stored.addAndGet(rows);
                next += TRANSACTION_EVERY.toNanos();
                LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("Telemetry could not be stored: " + e.getMessage(), e);
        }
    }
}
