package kr.dolbom.risk.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kr.dolbom.db.fixture.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What any feed must keep to, whatever telemetry it reads from.
@Timeout(60)
abstract class TelemetryFeedContract {
    private static final Instant T = Instant.parse("2026-03-01T03:00:00Z");

    final TestDatabase database = TestDatabase.create();

    /// Opens a feed where the reader's last commit left it.
    ///
    /// @param batchRows how many rows a batch has, or more where what is read whole has more
    abstract TelemetryFeed open(String reader, int batchRows) throws SQLException;

    /// Stores heartbeats that are read whole or not at all.
    abstract void store(List<Message> messages) throws SQLException;

    /// A message of a resident's device.
    record Message(int residentNo, Instant at, UUID id) {
        static Message at(int residentNo, int minute) {
            return new Message(residentNo, T.plus(Duration.ofMinutes(minute)), UUID.randomUUID());
        }
    }

    @BeforeEach
    void makeResults() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table result (message_id uuid not null)");
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void eachMessageIsReadOnceAcrossReaders() throws SQLException {
        List<UUID> stored = new ArrayList<>();
        for (int minute = 0; minute < 20; minute++) {
            Message message = Message.at(1, minute);
            store(List.of(message));
            stored.add(message.id());
            if (minute % 3 == 0) {
                try (TelemetryFeed feed = open("one", 2)) {
                    commitAll(feed);
                }
            }
        }
        try (TelemetryFeed feed = open("one", 2)) {
            commitAll(feed);
            assertTrue(feed.read().isEmpty());
        }

        assertEquals(stored, results());
    }

    @Test
    void whatIsNotCommittedIsReadAgain() throws SQLException {
        store(List.of(Message.at(1, 0), Message.at(1, 1)));
        try (TelemetryFeed feed = open("one", 10)) {
            assertEquals(2, feed.read().rows().size());
        }
        try (TelemetryFeed feed = open("one", 10)) {
            assertEquals(FeedPosition.START, feed.position());
            assertEquals(2, feed.read().rows().size());
        }
    }

    @Test
    void resultsAndPositionAreStoredTogetherOrNeither() throws SQLException {
        store(List.of(Message.at(1, 0)));
        try (TelemetryFeed feed = open("one", 10)) {
            TelemetryBatch batch = feed.read();
            assertThrows(
                    SQLException.class,
                    () -> feed.commit(batch, connection -> {
                        writeResults(connection, batch);
                        throw new SQLException("the engine's fault");
                    }));
        }
        assertEquals(List.of(), results());

        try (TelemetryFeed feed = open("one", 10)) {
            assertEquals(FeedPosition.START, feed.position());
            commitAll(feed);
            assertEquals(1, results().size());
        }
    }

    @Test
    void ofTwoEnginesOnOnePositionOneIsRefusedAndItsResultsAreNotStored() throws SQLException {
        store(List.of(Message.at(1, 0)));
        try (TelemetryFeed first = open("one", 10);
                TelemetryFeed second = open("one", 10)) {
            TelemetryBatch stale = second.read();
            commitAll(first);

            assertThrows(SQLException.class, () -> second.commit(stale, connection -> writeResults(connection, stale)));
        }
        assertEquals(1, results().size());
    }

    @Test
    void resultsOfNoMessageLeaveThePositionWhereItIs() throws SQLException {
        store(List.of(Message.at(1, 0)));
        try (TelemetryFeed feed = open("one", 10)) {
            commitAll(feed);
            FeedPosition before = feed.position();
            TelemetryBatch none = feed.read();
            feed.commit(none, connection -> {});

            assertEquals(before, feed.position());
            assertTrue(feed.read().isLast());
        }
    }

    @Test
    void aBatchThatIsNotTheLastSaysSo() throws SQLException {
        for (int minute = 0; minute < 5; minute++) {
            store(List.of(Message.at(1, minute)));
        }
        try (TelemetryFeed feed = open("one", 2)) {
            TelemetryBatch first = feed.read();
            assertEquals(2, first.rows().size());
            assertFalse(first.isLast(), "silence must not be judged while messages wait");
            assertTrue(first.after().number() > first.before().number());
            commitAll(feed);
            assertEquals(5, results().size());
        }
    }

    @Test
    void readersWithOtherNamesDoNotKnowOfEachOther() throws SQLException {
        store(List.of(Message.at(1, 0)));
        try (TelemetryFeed one = open("one", 10);
                TelemetryFeed other = open("other", 10)) {
            commitAll(one);
            assertEquals(1, other.read().rows().size());
        }
    }

    @Test
    void theHistoryIsWhatWasCommittedInOrderOfTime() throws SQLException {
        Message late = Message.at(1, 0);
        Message early = Message.at(1, 5);
        Message old = new Message(1, T.minus(Duration.ofDays(50)), UUID.randomUUID());
        Message others = Message.at(2, 3);
        store(List.of(early));
        store(List.of(old, others));
        store(List.of(late));
        try (TelemetryFeed feed = open("one", 10)) {
            commitAll(feed);
            store(List.of(Message.at(1, 7)));

            assertEquals(List.of(late.id(), others.id(), early.id()), replay(feed, Set.of()));
            assertEquals(List.of(others.id()), replay(feed, Set.of(2)));
        }
    }

    @Test
    void whatIsReadAgainAfterAPositionComesAsItCame() throws SQLException {
        for (int minute = 9; minute > 0; minute -= 2) {
            store(List.of(Message.at(1, minute), Message.at(2, minute)));
        }
        try (TelemetryFeed feed = open("one", 2)) {
            TelemetryBatch first = feed.read();
            feed.commit(first, connection -> {});
            List<UUID> since = new ArrayList<>();
            List<FeedPosition> positions = new ArrayList<>();
            for (TelemetryBatch batch = feed.read(); !batch.isEmpty(); batch = feed.read()) {
                batch.rows().forEach(row -> since.add(row.messageId()));
                feed.commit(batch, connection -> {});
            }
            List<UUID> again = new ArrayList<>();
            feed.reread(first.after(), (at, row) -> {
                again.add(row.messageId());
                positions.add(at);
            });

            assertEquals(since, again);
            assertEquals(feed.position(), positions.getLast());
            assertTrue(positions.getFirst().number() > first.after().number());
        }
    }

    @Test
    void newsEndTheWait() throws Exception {
        try (TelemetryFeed feed = open("one", 10)) {
            CompletableFuture<Void> later = CompletableFuture.runAsync(
                    () -> {
                        try {
                            store(List.of(Message.at(1, 0)));
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));
            feed.awaitNews(Duration.ofSeconds(50));
            later.get();

            assertEquals(1, feed.read().rows().size());
        }
    }

    private static List<UUID> replay(TelemetryFeed feed, Set<Integer> residents) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        feed.replay(T.minus(Duration.ofDays(45)), residents, (_, row) -> ids.add(row.messageId()));
        return ids;
    }

    private static void commitAll(TelemetryFeed feed) throws SQLException {
        TelemetryBatch batch = feed.read();
        while (!batch.isEmpty()) {
            TelemetryBatch current = batch;
            feed.commit(current, connection -> writeResults(connection, current));
            batch = feed.read();
        }
    }

    private static void writeResults(Connection connection, TelemetryBatch batch) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into result values (?)")) {
            for (TelemetryRow row : batch.rows()) {
                insert.setObject(1, row.messageId());
                insert.executeUpdate();
            }
        }
    }

    private List<UUID> results() throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("select message_id from result order by ctid")) {
            while (row.next()) {
                ids.add(row.getObject(1, UUID.class));
            }
        }
        return ids;
    }
}
