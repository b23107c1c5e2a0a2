package kr.dolbom.broker.command;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The SQL of the outbox; whoever waits for a command hears of every change of its state.
final class CommandTable {
    // A PUBACK that came in time counts, even where the database heard of it only after the command had lapsed.
    private static final String SETTLE = """
            with settled as (
                update device_command as command
                   set state = case when before.state in ('pending', 'sent')
                                         or before.state = 'expired' and ?::timestamptz <= command.expires_at
                                    then ? else command.state end,
                       delivered_at = case when ?::text is null then coalesce(command.delivered_at, ?)
                                           else command.delivered_at end,
                       failure = coalesce(command.failure, ?)
                  from (select command_id, state from device_command where command_id = ? for update) as before
                 where command.command_id = before.command_id
                returning command.command_id, before.state as old_state, command.state as new_state
            )
            select pg_notify('dolbom_command_state', command_id::text) as nothing
              from settled where old_state <> new_state""";
    private static final String EXPIRE = """
            with expired as (
                update device_command as command set state = 'expired'
                  from device
                 where device.device_no = command.device_no and command.state in ('pending', 'sent')
                   and (command.expires_at <= ?
                        or command.when_offline = 'expire' and not device.device_id = any (?))
                returning command.command_id
            )
            select pg_notify('dolbom_command_state', command_id::text) as nothing
              from expired""";
    private static final String LIST_UNDELIVERED = """
            select command_id, device_id, kind, data::text as data, created_at, expires_at
              from (select command.*, device.device_id,
                           row_number() over (partition by command.device_no
                                              order by command.created_at, command.command_id) as place
                      from device_command as command join device using (device_no)
                     where command.state in ('pending', 'sent') and device.device_id = any (?)) as command
             where place <= 100
             order by created_at, command_id""";
    private static final String MARK_SENT = """
            with sent as (
                update device_command set state = 'sent', sent_at = ?
                 where command_id = ? and state = 'pending'
                returning command_id
            )
            select pg_notify('dolbom_command_state', command_id::text) as nothing
              from sent""";
    // Acknowledged before it was written down that it was sent.
    private static final String MARK_WHEN_SENT =
            "update device_command set sent_at = ? where command_id = ? and sent_at is null";
    private static final String MARK_FAILED = """
            with failed as (
                update device_command set state = 'failed', failure = ?
                 where command_id = ? and state in ('pending', 'sent')
                returning command_id
            )
            select pg_notify('dolbom_command_state', command_id::text) as nothing
              from failed""";

    private CommandTable() {}

    /// Writes down what devices said of commands.
    ///
    /// @return how many changed their state
    static int settle(Connection connection, List<Delivery.Settled> news) throws SQLException {
        int changed = 0;
        for (Delivery.Settled one : news) {
            try (PreparedStatement update = connection.prepareStatement(SETTLE)) {
                OffsetDateTime at = one.at().atOffset(ZoneOffset.UTC);
                update.setObject(1, at);
                update.setString(2, one.failure() == null ? "delivered" : "failed");
                update.setString(3, one.failure());
                update.setObject(4, at);
                update.setString(5, one.failure());
                update.setObject(6, one.command());
                changed += countRows(update);
            }
        }
        return changed;
    }

    /// Lets lapse what is past its time, and what may not wait for a device that is not connected.
    ///
    /// @return how many
    static int expire(Connection connection, Instant now, Collection<String> connected) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(EXPIRE)) {
            update.setObject(1, now.atOffset(ZoneOffset.UTC));
            update.setArray(2, connection.createArrayOf("text", connected.toArray()));
            return countRows(update);
        }
    }

    private static int countRows(PreparedStatement statement) throws SQLException {
        int count = 0;
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                count++;
            }
        }
        return count;
    }

    /// The commands of these devices that have no PUBACK yet, oldest first; of each device the oldest
    /// hundred.
    static List<PendingCommand> listUndelivered(Connection connection, Collection<String> devices) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LIST_UNDELIVERED)) {
            select.setArray(1, connection.createArrayOf("text", devices.toArray()));
            List<PendingCommand> undelivered = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    undelivered.add(new PendingCommand(
                            rows.getObject("command_id", UUID.class),
                            rows.getString("device_id"),
                            rows.getString("kind"),
                            rows.getString("data"),
                            rows.getObject("created_at", OffsetDateTime.class),
                            rows.getObject("expires_at", OffsetDateTime.class)));
                }
            }
            return undelivered;
        }
    }

    /// Leaves the state of those alone whose PUBACK or answer came meanwhile.
    static void markSent(Connection connection, Map<UUID, Instant> commands) throws SQLException {
        for (String sql : List.of(MARK_SENT, MARK_WHEN_SENT)) {
            for (Map.Entry<UUID, Instant> one : commands.entrySet()) {
                try (PreparedStatement update = connection.prepareStatement(sql)) {
                    update.setObject(1, one.getValue().atOffset(ZoneOffset.UTC));
                    update.setObject(2, one.getKey());
                    update.execute();
                }
            }
        }
    }

    /// Gives up what no device could understand.
    static void markFailed(Connection connection, Map<UUID, String> commands) throws SQLException {
        for (Map.Entry<UUID, String> one : commands.entrySet()) {
            try (PreparedStatement update = connection.prepareStatement(MARK_FAILED)) {
                update.setString(1, one.getValue());
                update.setObject(2, one.getKey());
                update.execute();
            }
        }
    }
}
