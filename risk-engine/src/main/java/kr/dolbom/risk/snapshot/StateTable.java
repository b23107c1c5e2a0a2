package kr.dolbom.risk.snapshot;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import kr.dolbom.risk.feed.FeedPosition;
import org.jspecify.annotations.Nullable;

/// The tables `resident_state`, `resident_state_floor` and `fleet_state`, as far as they are one reader's.
final class StateTable {
    private static final int FETCH_ROWS = 1_000;

    private final String reader;

    StateTable(String reader) {
        this.reader = reader;
    }

    @FunctionalInterface
    interface StateConsumer {
        void accept(int residentNo, long position, byte[] state) throws SQLException;
    }

    @Nullable FeedPosition findFloor(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select txid::text::bigint from resident_state_floor where reader = ?")) {
            select.setString(1, reader);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new FeedPosition(row.getLong(1)) : null;
            }
        }
    }

    void read(Connection connection, StateConsumer states) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select resident_no, txid::text::bigint, state from resident_state where reader = ? order by resident_no""")) {
            select.setFetchSize(FETCH_ROWS);
            select.setString(1, reader);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    states.accept(row.getInt(1), row.getLong(2), row.getBytes(3));
                }
            }
        }
    }

    void write(Connection connection, StateBatch states, FeedPosition position) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into resident_state (reader, resident_no, txid, state)
                select ?, s.resident_no, ?::text::xid8, s.state
                from unnest(?::integer[], ?::bytea[]) as s (resident_no, state)
                on conflict (reader, resident_no) do update set txid = excluded.txid, state = excluded.state""")) {
            upsert.setString(1, reader);
            upsert.setString(2, Long.toUnsignedString(position.number()));
            upsert.setArray(3, connection.createArrayOf("integer", states.residents()));
            upsert.setArray(4, connection.createArrayOf("bytea", states.states()));
            upsert.executeUpdate();
        }
        // Not earlier: until the new state is kept an engine that starts has the old one.
        mark(
                connection,
                "update relearning set done_at = now() where relearning_no = any (?) and done_at is null",
                "bigint",
                states.relearnings());
        mark(
                connection,
                "update alert set learnt_at = now() where alert_id = any (?) and learnt_at is null",
                "uuid",
                states.falseAlarms());
    }

    private static void mark(Connection connection, String statement, String type, Object[] keys) throws SQLException {
        if (keys.length > 0) {
            try (PreparedStatement update = connection.prepareStatement(statement)) {
                update.setArray(1, connection.createArrayOf(type, keys));
                update.executeUpdate();
            }
        }
    }

    void writeFloor(Connection connection, FeedPosition floor) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into resident_state_floor (reader, txid) values (?, ?::xid8)
                on conflict (reader) do update set txid = excluded.txid""")) {
            upsert.setString(1, reader);
            upsert.setString(2, Long.toUnsignedString(floor.number()));
            upsert.executeUpdate();
        }
    }

    /// What is known of all residents together.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares it
    record Common(FeedPosition position, byte[] state) {}

    @Nullable Common findCommon(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select txid::text::bigint, state from fleet_state where reader = ?")) {
            select.setString(1, reader);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new Common(new FeedPosition(row.getLong(1)), row.getBytes(2)) : null;
            }
        }
    }

    void writeCommon(Connection connection, Common common) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into fleet_state (reader, txid, state) values (?, ?::xid8, ?)
                on conflict (reader) do update set txid = excluded.txid, state = excluded.state""")) {
            upsert.setString(1, reader);
            upsert.setString(2, Long.toUnsignedString(common.position().number()));
            upsert.setBytes(3, common.state());
            upsert.executeUpdate();
        }
    }

    void deleteAll(Connection connection) throws SQLException {
        for (String table : List.of("resident_state", "resident_state_floor", "fleet_state")) {
            try (PreparedStatement delete = connection.prepareStatement("delete from " + table + " where reader = ?")) {
                delete.setString(1, reader);
                delete.executeUpdate();
            }
        }
    }

    void delete(Connection connection, Set<Integer> residents) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from resident_state where reader = ? and resident_no = any (?)")) {
            delete.setString(1, reader);
            delete.setArray(2, connection.createArrayOf("integer", residents.toArray()));
            delete.executeUpdate();
        }
    }
}
