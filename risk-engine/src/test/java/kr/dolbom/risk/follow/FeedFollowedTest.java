package kr.dolbom.risk.follow;

import static kr.dolbom.risk.follow.Town.seoul;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.risk.feed.DatabaseFeed;
import kr.dolbom.risk.feed.TelemetryFeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// No message is passed over and none is met twice, whatever transactions do; on a real database.
@Timeout(60)
class FeedFollowedTest {
    /// A day on which the residents of these tests have been known for 30 days.
    private static final int DAY = 31;

    @Test
    void aTransactionThatCommitsLateIsNotSkipped() throws SQLException {
        Instant now = seoul(DAY, 2, 10);
        try (var town = new Town(now);
                Connection slow = town.database.dataSource().getConnection()) {
            int first = town.addResident();
            int second = town.addResident();
            town.heartbeats(first, now, now); // makes the chunk, which the slow transaction would else lock
            town.engine().catchUp();
            slow.setAutoCommit(false);
            Town.send(slow, first, 6, now, now, "{'trigger':'sos-button'}");
            town.sos(second, now, now);
            town.runAt(now);
            assertEquals(List.of(), town.alerts(), "the later transaction waits for the earlier one");
            slow.commit();
            town.runAt(now.plusSeconds(1));

            assertEquals(
                    List.of(first, second),
                    town.alerts().stream().map(Town.Alert::residentNo).sorted().toList());
        }
    }

    @Test
    void nobodyIsCalledSilentWhileTelemetryIsHeldBack() throws SQLException {
        try (var town = new Town(seoul(DAY, 15, 0));
                Connection stuck = town.database.dataSource().getConnection()) {
            int resident = town.addResident();
            town.clockwork(resident, seoul(1, 0, 0), seoul(DAY, 11, 5), null);
            town.heartbeats(resident, seoul(DAY, 11, 10), seoul(DAY, 15, 0));
            town.runAt(seoul(DAY, 13, 50));
            stuck.setAutoCommit(false);
            Town.update(stuck, "insert into presence_event values (1, now(), true, 'stuck')");
            town.motion(resident, seoul(DAY, 13, 55), "kitchen");
            town.runAt(seoul(DAY, 15, 1));
            assertEquals(List.of(), town.alerts());
            stuck.commit();
            town.runAt(seoul(DAY, 15, 2));

            assertEquals(List.of(), town.alerts());
        }
    }

    @Test
    void theHistoryAndTheFeedTogetherGiveEachMessageOnce() throws SQLException {
        try (var town = new Town(seoul(2, 0, 0))) {
            int resident = town.addResident();
            town.clockwork(resident, seoul(1, 0, 0), seoul(1, 12, 0), null);
            town.runAt(seoul(1, 12, 0));
            town.clockwork(resident, seoul(1, 12, 0), seoul(2, 0, 0), null);
            Set<UUID> history = new HashSet<>();
            Set<UUID> feed = new HashSet<>();
            try (TelemetryFeed again = town.openFeed()) {
                again.replay(seoul(1, 0, 0), Set.of(), (_, row) -> assertTrue(history.add(row.messageId())));
                again.read().rows().forEach(row -> assertTrue(feed.add(row.messageId())));
            }

            assertTrue(Collections.disjoint(history, feed));
            assertEquals(
                    town.number("select count(*) from telemetry where at < ?", seoul(1, 12, 0)), history.size() - 1L);
            assertEquals(town.number("select count(*) from telemetry"), history.size() + feed.size());
        }
    }

    @Test
    void aBatchNeverSplitsATransaction() throws SQLException {
        Instant now = seoul(DAY, 2, 10);
        try (var town = new Town(now);
                var feed = DatabaseFeed.open(town.database.connection(), "another", 3)) {
            int resident = town.addResident();
            town.heartbeats(resident, seoul(1, 0, 0), seoul(1, 1, 0)); // 7 rows in one transaction
            town.heartbeats(resident, seoul(2, 0, 0), seoul(2, 0, 0));
            var first = feed.read();
            assertEquals(7, first.rows().size());
            assertTrue(!first.isLast());
            feed.commit(first, connection -> {});
            var second = feed.read();

            assertEquals(1, second.rows().size());
            assertTrue(second.isLast());
        }
    }
}
