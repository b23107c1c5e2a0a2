package kr.dolbom.broker.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import kr.dolbom.contract.Contract;

/// Refused messages into `quarantine`.
final class QuarantineTable {
    private static final String INSERT = """
            insert into quarantine (received_at, device_no, device_id, topic, reason, reason_code, pointer, detail,
                                    payload)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private QuarantineTable() {}

    static void insert(Connection connection, List<Entry.Refusal> refusals) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Entry.Refusal refusal : refusals) {
                insert.setObject(1, refusal.receivedAt().atOffset(ZoneOffset.UTC));
                insert.setInt(2, refusal.origin().deviceNumber());
                insert.setString(3, refusal.origin().deviceId());
                insert.setString(4, storable(refusal.origin().topic()));
                insert.setString(5, refusal.fault().reason().id());
                insert.setInt(6, refusal.fault().reason().code());
                insert.setString(7, storable(refusal.fault().pointer()));
                insert.setString(8, storable(refusal.fault().detail()));
                insert.setBytes(
                        9,
                        refusal.payload().length <= Contract.MAX_PAYLOAD_BYTES
                                ? refusal.payload()
                                : Arrays.copyOf(refusal.payload(), Contract.MAX_PAYLOAD_BYTES));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /// A refused message's own names may hold what no text column takes.
    private static String storable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? '\uFFFD' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
