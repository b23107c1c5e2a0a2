package kr.dolbom.broker.presence;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import kr.dolbom.broker.database.Session;

/// Writes down when this broker has its database, so that afterwards it can be told when no device could have been
/// heard: while it was stopped, killed, or without its database. When it starts nobody is connected, whatever one that
/// was killed left behind.
public final class BrokerLife {
    /// A shorter absence of the database is nothing that a device would notice.
    private static final Duration SHORTEST_GAP = Duration.ofSeconds(30);

    private static final String DISCONNECT_ALL = """
            with before as (
                select device_no, changed_at as since from device_presence where connected for update
            ), gone as (
                update device_presence set connected = false, changed_at = ?, reason = 'broker-start'
                  from before
                 where device_presence.device_no = before.device_no
                returning device_presence.device_no, changed_at, reason, since
            ), event as (
                insert into presence_event (device_no, at, connected, reason, since)
                select device_no, changed_at, false, reason, since from gone
            )
            select pg_notify('dolbom_presence', device_no::text) as nothing
              from gone""";
    private static final String GAP = """
            insert into platform_gap (from_at, to_at, reason)
            select seen_at, ?, case when not ? then 'database-away' when stopped then 'broker-stopped'
                                    else 'broker-killed' end
              from broker_alive
             where seen_at < ?""";
    private static final String ALIVE = """
            insert into broker_alive (seen_at, stopped) values (?, ?)
            on conflict (only_row) do update set seen_at = excluded.seen_at, stopped = excluded.stopped""";

    private final Session session;
    private boolean begun;

    /// Writes nothing yet.
    public BrokerLife(Session session) {
        this.session = session;
    }

    /// The database answers. The first time every device is written as disconnected, with the reason `broker-start`.
    public void alive(Instant now) throws SQLException {
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        boolean begins = !begun;
        session.execute(connection -> {
            if (begins) {
                try (PreparedStatement update = connection.prepareStatement(DISCONNECT_ALL)) {
                    update.setObject(1, at);
                    update.execute();
                }
            }
            try (PreparedStatement gap = connection.prepareStatement(GAP);
                    PreparedStatement alive = connection.prepareStatement(ALIVE)) {
                gap.setObject(1, at);
                gap.setBoolean(2, begins);
                gap.setObject(3, begins ? at : at.minus(SHORTEST_GAP));
                gap.execute();
                alive.setObject(1, at);
                alive.setBoolean(2, false);
                alive.execute();
            }
        });
        begun = true;
    }

    /// This broker stops as it was told to.
    public void stopped(Instant now) throws SQLException {
        session.execute(connection -> {
            try (PreparedStatement alive = connection.prepareStatement(ALIVE)) {
                alive.setObject(1, now.atOffset(ZoneOffset.UTC));
                alive.setBoolean(2, true);
                alive.execute();
            }
        });
    }
}
