package kr.dolbom.risk.feed;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// A reader's way through telemetry: each message once, none left out, whatever dies in between. One thread uses
/// it.
///
/// After an exception nothing more is promised: close it, open another, and start from what was kept again.
///
/// What comes of a batch is written to the database in the transaction that moves the position, which is why a
/// connection is handed out and `SQLException` is thrown. It binds nobody to telemetry in the database: of a log
/// such as Kafka a feed is one partition, `read` a poll, the position an offset; and `commit` stores that offset
/// in `feed_position`, under the partition's name, in the same transaction as the results, instead of committing
/// it to the log's server. Who shares the work among engines is then the consumer group: it gives partitions, and
/// so feeds. What any feed must keep to is in `TelemetryFeedContract`, a test.
public interface TelemetryFeed extends AutoCloseable {
    /// Reads on from the committed position, without waiting.
    TelemetryBatch read() throws SQLException;

    /// Moves the position behind the batch, in one transaction with the results. Where this throws, neither is
    /// stored, or (when the connection broke at the very end) both are; never one of them.
    ///
    /// @param batch what [#read()] gave last
    /// @param results writes what came of the batch
    void commit(TelemetryBatch batch, Results results) throws SQLException;

    /// Waits until something new may have come, or the time is over. May return early.
    void awaitNews(Duration atMost) throws SQLException;

    /// The committed position.
    FeedPosition position();

    /// Everything before the committed position that was observed since a moment, in order of time: exactly what
    /// [#read()] will not give again.
    ///
    /// @param residents of these alone; empty: of all
    void replay(Instant since, Set<Integer> residents, RowConsumer reader) throws SQLException;

    /// What lies between a position and the committed one, in the order in which [#read()] gave it.
    ///
    /// @param after an earlier position
    void reread(FeedPosition after, RowConsumer reader) throws SQLException;

    @Override
    void close();

    /// Takes a row of the history.
    @FunctionalInterface
    interface RowConsumer {
        /// Takes one row.
        ///
        /// @param at a reader that stands there has had the row
        /// @param row the next
        void accept(FeedPosition at, TelemetryRow row) throws SQLException;
    }

    /// Writes what came of a batch.
    @FunctionalInterface
    interface Results {
        /// Writes within the feed's transaction.
        ///
        /// @param connection of that transaction; neither to be committed nor closed
        void write(Connection connection) throws SQLException;
    }
}
