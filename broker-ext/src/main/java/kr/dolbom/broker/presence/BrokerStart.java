package kr.dolbom.broker.presence;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import kr.dolbom.broker.database.Session;

/// Sets right what a broker that was killed left behind: when this one starts, nobody is connected.
public final class BrokerStart {
    private static final String DISCONNECT_ALL = """
            with gone as (
                update device_presence set connected = false, changed_at = ?, reason = 'broker-start'
                 where connected
                returning device_no, changed_at, reason
            ), event as (
                insert into presence_event (device_no, at, connected, reason)
                select device_no, changed_at, false, reason from gone
            )
            select pg_notify('dolbom_presence', device_no::text) as nothing
              from gone""";

    private BrokerStart() {}

    /// Writes every device as disconnected, with the reason `broker-start`.
    public static void disconnectAll(Session session, Instant now) throws SQLException {
        session.execute(connection -> {
            try (PreparedStatement update = connection.prepareStatement(DISCONNECT_ALL)) {
                update.setObject(1, now.atOffset(ZoneOffset.UTC));
                update.execute();
            }
        });
    }
}
