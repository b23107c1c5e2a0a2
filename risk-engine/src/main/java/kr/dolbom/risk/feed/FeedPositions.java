package kr.dolbom.risk.feed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// The table `feed_position`: how far each reader has come, of whatever feed.
final class FeedPositions {
    private FeedPositions() {}

    /// Where the reader's last commit left it; the start of all telemetry where there was none.
    static FeedPosition get(Connection connection, String reader) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select txid::text::bigint from feed_position where reader = ?")) {
            select.setString(1, reader);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new FeedPosition(row.getLong(1)) : FeedPosition.START;
            }
        }
    }

    /// Moves it, within the transaction that writes the results, if it is still where the batch was read from.
    ///
    /// @throws SQLException where it is not: somebody else has read and committed the batch
    static void move(Connection connection, String reader, TelemetryBatch batch) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into feed_position (reader, txid) values (?, ?::xid8)
                on conflict (reader) do update set txid = excluded.txid, updated_at = now()
                where feed_position.txid = ?::xid8""")) {
            String before = Long.toUnsignedString(batch.before().number());
            upsert.setString(1, reader);
            upsert.setString(2, Long.toUnsignedString(batch.after().number()));
            upsert.setString(3, before);
            if (upsert.executeUpdate() != 1) {
                throw new SQLException(
                        "The position of reader '%s' is not %s any more: another engine follows the feed. Stop one."
                                .formatted(reader, before));
            }
        }
    }
}
