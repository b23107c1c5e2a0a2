package kr.dolbom.risk.follow;

import static kr.dolbom.risk.follow.Town.seoul;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import kr.dolbom.risk.feed.TelemetryFeed;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeaseTest {
    private static final Instant NOW = seoul(1, 12, 0);

    @Test
    void whoLostTheLeaseCommitsNothingOfTheBatchThatItHasInHand() throws Exception {
        try (var town = new Town(NOW);
                var first = lease(town);
                var second = lease(town)) {
            int caller = town.addResident();
            first.acquire(() -> {});
            try (TelemetryFeed feed = town.openFeed()) {
                Follower stale = follower(town, feed, first);
                town.sos(caller, NOW, NOW);
                runOut(town);
                second.acquire(() -> {});

                assertThrows(SQLException.class, stale::catchUp);
            }
            assertEquals(List.of(), town.alerts());
            assertEquals(0, town.number("select count(*) from feed_position"));
            assertEquals(0, town.number("select count(*) from resident_state"));

            try (TelemetryFeed feed = town.openFeed()) {
                follower(town, feed, second).catchUp();
            }
            assertEquals(1, town.alerts().size());
        }
    }

    @Test
    void theLeaseIsNotTakenWhileItsHolderCommits() throws Exception {
        try (var town = new Town(NOW);
                var first = lease(town);
                var second = lease(town)) {
            first.acquire(() -> {});
            runOut(town);
            try (Connection connection = town.database.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                Town.update(connection, "insert into feed_position (reader, txid) values (?, '7')", Town.READER);
                first.check(connection);
                var taking = new Thread(() -> {
                    try {
                        second.acquire(() -> {});
                    } catch (SQLException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
                taking.start();
                Awaitility.await().until(() -> town.number("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and wait_event_type = 'Lock'""") == 1);
                assertEquals(1, town.number("select term from engine_lease"));
                connection.commit();
                taking.join();
            }

            assertEquals(2, town.number("select term from engine_lease"));
            try (Connection connection = town.database.dataSource().getConnection()) {
                assertThrows(SQLException.class, () -> first.check(connection));
                second.check(connection);
            }
        }
    }

    /// One that is renewed so seldom that it is not within these tests.
    private static Lease lease(Town town) {
        return new Lease(town.database.connection(), Town.READER, UUID.randomUUID(), Duration.ofHours(10));
    }

    private static void runOut(Town town) throws SQLException {
        town.update("update engine_lease set renewed_at = renewed_at - interval '10 hours'");
    }

    private static Follower follower(Town town, TelemetryFeed feed, Fence fence) throws SQLException {
        return Follower.start(feed, town.database.dataSource(), Town.WATCH, Town.FOLLOW, town.clock, fence);
    }
}
