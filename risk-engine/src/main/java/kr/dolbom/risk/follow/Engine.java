package kr.dolbom.risk.follow;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import kr.dolbom.db.DatabaseConnection;
import kr.dolbom.db.Databases;
import kr.dolbom.db.migration.Migrations;
import kr.dolbom.risk.emergency.EmergencyLane;
import kr.dolbom.risk.feed.DatabaseFeed;
import kr.dolbom.risk.feed.TelemetryFeed;
import kr.dolbom.risk.preview.Previews;
import kr.dolbom.risk.watch.WatchSettings;

/// The running engine: one thread follows the feed, another serves emergencies, a third works out previews when nobody
/// needs the processor more. Each waits for a database that is
/// away, and begins anew after a lost connection.
///
/// Of several engines one follows the feed, by its [Lease]; the others stand by. Emergencies are served by all of
/// them: an emergency need not wait until another engine has taken over, and whichever comes second finds the
/// episode done.
public final class Engine implements AutoCloseable {
    private static final int POOL_SIZE = 3;
    private static final Duration LAGS = Duration.ofSeconds(5);

    private final DatabaseConnection database;
    private final WatchSettings watch;
    private final FollowSettings follow;
    private final InstantSource clock;
    private final EngineStatus status;
    private final UUID id = UUID.randomUUID();
    private final CountDownLatch schemaIsReady = new CountDownLatch(1);
    private final Loop feedLoop;
    private final Loop laneLoop;
    private final Loop previewLoop;

    /// An engine that does nothing before [#start()].
    public Engine(
            DatabaseConnection database,
            WatchSettings watch,
            FollowSettings follow,
            InstantSource clock,
            EngineStatus status) {
        this.database = database;
        this.watch = watch;
        this.follow = follow;
        this.clock = clock;
        this.status = status;
        this.feedLoop = new Loop("risk-feed", database, follow.retry(), this::followFeed, status::feed);
        this.laneLoop = new Loop("risk-emergency", database, follow.retry(), this::serveLane, status::lane);
        // Without previews the engine does its work: no trouble to tell of, beyond the log.
        this.previewLoop = new Loop("risk-preview", database, follow.retry(), this::workOutPreviews, _ -> {});
    }

    /// Starts the threads and returns at once.
    public void start() {
        feedLoop.start();
        laneLoop.start();
        previewLoop.start();
    }

    private void followFeed(Runnable works) throws SQLException, InterruptedException {
        try (HikariDataSource patient = Databases.pool(database, follow.reader(), POOL_SIZE)) {
            Migrations.migrate(patient);
        }
        schemaIsReady.countDown();
        try (var lease = new Lease(database, follow.reader(), id, follow.lease())) {
            lease.acquire(() -> {
                status.role(EngineStatus.Role.STANDING_BY);
                works.run();
            });
            status.feed("reading what is known of the residents");
            status.role(EngineStatus.Role.LEADING);
            follow(lease, works);
        }
    }

    private void follow(Lease lease, Runnable works) throws SQLException {
        try (HikariDataSource pool =
                        Databases.pool(database, follow.reader(), POOL_SIZE, DatabaseFeed.LONGEST_SILENCE);
                TelemetryFeed feed = DatabaseFeed.open(database, follow.reader(), follow.batchRows())) {
            Follower follower = Follower.start(feed, pool, watch, follow, clock, lease);
            while (!Thread.currentThread().isInterrupted()) {
                lease.checkHeld();
                Instant before = clock.instant();
                follower.catchUp();
                status.caughtUp(before);
                works.run();
                follower.awaitNews(follow.poll());
            }
        }
    }

    private void serveLane(Runnable works) throws SQLException, InterruptedException {
        schemaIsReady.await();
        try (EmergencyLane lane = EmergencyLane.open(database, follow.reader(), watch.pastAfter())) {
            works.run();
            while (!Thread.currentThread().isInterrupted()) {
                lane.serve(follow.poll());
            }
        }
    }

    private void workOutPreviews(Runnable works) throws SQLException, InterruptedException {
        schemaIsReady.await();
        try (Previews previews =
                Previews.open(database, follow.reader() + "-preview", watch.deviceSilentAfter(), this::isBehind)) {
            works.run();
            while (!Thread.currentThread().isInterrupted()) {
                previews.work();
                Thread.sleep(follow.poll());
            }
        }
    }

    /// Whether the feed is not read to its end, so that all else has to wait.
    private boolean isBehind() {
        Instant mayLag = clock.instant().minus(LAGS);
        return status.findCaughtUpAt()
                .filter(caughtUp -> caughtUp.isBefore(mayLag))
                .isPresent();
    }

    /// Stops the threads; what was not committed is read again by the next engine.
    @Override
    public void close() {
        feedLoop.close();
        laneLoop.close();
        previewLoop.close();
    }
}
