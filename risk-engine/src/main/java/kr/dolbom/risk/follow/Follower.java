package kr.dolbom.risk.follow;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import kr.dolbom.risk.alert.AlertBook;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.feed.DatabaseFeed;
import kr.dolbom.risk.feed.FeedPosition;
import kr.dolbom.risk.feed.TelemetryBatch;
import kr.dolbom.risk.feed.TelemetryFeed;
import kr.dolbom.risk.resident.Residents;
import kr.dolbom.risk.snapshot.Loaded;
import kr.dolbom.risk.snapshot.Snapshots;
import kr.dolbom.risk.watch.Fleet;
import kr.dolbom.risk.watch.WatchSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the feed step by step: reads a batch, applies it to the residents in memory, commits what came of it
/// and some residents' states together with the position.
///
/// What is in memory is exactly what lies before the committed position, as long as no step failed. After a
/// failure nobody knows, so a follower that threw is thrown away; the next one begins with the states that were
/// kept and reads what they lack again. What the failed one may have committed is found by its episode and not
/// written twice.
///
/// One thread uses it.
public final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(20);

    private final TelemetryFeed feed;
    private final Fleet fleet;
    private final Snapshots snapshots;
    private final InstantSource clock;
    private final Fence fence;
    private final AlertBook book = new AlertBook();

    private Follower(TelemetryFeed feed, Fleet fleet, Snapshots snapshots, InstantSource clock, Fence fence) {
        this.feed = feed;
        this.fleet = fleet;
        this.snapshots = snapshots;
        this.clock = clock;
        this.fence = fence;
    }

    /// Takes up the residents' states that were kept, reads what they lack, and is then ready for the first step.
    /// Where there are none, or they cannot be read, the residents' rhythms are learnt from the history.
    public static Follower start(
            TelemetryFeed feed,
            DataSource database,
            WatchSettings watch,
            FollowSettings follow,
            InstantSource clock,
            Fence fence)
            throws SQLException {
        Instant began = clock.instant();
        var fleet = new Fleet(new Residents(database), watch);
        var snapshots = new Snapshots(follow.reader(), fleet, follow.snapshotEvery());
        var follower = new Follower(feed, fleet, snapshots, clock, fence);
        try (Connection connection = database.getConnection()) {
            DatabaseFeed.limitPauses(connection);
            connection.setAutoCommit(false);
            Loaded loaded = snapshots.load(connection, feed.position());
            connection.commit();
            long restored = fleet.size();
            long replayed = follower.learn(loaded, began.minus(Duration.ofDays(follow.historyDays())), connection);
            long reread = follower.rereadAfter(loaded);
            fleet.resume(connection);
            connection.commit();
            LOG.info(
                    "Ready to follow residents={} restored={} rowsOfHistory={} rowsSince={} millis={}",
                    fleet.size(),
                    restored,
                    replayed,
                    reread,
                    Duration.between(began, clock.instant()).toMillis());
        }
        return follower;
    }

    private long learn(Loaded loaded, Instant since, Connection connection) throws SQLException {
        if (!loaded.isNone() && loaded.unreadable().isEmpty()) {
            return 0;
        }
        long[] rows = new long[1];
        feed.replay(since, loaded.unreadable(), (at, row) -> {
            rows[0]++;
            fleet.replay(row, loaded.isKnownOfAll(at));
        });
        snapshots.forget(connection, loaded);
        boolean isMore = true;
        while (isMore) {
            isMore = snapshots.writeLearnt(connection, loaded, feed.position());
            fence.check(connection);
            connection.commit();
        }
        return rows[0];
    }

    private long rereadAfter(Loaded loaded) throws SQLException {
        FeedPosition floor = loaded.floor();
        if (floor == null) {
            return 0;
        }
        long[] rows = new long[1];
        feed.reread(floor, (at, row) -> {
            if (!loaded.has(row.residentNo(), at)) {
                rows[0]++;
                fleet.replay(row, loaded.isKnownOfAll(at));
            }
        });
        snapshots.note(floor, clock.instant());
        return rows[0];
    }

    /// Reads and commits one batch, and looks at the residents when it was the last for now.
    ///
    /// @return whether there may be more to read at once
    public boolean step() throws SQLException {
        TelemetryBatch batch = feed.read();
        List<Outcome> outcomes = new ArrayList<>();
        fleet.apply(batch.rows(), outcomes);
        Instant now = clock.instant();
        if (batch.isLast()) {
            fleet.review(now, outcomes);
        }
        snapshots.note(batch.before(), now);
        if (!batch.isEmpty() || !outcomes.isEmpty() || snapshots.isDue(now)) {
            feed.commit(batch, connection -> {
                book.write(connection, outcomes);
                snapshots.write(connection, batch.after(), now);
                fence.check(connection);
            });
        }
        return !batch.isLast() && !batch.isEmpty();
    }

    /// Steps until everything that is stored has been read.
    public void catchUp() throws SQLException {
        while (step()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }

    /// Waits for news, or for the next moment at which somebody must be looked at.
    ///
    /// @param atMost the longest wait
    public void awaitNews(Duration atMost) throws SQLException {
        Duration wait = fleet.findNextMoment()
                .map(moment -> Duration.between(clock.instant(), moment))
                .filter(untilMoment -> untilMoment.compareTo(atMost) < 0)
                .orElse(atMost);
        // A moment can have passed while somebody's transaction holds the feed back.
        feed.awaitNews(wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait);
    }
}
