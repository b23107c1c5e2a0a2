package kr.dolbom.broker.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The SQL of the holes in devices' counts.
final class SequenceTables {
    private static final String LOAD = """
            select device_no, greatest(highest, stored) as highest
              from device_sequence
              full join (select telemetry.device_no, max(telemetry.seq) as stored
                           from sequence_checkpoint
                           join telemetry on telemetry.txid >= sequence_checkpoint.txid
                           left join device_sequence using (device_no)
                          where telemetry.txid >= coalesce(device_sequence.anew_txid, '0')
                          group by telemetry.device_no) as since using (device_no)""";
    private static final String LOAD_OPEN =
            "select device_no, from_seq, to_seq from sequence_gap where closed_at is null";
    private static final String OPEN = """
            insert into sequence_gap (device_no, from_seq, to_seq, missing, noticed_at)
            values (?, ?, ?, int8multirange(int8range(?, ?, '[]')), ?)
            on conflict (device_no, from_seq) where closed_at is null do nothing""";
    private static final String ARRIVE = """
            with arrived as (
                select device_no, range_agg(int8range(seq, seq, '[]')) as came
                  from unnest(?::integer[], ?::bigint[]) as message (device_no, seq)
                 group by device_no
            ), changed as (
                update sequence_gap
                   set missing = missing - came, closed_at = case when isempty(missing - came) then ? end
                  from arrived
                 where sequence_gap.device_no = arrived.device_no and closed_at is null and missing && came
                returning sequence_gap.device_no, from_seq, closed_at
            )
            select device_no, from_seq from changed where closed_at is not null""";
    private static final String GIVE_UP =
            "update sequence_gap set closed_at = ? where device_no = ? and closed_at is null";
    private static final String GIVE_UP_OLD = """
            update sequence_gap set closed_at = ?
             where closed_at is null and noticed_at < ?
            returning device_no, from_seq""";
    private static final String COUNT_ANEW = """
            insert into device_sequence (device_no, highest, anew_txid) values (?, ?, pg_current_xact_id())
            on conflict (device_no) do update set highest = excluded.highest, anew_txid = excluded.anew_txid""";
    // Either it was believed, and its `at` is what the device said, or its time is noted.
    private static final String IS_STORED = """
            select exists (select from telemetry where at = ? and device_no = ? and message_id = ?)
                or exists (select from telemetry_clock where device_no = ? and message_id = ?)""";
    private static final String SAVE = """
            insert into device_sequence (device_no, highest)
            select device_no, highest from unnest(?::integer[], ?::bigint[]) as counted (device_no, highest)
            on conflict (device_no) do update set highest = excluded.highest""";
    private static final String SAVE_CHECKPOINT = "update sequence_checkpoint set txid = ?::xid8";
    private static final String XMIN = "select pg_snapshot_xmin(pg_current_snapshot())::text";

    private SequenceTables() {}

    static Map<Integer, Counted> load(Connection connection) throws SQLException {
        Map<Integer, Counted> counted = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(LOAD);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                counted.put(rows.getInt("device_no"), Counted.from(rows.getLong("highest")));
            }
        }
        try (PreparedStatement select = connection.prepareStatement(LOAD_OPEN);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                long from = rows.getLong("from_seq");
                long to = rows.getLong("to_seq");
                counted.compute(
                        rows.getInt("device_no"),
                        (device, known) -> (known == null ? Counted.from(to) : known).withOpen(from, to));
            }
        }
        return counted;
    }

    static void open(Connection connection, int device, long from, long to, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(OPEN)) {
            insert.setInt(1, device);
            insert.setLong(2, from);
            insert.setLong(3, to);
            insert.setLong(4, from);
            insert.setLong(5, to);
            insert.setObject(6, now.atOffset(ZoneOffset.UTC));
            insert.execute();
        }
    }

    /// A hole that is closed now.
    record Closed(int device, long from) {}

    static List<Closed> arrive(Connection connection, List<Integer> devices, List<Long> sequences, Instant now)
            throws SQLException {
        List<Closed> closed = new ArrayList<>();
        try (PreparedStatement update = connection.prepareStatement(ARRIVE)) {
            update.setArray(1, connection.createArrayOf("integer", devices.toArray()));
            update.setArray(2, connection.createArrayOf("bigint", sequences.toArray()));
            update.setObject(3, now.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    closed.add(new Closed(rows.getInt("device_no"), rows.getLong("from_seq")));
                }
            }
        }
        return closed;
    }

    /// What has not come since then will never come.
    static List<Closed> giveUpOlderThan(Connection connection, Instant oldest, Instant now) throws SQLException {
        List<Closed> closed = new ArrayList<>();
        try (PreparedStatement update = connection.prepareStatement(GIVE_UP_OLD)) {
            update.setObject(1, now.atOffset(ZoneOffset.UTC));
            update.setObject(2, oldest.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    closed.add(new Closed(rows.getInt("device_no"), rows.getLong("from_seq")));
                }
            }
        }
        return closed;
    }

    /// The device counts anew: what is missing until then will never come.
    static void countAnew(Connection connection, int device, long first, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(GIVE_UP)) {
            update.setObject(1, now.atOffset(ZoneOffset.UTC));
            update.setInt(2, device);
            update.execute();
        }
        try (PreparedStatement upsert = connection.prepareStatement(COUNT_ANEW)) {
            upsert.setInt(1, device);
            upsert.setLong(2, first);
            upsert.execute();
        }
    }

    /// @param said what the device's clock said
    static boolean isStored(Connection connection, int device, UUID message, OffsetDateTime said) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(IS_STORED)) {
            select.setObject(1, said);
            select.setInt(2, device);
            select.setObject(3, message);
            select.setInt(4, device);
            select.setObject(5, message);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /// @param counted how far devices have counted, as of the transaction at least
    static void save(Connection connection, Map<Integer, Counted> counted, String txid) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(SAVE);
                PreparedStatement checkpoint = connection.prepareStatement(SAVE_CHECKPOINT)) {
            upsert.setArray(
                    1, connection.createArrayOf("integer", counted.keySet().toArray()));
            upsert.setArray(
                    2,
                    connection.createArrayOf(
                            "bigint",
                            counted.values().stream().map(Counted::highest).toArray()));
            upsert.execute();
            checkpoint.setString(1, txid);
            checkpoint.execute();
        }
    }

    /// Every transaction below this one has ended.
    static String oldestTransaction(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(XMIN);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }
}
