package kr.dolbom.broker.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import kr.dolbom.contract.telemetry.Status;
import org.jspecify.annotations.Nullable;

/// Comings and goings into `presence_event`, and how a device is now into `device_presence`.
final class PresenceTable {
    private static final String INSERT_EVENT =
            "insert into presence_event (device_no, at, connected, reason, since) values (?, ?, ?, ?, ?)";
    private static final String SET_LATEST = """
            insert into device_presence (device_no, connected, changed_at, reason)
            values (?, ?, ?, ?)
            on conflict (device_no) do update
                set connected = excluded.connected, changed_at = excluded.changed_at, reason = excluded.reason""";
    private static final String NOTIFY = "select pg_notify('dolbom_presence', ?) as nothing";
    // A status comes over a connection, so that its row is there; only a row that somebody deleted is made anew.
    private static final String SET_STATUS = """
            insert into device_presence as present (device_no, connected, changed_at, reason,
                                                    firmware, contract, battery_percent, on_mains, status_at)
            values (?, true, ?, 'connect', ?, ?, ?, ?, ?)
            on conflict (device_no) do update
                set firmware = excluded.firmware, contract = excluded.contract,
                    battery_percent = excluded.battery_percent, on_mains = excluded.on_mains,
                    status_at = excluded.status_at
              where present.status_at is null or present.status_at <= excluded.status_at""";

    private PresenceTable() {}

    static void insert(Connection connection, List<Entry.Presence> presences) throws SQLException {
        try (PreparedStatement event = connection.prepareStatement(INSERT_EVENT);
                PreparedStatement latest = connection.prepareStatement(SET_LATEST)) {
            for (Entry.Presence presence : presences) {
                event.setInt(1, presence.deviceNumber());
                event.setObject(2, presence.at().atOffset(ZoneOffset.UTC));
                event.setBoolean(3, presence.connected());
                event.setString(4, presence.reason());
                Instant since = presence.since();
                event.setObject(5, since == null ? null : since.atOffset(ZoneOffset.UTC));
                event.addBatch();
                if (presence.latest()) {
                    latest.setInt(1, presence.deviceNumber());
                    latest.setBoolean(2, presence.connected());
                    latest.setObject(3, presence.at().atOffset(ZoneOffset.UTC));
                    latest.setString(4, presence.reason());
                    latest.addBatch();
                }
            }
            event.executeBatch();
            latest.executeBatch();
        }
        for (Entry.Presence presence : presences) {
            try (PreparedStatement notify = connection.prepareStatement(NOTIFY)) {
                notify.setString(1, Integer.toString(presence.deviceNumber()));
                notify.execute();
            }
        }
    }

    static void updateStatus(Connection connection, List<Entry.Message> messages) throws SQLException {
        if (messages.stream().noneMatch(message -> message.message() instanceof Status)) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(SET_STATUS)) {
            for (Entry.Message message : messages) {
                if (message.message() instanceof Status status) {
                    update.setInt(1, message.origin().deviceNumber());
                    update.setObject(2, message.receivedAt().atOffset(ZoneOffset.UTC));
                    update.setString(3, status.firmware());
                    update.setString(4, status.contract());
                    setOrNull(update, 5, status.batteryPercent(), Types.SMALLINT);
                    setOrNull(update, 6, status.onMains(), Types.BOOLEAN);
                    update.setObject(7, message.at());
                    update.addBatch();
                }
            }
            update.executeBatch();
        }
    }

    private static void setOrNull(PreparedStatement statement, int index, @Nullable Object value, int type)
            throws SQLException {
        if (value == null) {
            statement.setNull(index, type);
        } else {
            statement.setObject(index, value, type);
        }
    }
}
