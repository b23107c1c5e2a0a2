package kr.dolbom.broker.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import kr.dolbom.contract.Contract;

/// Refused messages: every one is counted in `quarantine_count`, and the first of each device and day
/// stand in `quarantine` too, so that a device which sends nothing else cannot fill the disk. Safe for
/// use by many threads; what each adds at the same moment may go beyond a bound.
final class QuarantineTable {
    /// What a row takes beside its payload, roughly.
    static final int BYTES_A_ROW = 300;

    private static final int LONGEST_TOPIC = 256;
    private static final int LONGEST_POINTER = 300;
    private static final int LONGEST_DETAIL = 500;

    private static final String ROWS_OF_DAYS = """
            select wanted.device_no, wanted.day, coalesce(sum(count.kept), 0)
              from unnest(?::integer[], ?::timestamptz[]) as wanted (device_no, day)
              left join quarantine_count as count
                on count.device_no = wanted.device_no
               and count.hour >= wanted.day and count.hour < wanted.day + interval '24 hours'
             group by wanted.device_no, wanted.day""";
    private static final String INSERT = """
            insert into quarantine (received_at, device_no, device_id, topic, reason, reason_code, pointer, detail,
                                    payload, payload_length)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String COUNT = """
            insert into quarantine_count as count (device_no, hour, reason, messages, kept, bytes, first_at, last_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (device_no, hour, reason) do update
               set messages = count.messages + excluded.messages,
                   kept = count.kept + excluded.kept,
                   bytes = count.bytes + excluded.bytes,
                   first_at = least(count.first_at, excluded.first_at),
                   last_at = greatest(count.last_at, excluded.last_at)""";
    private static final String BYTES = "select coalesce(sum(bytes), 0) from quarantine_count";

    private final QuarantineBounds bounds;
    private final AtomicLong room = new AtomicLong(-1);

    QuarantineTable(QuarantineBounds bounds) {
        this.bounds = bounds;
    }

    private record DeviceDay(int device, Instant day) {}

    private record DeviceHour(int device, Instant hour, String reason) {
        private static final Comparator<DeviceHour> ORDER = Comparator.comparingInt(DeviceHour::device)
                .thenComparing(DeviceHour::hour)
                .thenComparing(DeviceHour::reason);
    }

    /// How many bytes may still be added.
    void setRoom(long bytes) {
        room.set(Math.max(0, bytes));
    }

    /// Counts refusals and keeps those for which there is room.
    ///
    /// @return how many are kept
    int insert(Connection connection, List<Entry.Refusal> refusals) throws SQLException {
        Map<DeviceDay, Integer> keptOfDay = keptOfDays(connection, refusals);
        if (room.get() < 0) {
            setRoom(bounds.mostBytes() - bytes(connection));
        }
        List<Entry.Refusal> kept = new ArrayList<>();
        // In the same order everywhere, so that two brokers do not wait for each other.
        Map<DeviceHour, Count> counts = new TreeMap<>(DeviceHour.ORDER);
        for (Entry.Refusal refusal : refusals) {
            int size = BYTES_A_ROW + Math.min(refusal.payload().length, Contract.MAX_PAYLOAD_BYTES);
            DeviceDay day = day(refusal);
            boolean keep = keptOfDay.getOrDefault(day, 0) < bounds.rowsADeviceAndDay() && room.get() >= size;
            if (keep) {
                kept.add(refusal);
                keptOfDay.merge(day, 1, Integer::sum);
                room.addAndGet(-size);
            }
            Instant at = refusal.receivedAt();
            counts.merge(
                    new DeviceHour(
                            refusal.origin().deviceNumber(),
                            at.truncatedTo(ChronoUnit.HOURS),
                            refusal.fault().reason().id()),
                    new Count(1, keep ? 1 : 0, keep ? size : 0, at, at),
                    Count::plus);
        }
        write(connection, kept);
        count(connection, counts);
        return kept.size();
    }

    private record Count(int messages, int kept, long bytes, Instant first, Instant last) {
        private Count plus(Count other) {
            return new Count(
                    messages + other.messages,
                    kept + other.kept,
                    bytes + other.bytes,
                    first.isBefore(other.first) ? first : other.first,
                    last.isAfter(other.last) ? last : other.last);
        }
    }

    private static DeviceDay day(Entry.Refusal refusal) {
        return new DeviceDay(
                refusal.origin().deviceNumber(), refusal.receivedAt().truncatedTo(ChronoUnit.DAYS));
    }

    private static Map<DeviceDay, Integer> keptOfDays(Connection connection, List<Entry.Refusal> refusals)
            throws SQLException {
        List<DeviceDay> days =
                refusals.stream().map(QuarantineTable::day).distinct().toList();
        Map<DeviceDay, Integer> kept = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(ROWS_OF_DAYS)) {
            select.setArray(1, connection.createArrayOf("integer", array(days, DeviceDay::device)));
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "timestamptz", array(days, day -> day.day().atOffset(ZoneOffset.UTC))));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Instant day = rows.getObject(2, OffsetDateTime.class).toInstant();
                    kept.put(new DeviceDay(rows.getInt(1), day), rows.getInt(3));
                }
            }
        }
        return kept;
    }

    private static Object[] array(List<DeviceDay> days, Function<DeviceDay, Object> column) {
        return days.stream().map(column).toArray();
    }

    /// How many bytes the messages in quarantine take.
    static long bytes(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(BYTES);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void write(Connection connection, List<Entry.Refusal> refusals) throws SQLException {
        if (refusals.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Entry.Refusal refusal : refusals) {
                insert.setObject(1, refusal.receivedAt().atOffset(ZoneOffset.UTC));
                insert.setInt(2, refusal.origin().deviceNumber());
                insert.setString(3, refusal.origin().deviceId());
                insert.setString(4, storable(refusal.origin().topic(), LONGEST_TOPIC));
                insert.setString(5, refusal.fault().reason().id());
                insert.setInt(6, refusal.fault().reason().code());
                insert.setString(7, storable(refusal.fault().pointer(), LONGEST_POINTER));
                insert.setString(8, storable(refusal.fault().detail(), LONGEST_DETAIL));
                byte[] payload = refusal.payload();
                insert.setBytes(
                        9,
                        payload.length <= Contract.MAX_PAYLOAD_BYTES
                                ? payload
                                : Arrays.copyOf(payload, Contract.MAX_PAYLOAD_BYTES));
                insert.setInt(10, payload.length);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void count(Connection connection, Map<DeviceHour, Count> counts) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(COUNT)) {
            for (Map.Entry<DeviceHour, Count> one : counts.entrySet()) {
                DeviceHour key = one.getKey();
                Count count = one.getValue();
                upsert.setInt(1, key.device());
                upsert.setObject(2, key.hour().atOffset(ZoneOffset.UTC));
                upsert.setString(3, key.reason());
                upsert.setInt(4, count.messages());
                upsert.setInt(5, count.kept());
                upsert.setLong(6, count.bytes());
                upsert.setObject(7, count.first().atOffset(ZoneOffset.UTC));
                upsert.setObject(8, count.last().atOffset(ZoneOffset.UTC));
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    /// A refused message's own names may be of any length, and hold what no text column takes.
    private static String storable(String text, int longest) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .limit(longest)
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? '\uFFFD' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
