package kr.dolbom.broker.journal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Messages whose `at` is not what the device said. Such a message may come again with another `at`, or
/// a believed one again as one that is not, so that the key of `telemetry` would not know it: here it
/// is known by its id. Devices whose clock was always right cost nothing but a look into memory. Safe
/// for use by many threads.
final class WrongClocks {
    // A plain DISTINCT would read each row.
    private static final String LIST_DEVICES = """
            with recursive device as (
                select min(device_no) as device_no from telemetry_clock
                union all
                select (select min(device_no) from telemetry_clock where device_no > device.device_no)
                  from device where device.device_no is not null
            )
            select device_no from device where device_no is not null""";
    // Were it stored as one that is believed, its `at` would be what the device said: so the key finds it.
    private static final String KEEP_NEW = """
            with message as (
                select device_no, message_id, device_time, place
                  from unnest(?::integer[], ?::uuid[], ?::timestamptz[]) with ordinality
                    as message (device_no, message_id, device_time, place)
            ), fresh as (
                select distinct on (device_no, message_id) device_no, message_id, device_time, place
                  from message
                 where not exists (select from telemetry_clock as known
                                    where known.device_no = message.device_no
                                      and known.message_id = message.message_id)
                   and (device_time is null
                        or not exists (select from telemetry as known
                                        where known.at = message.device_time
                                          and known.device_no = message.device_no
                                          and known.message_id = message.message_id))
                 order by device_no, message_id, place
            ), noted as (
                insert into telemetry_clock (device_no, message_id, device_time)
                select device_no, message_id, device_time from fresh where device_time is not null
            )
            select place from fresh""";

    private final Set<Integer> devices = ConcurrentHashMap.newKeySet();
    private volatile boolean loaded;

    /// The messages that are not stored yet, in their order, as far as the key of `telemetry` could not
    /// tell; notes the times that were not believed.
    List<Entry.Message> keepNew(Connection connection, List<Entry.Message> messages) throws SQLException {
        if (!loaded) {
            load(connection);
        }
        List<Entry.Message> suspects = new ArrayList<>();
        for (Entry.Message message : messages) {
            if (message.deviceTime() != null) {
                devices.add(message.origin().deviceNumber());
            }
            if (devices.contains(message.origin().deviceNumber())) {
                suspects.add(message);
            }
        }
        if (suspects.isEmpty()) {
            return messages;
        }
        Set<Entry.Message> repeats = listRepeats(connection, suspects);
        return repeats.isEmpty()
                ? messages
                : messages.stream()
                        .filter(message -> !repeats.contains(message))
                        .toList();
    }

    private void load(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LIST_DEVICES);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                devices.add(rows.getInt("device_no"));
            }
        }
        loaded = true;
    }

    private static Set<Entry.Message> listRepeats(Connection connection, List<Entry.Message> suspects)
            throws SQLException {
        Set<Entry.Message> repeats = Collections.newSetFromMap(new IdentityHashMap<>());
        repeats.addAll(suspects);
        try (PreparedStatement keep = connection.prepareStatement(KEEP_NEW)) {
            keep.setArray(
                    1,
                    array(
                            connection,
                            "integer",
                            suspects,
                            message -> message.origin().deviceNumber()));
            keep.setArray(2, array(connection, "uuid", suspects, Entry.Message::messageId));
            keep.setArray(3, array(connection, "timestamptz", suspects, Entry.Message::deviceTime));
            try (ResultSet rows = keep.executeQuery()) {
                while (rows.next()) {
                    repeats.remove(suspects.get(rows.getInt("place") - 1));
                }
            }
        }
        return repeats;
    }

    private static Array array(
            Connection connection,
            String type,
            List<Entry.Message> messages,
            Function<Entry.Message, ? extends @Nullable Object> column)
            throws SQLException {
        @Nullable Object[] values = new @Nullable Object[messages.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(messages.get(i));
        }
        return connection.createArrayOf(type, values);
    }
}
