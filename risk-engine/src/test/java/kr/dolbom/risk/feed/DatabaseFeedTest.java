package kr.dolbom.risk.feed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;

/// The feed of the telemetry table. What its transactions promise beyond the contract is in `FollowerTest`.
class DatabaseFeedTest extends TelemetryFeedContract {
    @Override
    TelemetryFeed open(String reader, int batchRows) throws SQLException {
        return DatabaseFeed.open(database.connection(), reader, batchRows);
    }

    @Override
    void store(List<Message> messages) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data)
                        values (?, ?, 1, ?, ?, 4, ?, convert_to('{"state":"heartbeat","firmware":"1","contract":"1.0"}', 'UTF8'))""");
                PreparedStatement notify = connection.prepareStatement("notify dolbom_telemetry")) {
            connection.setAutoCommit(false);
            for (Message message : messages) {
                insert.setObject(1, message.at().atOffset(ZoneOffset.UTC));
                insert.setObject(2, message.at().atOffset(ZoneOffset.UTC));
                insert.setInt(3, message.residentNo());
                insert.setInt(4, message.residentNo());
                insert.setObject(5, message.id());
                insert.executeUpdate();
            }
            notify.execute();
            connection.commit();
        }
    }
}
