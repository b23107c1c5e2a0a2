package kr.dolbom.risk.feed;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/// A reader's way through telemetry: each message once, none left out, whatever dies in between. One thread uses it.
///
/// After an exception nothing more is promised: close it, open another, and start from the history again.
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

    /// Everything before the committed position that was observed since a moment, in order of time: exactly what
    /// [#read()] will not give again.
    void replay(Instant since, RowConsumer reader) throws SQLException;

    @Override
    void close();

    /// Takes a row of the history.
    @FunctionalInterface
    interface RowConsumer {
        /// Takes one row.
        ///
        /// @param row the next in order of time
        void accept(TelemetryRow row) throws SQLException;
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
