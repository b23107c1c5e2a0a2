package kr.dolbom.risk.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import kr.dolbom.db.DatabaseConnection;
import kr.dolbom.db.Databases;
import kr.dolbom.risk.feed.DatabaseFeed;
import kr.dolbom.risk.feed.TelemetryFeed;
import kr.dolbom.risk.feed.TelemetryRow;
import kr.dolbom.risk.follow.Fence;
import kr.dolbom.risk.follow.FollowSettings;
import kr.dolbom.risk.follow.Follower;
import kr.dolbom.risk.town.Homes;
import kr.dolbom.risk.watch.WatchSettings;

/// Catching up: telemetry that was stored while no engine ran, from the table to committed scores; then starting anew
/// from the residents' states.
final class DatabaseBench {
    private static final int TRANSACTION_ROWS = 5_000;

    /// What was found.
    ///
    /// @param rowsPerSecond from the first read to the commit of the last score
    /// @param rows how many there were
    /// @param scores how many scores were written
    /// @param statesPerSecond residents' states written, once all are due
    /// @param stateBytes of one state in the database, the mean
    /// @param restartSeconds until the next engine is ready, from the states
    record Figures(
            double rowsPerSecond,
            long rows,
            long scores,
            double statesPerSecond,
            double stateBytes,
            double restartSeconds) {}

    private DatabaseBench() {}

    static Figures run(DatabaseConnection database, WatchSettings watch, FollowSettings follow, int residents, int rows)
            throws SQLException, IOException {
        var tables = new BenchTables(database);
        store(tables, residents, rows);
        var late = new AtomicReference<>(Duration.ZERO);
        InstantSource clock = () -> Instant.now().plus(late.get());
        double seconds;
        double statesSeconds;
        try (HikariDataSource pool = Databases.pool(database, "bench", 2);
                TelemetryFeed feed = DatabaseFeed.open(database, follow.reader(), follow.batchRows())) {
            Follower follower = Follower.start(feed, pool, watch, follow, clock, Fence.NONE);
            long began = System.nanoTime();
            follower.catchUp();
            seconds = (System.nanoTime() - began) / 1e9;
            late.set(follow.snapshotEvery());
            began = System.nanoTime();
            long known = tables.number("select count(distinct resident_no) from telemetry");
            while (tables.number("select count(*) from resident_state") < known) {
                follower.step();
            }
            statesSeconds = (System.nanoTime() - began) / 1e9;
        }
        long began = System.nanoTime();
        try (HikariDataSource pool = Databases.pool(database, "bench", 2);
                TelemetryFeed feed = DatabaseFeed.open(database, follow.reader(), follow.batchRows())) {
            Follower.start(feed, pool, watch, follow, clock, Fence.NONE).catchUp();
        }
        return new Figures(
                rows / seconds,
                rows,
                tables.number("select count(*) from risk_score"),
                tables.number("select count(*) from resident_state") / statesSeconds,
                tables.number("select avg(length(state))::bigint from resident_state"),
                (System.nanoTime() - began) / 1e9);
    }

    private static void store(BenchTables tables, int residents, int rows) throws SQLException, IOException {
        List<TelemetryRow> telemetry = untilNow(residents, rows);
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (int from = 0; from < telemetry.size(); from += TRANSACTION_ROWS) {
                BenchTables.store(
                        connection, telemetry.subList(from, Math.min(telemetry.size(), from + TRANSACTION_ROWS)));
            }
            connection.setAutoCommit(true);
            statement.execute("analyze telemetry");
            statement.execute("checkpoint");
        }
    }

    /// The last so many messages before now, in order of time.
    private static List<TelemetryRow> untilNow(int residents, int rows) {
        var homes = new Homes(residents, 2);
        Deque<List<TelemetryRow>> windows = new ArrayDeque<>();
        int count = 0;
        for (Instant end = Instant.now(); count < rows; end = end.minus(Homes.WINDOW)) {
            List<TelemetryRow> window = new ArrayList<>();
            homes.tell(end.minus(Homes.WINDOW), window::add);
            windows.addFirst(window);
            count += window.size();
        }
        List<TelemetryRow> all = new ArrayList<>(count);
        windows.forEach(all::addAll);
        return all.subList(count - rows, count);
    }
}
