package kr.dolbom.broker.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.compact.CompactJson;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.telemetry.Telemetry;
import kr.dolbom.contract.telemetry.TelemetryKind;
import kr.dolbom.contract.telemetry.Voice;
import org.jspecify.annotations.Nullable;

/// What residents ask their robots for, in the transaction that stores the message. It is rare:
/// `dolbom_request` is told in the same transaction.
final class ResidentRequests {
    private static final String RECORD = """
            insert into resident_request (device_no, message_id, resident_no, at, confidence, words)
            values (?, ?, ?, ?, ?, ?)
            on conflict do nothing""";

    private ResidentRequests() {}

    /// Writes the requests among some messages.
    static void record(Connection connection, List<Entry.Message> messages) throws SQLException {
        boolean isAny = false;
        for (Entry.Message message : messages) {
            if (message.residentNumber() != null && message.message() instanceof Voice voice) {
                OptionalDouble confidence = voice.codes().stream()
                        .filter(code -> code.intent() == Voice.Intent.WELFARE_REQUEST)
                        .mapToDouble(Voice.Code::confidence)
                        .max();
                if (confidence.isPresent()) {
                    insert(connection, message, confidence.getAsDouble());
                    isAny = true;
                }
            }
        }
        if (isAny) {
            try (Statement tell = connection.createStatement()) {
                tell.execute("select pg_notify('dolbom_request', '') as nothing");
            }
        }
    }

    private static void insert(Connection connection, Entry.Message message, double confidence) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(RECORD)) {
            insert.setInt(1, message.origin().deviceNumber());
            insert.setObject(2, message.messageId());
            insert.setInt(3, Objects.requireNonNull(message.residentNumber()));
            insert.setObject(4, message.at());
            insert.setDouble(5, confidence);
            insert.setString(6, words(message));
            insert.executeUpdate();
        }
    }

    /// The words as they are stored: none that nobody agreed to.
    private static @Nullable String words(Entry.Message message) {
        ReadResult<Telemetry> stored =
                Contract.readTelemetryData(TelemetryKind.VOICE, CompactJson.decode(message.data()));
        if (!(stored instanceof ReadResult.Valid<Telemetry>(Voice voice))) {
            return null;
        }
        String transcript = voice.transcript();
        // A text in the database cannot hold it.
        return transcript == null ? null : transcript.replace("\0", "");
    }
}
