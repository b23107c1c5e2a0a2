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
import kr.dolbom.risk.feed.TelemetryBatch;
import kr.dolbom.risk.feed.TelemetryFeed;
import kr.dolbom.risk.feed.TelemetryRow;
import kr.dolbom.risk.resident.Residents;
import kr.dolbom.risk.watch.Fleet;
import kr.dolbom.risk.watch.WatchSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the feed step by step: reads a batch, applies it to the residents in memory, commits what came of it
/// together with the position.
///
/// What is in memory is exactly what lies before the committed position, as long as no step failed. After a failure
/// nobody knows, so a follower that threw is thrown away; the next one reads the history up to the position again.
/// What the failed one may have committed is found by its episode and not written twice.
///
/// One thread uses it.
public final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(20);

    private final TelemetryFeed feed;
    private final Fleet fleet;
    private final InstantSource clock;
    private final AlertBook book = new AlertBook();

    private Follower(TelemetryFeed feed, Fleet fleet, InstantSource clock) {
        this.feed = feed;
        this.fleet = fleet;
        this.clock = clock;
    }

    /// Learns the residents' rhythms from the history and is then ready for the first step.
    ///
    /// @param history how far back the history is read
    public static Follower start(
            TelemetryFeed feed, DataSource database, WatchSettings settings, Duration history, InstantSource clock)
            throws SQLException {
        Instant began = clock.instant();
        var fleet = new Fleet(new Residents(database), settings);
        long[] rows = new long[1];
        feed.replay(began.minus(history), row -> {
            rows[0]++;
            fleet.replay(row);
        });
        try (Connection connection = database.getConnection()) {
            fleet.resume(connection);
        }
        LOG.info(
                "Learnt from the history residents={} rows={} millis={}",
                fleet.size(),
                rows[0],
                Duration.between(began, clock.instant()).toMillis());
        return new Follower(feed, fleet, clock);
    }

    /// Reads and commits one batch, and looks at the residents when it was the last for now.
    ///
    /// @return whether there may be more to read at once
    public boolean step() throws SQLException {
        TelemetryBatch batch = feed.read();
        List<Outcome> outcomes = new ArrayList<>();
        for (TelemetryRow row : batch.rows()) {
            fleet.apply(row, outcomes);
        }
        if (batch.isLast()) {
            fleet.review(clock.instant(), outcomes);
        }
        if (!batch.isEmpty() || !outcomes.isEmpty()) {
            feed.commit(batch, connection -> book.write(connection, outcomes));
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
