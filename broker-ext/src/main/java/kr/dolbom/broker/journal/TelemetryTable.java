package kr.dolbom.broker.journal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import kr.dolbom.broker.database.BinaryCopy;
import kr.dolbom.contract.telemetry.TelemetryKind;
import org.jspecify.annotations.Nullable;

/// Messages into `telemetry`, in one of two ways.
final class TelemetryTable {
    private static final String COLUMNS =
            "telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data)";
    private static final int COLUMN_COUNT = 8;

    private static final String INSERT = """
            with stored as (
                insert into telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data)
                select at, received_at, seq, device_no, resident_no, kind, message_id, data
                  from unnest(?::timestamptz[], ?::timestamptz[], ?::bigint[], ?::integer[], ?::integer[],
                              ?::smallint[], ?::uuid[], ?::bytea[])
                    as row (at, received_at, seq, device_no, resident_no, kind, message_id, data)
                on conflict do nothing
                returning device_no, message_id, at, kind
            )
            select pg_notify('dolbom_emergency', device_no || ',' || message_id || ','
                       || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) as nothing
              from stored
             where kind = ?""";

    private TelemetryTable() {}

    /// Appends messages that are most likely new, with a third of the work of [#insert].
    ///
    /// @throws SQLException with the state of a violated key where one of them is there already
    static void append(Connection connection, List<Entry.Message> messages) throws SQLException {
        // In the order of the key, so that the index grows at its end.
        List<Entry.Message> inOrder = new ArrayList<>(messages);
        inOrder.sort(Comparator.comparing(Entry.Message::at, OffsetDateTime.timeLineOrder()));
        BinaryCopy rows = new BinaryCopy();
        for (Entry.Message message : inOrder) {
            rows.row(COLUMN_COUNT)
                    .timestamp(message.at().toInstant())
                    .timestamp(message.receivedAt())
                    .bigint(message.sequence())
                    .integer(message.origin().deviceNumber())
                    .integer(message.residentNumber())
                    .smallint(message.message().kind().number())
                    .uuid(message.messageId())
                    .bytea(message.data());
        }
        rows.send(connection, COLUMNS);
    }

    /// Inserts messages and passes over those that are there already; tells of the emergencies among
    /// the new.
    static void insert(Connection connection, List<Entry.Message> messages) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setArray(1, array(connection, "timestamptz", messages, Entry.Message::at));
            insert.setArray(2, array(connection, "timestamptz", messages, Entry.Message::receivedAt));
            insert.setArray(3, array(connection, "bigint", messages, Entry.Message::sequence));
            insert.setArray(
                    4,
                    array(
                            connection,
                            "integer",
                            messages,
                            message -> message.origin().deviceNumber()));
            insert.setArray(5, array(connection, "integer", messages, Entry.Message::residentNumber));
            insert.setArray(
                    6,
                    array(
                            connection,
                            "smallint",
                            messages,
                            message -> message.message().kind().number()));
            insert.setArray(7, array(connection, "uuid", messages, Entry.Message::messageId));
            insert.setArray(
                    8,
                    connection.createArrayOf(
                            "bytea", messages.stream().map(Entry.Message::data).toArray(byte[][]::new)));
            insert.setInt(9, TelemetryKind.EMERGENCY.number());
            insert.execute();
        }
    }

    private static Array array(
            Connection connection, String type, List<Entry.Message> messages, Function<Entry.Message, ?> column)
            throws SQLException {
        @Nullable Object[] values = new @Nullable Object[messages.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(messages.get(i));
        }
        return connection.createArrayOf(type, values);
    }
}
