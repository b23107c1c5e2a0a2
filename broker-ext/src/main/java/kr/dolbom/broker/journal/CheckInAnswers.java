package kr.dolbom.broker.journal;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import kr.dolbom.contract.compact.CompactJson;
import kr.dolbom.contract.telemetry.CheckInAnswer;

/// A check-in's answer, written to the command that asked, in the transaction that stores the message.
final class CheckInAnswers {
    private static final String RECORD = """
            with answered as (
                update device_command
                   set state = 'answered', answered_at = ?, answer = ?::jsonb
                 where command_id = ? and device_no = ? and state <> 'answered'
                returning command_id
            )
            select pg_notify('dolbom_command_state', command_id::text) as nothing
              from answered""";

    private CheckInAnswers() {}

    /// Writes the answers among some messages.
    ///
    /// @return how many commands were answered
    static int record(Connection connection, List<Entry.Message> messages) throws SQLException {
        int answered = 0;
        for (Entry.Message message : messages) {
            if (message.message() instanceof CheckInAnswer answer) {
                try (PreparedStatement update = connection.prepareStatement(RECORD)) {
                    update.setObject(1, message.receivedAt().atOffset(ZoneOffset.UTC));
                    update.setString(2, new String(CompactJson.decode(message.data()), StandardCharsets.UTF_8));
                    update.setObject(3, answer.commandId());
                    update.setInt(4, message.origin().deviceNumber());
                    try (ResultSet rows = update.executeQuery()) {
                        answered += rows.next() ? 1 : 0;
                    }
                }
            }
        }
        return answered;
    }
}
