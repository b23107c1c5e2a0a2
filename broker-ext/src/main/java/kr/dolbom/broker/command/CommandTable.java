package kr.dolbom.broker.command;

import java.sql.Array;
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
import java.util.UUID;

/// The SQL of the outbox; whoever waits for a command hears of every change.
final class CommandTable {
    private static final String EXPIRE = """
            with expired as (
                update device_command set state = 'expired'
                 where state = 'pending' and (expires_at <= ? or command_id = any (?))
                returning command_id
            )
            select pg_notify('dolbom_command_state', command_id::text) as nothing
              from expired""";
    private static final String LIST_PENDING = """
            select command.command_id, device.device_id, command.kind, command.data::text as data,
                   command.created_at, command.expires_at
              from device_command as command join device using (device_no)
             where command.state = 'pending' and device.device_id = any (?)
             order by command.created_at, command.command_id
             limit 1000""";
    private static final String MARK_SENT = """
            with sent as (
                update device_command set state = 'sent', sent_at = ?
                 where command_id = any (?) and state = 'pending'
                returning command_id
            )
            select pg_notify('dolbom_command_state', command_id::text) as nothing
              from sent""";

    private CommandTable() {}

    /// Lets lapse what is past its time, and some more.
    static void expire(Connection connection, Instant now, Collection<UUID> more) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(EXPIRE)) {
            update.setObject(1, now.atOffset(ZoneOffset.UTC));
            update.setArray(2, uuids(connection, more));
            update.execute();
        }
    }

    /// The oldest pending commands of these devices.
    static List<PendingCommand> listPending(Connection connection, Collection<String> devices) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LIST_PENDING)) {
            select.setArray(1, connection.createArrayOf("text", devices.toArray()));
            List<PendingCommand> pending = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    pending.add(new PendingCommand(
                            rows.getObject("command_id", UUID.class),
                            rows.getString("device_id"),
                            rows.getString("kind"),
                            rows.getString("data"),
                            rows.getObject("created_at", OffsetDateTime.class),
                            rows.getObject("expires_at", OffsetDateTime.class)));
                }
            }
            return pending;
        }
    }

    /// Leaves alone what was answered meanwhile.
    static void markSent(Connection connection, Instant now, Collection<UUID> commands) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(MARK_SENT)) {
            update.setObject(1, now.atOffset(ZoneOffset.UTC));
            update.setArray(2, uuids(connection, commands));
            update.execute();
        }
    }

    private static Array uuids(Connection connection, Collection<UUID> commands) throws SQLException {
        return connection.createArrayOf("uuid", commands.toArray());
    }
}
