package kr.dolbom.risk.follow;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import kr.dolbom.db.fixture.TestDatabase;
import kr.dolbom.risk.feed.DatabaseFeed;
import kr.dolbom.risk.feed.TelemetryFeed;
import kr.dolbom.risk.watch.WatchSettings;
import org.jspecify.annotations.Nullable;

/// A town in a real database: residents with one device each, and the messages that the broker would
/// store for them.
final class Town implements AutoCloseable {
    static final WatchSettings WATCH = new WatchSettings(
            Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofMinutes(15), Duration.ofSeconds(10));
    static final String READER = "risk-engine";
    static final FollowSettings FOLLOW = followKeepingStatesWithin(Duration.ofMinutes(5));

    final TestDatabase database = TestDatabase.create();
    final SettableClock clock;
    private @Nullable TelemetryFeed feed;
    private @Nullable Follower follower;
    /// Of the engines that are started from now on.
    FollowSettings follow = FOLLOW;

    private int devices;

    record Alert(
            UUID id, int residentNo, String family, String tier, String state, String outcome, String ko, String en) {}

    Town(Instant now) throws SQLException {
        clock = new SettableClock(now);
        update("insert into office (name_ko, name_en, short_name) values ('시험시청 노인복지과', 'Test City', '시험시')");
    }

    static FollowSettings followKeepingStatesWithin(Duration time) {
        return new FollowSettings(
                READER, Duration.ofSeconds(1), 500, 45, Duration.ofMillis(500), time, Duration.ofSeconds(10));
    }

    /// The robot asks at any hour, for tests that run by the real clock.
    void askAtAnyHour() throws SQLException {
        update("""
                insert into risk_setting_change (office_no, name, value, changed_by, reason)
                select office_no, name, 0, 'minji', 'no quiet hours'
                  from office, (values ('quiet.begins'), ('quiet.ends')) setting (name)""");
    }

    /// A resident in the office's zone with a device that is not connected.
    int addResident() throws SQLException {
        int residentNo = (int) number("""
                insert into resident (office_no, name, birth_year, neighbourhood, address)
                values (1, '시험', 1940, '대화동', '1') returning resident_no""");
        devices++;
        update("""
                insert into device (device_id, resident_no, vendor, model)
                values (?, ?, 'v', 'm')""", "robot-" + devices, residentNo);
        return residentNo;
    }

    void connect(int residentNo, boolean connected, Instant since) throws SQLException {
        update("""
                insert into device_presence (device_no, connected, changed_at, reason)
                select device_no, ?, ?, 'test' from device where resident_no = ?
                on conflict (device_no) do update set connected = excluded.connected, changed_at = excluded.changed_at""", connected, since, residentNo);
    }

    /// One message, received when it happened.
    UUID send(int residentNo, int kind, Instant at, String data) throws SQLException {
        return send(residentNo, kind, at, at, data);
    }

    UUID send(int residentNo, int kind, Instant at, Instant receivedAt, String data) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return send(connection, residentNo, kind, at, receivedAt, data);
        }
    }

    static UUID send(Connection connection, int residentNo, int kind, Instant at, Instant receivedAt, String data)
            throws SQLException {
        UUID id = UUID.randomUUID();
        update(connection, """
                insert into telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data)
                select ?, ?, 1, device_no, resident_no, ?, ?, convert_to(?, 'UTF8') from device where resident_no = ?""", at, receivedAt, kind, id, data.replace('\'', '"'), residentNo);
        return id;
    }

    void motion(int residentNo, Instant at, String room) throws SQLException {
        send(residentNo, 1, at, motionData(room));
    }

    static String motionData(String room) {
        return "{'windowSeconds':600,'counts':[{'sensor':'motion','room':'%s','count':1}]}".formatted(room);
    }

    UUID sos(int residentNo, Instant at, Instant receivedAt) throws SQLException {
        return send(residentNo, 6, at, receivedAt, "{'trigger':'sos-voice','confidence':0.9,'phrase':'살려줘'}");
    }

    /// Heartbeats every ten minutes, from inclusive to inclusive.
    void heartbeats(int residentNo, Instant from, Instant to) throws SQLException {
        series(residentNo, 4, from, to, "10 minutes", null, "{'state':'heartbeat','firmware':'1','contract':'1.0'}");
    }

    /// A life like clockwork on each day in [from, to): in the lounge every 20 minutes from 07:00 to
    /// 22:00, Seoul time, at the front door at 10:00, to bed at 22:00; with heartbeats.
    void clockwork(int residentNo, Instant from, Instant to, @Nullable Instant receivedAt) throws SQLException {
        update("""
                insert into telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data)
                select at, coalesce(?::timestamptz, at), 1, device_no, resident_no, 1, gen_random_uuid(),
                       convert_to(jsonb_build_object('windowSeconds', 600, 'counts', jsonb_build_array(jsonb_build_object(
                           'sensor', 'motion', 'count', 1,
                           'room', case (at at time zone 'Asia/Seoul')::time
                               when '22:00' then 'bedroom' when '10:00' then 'front-door' else 'lounge' end)))::text, 'UTF8')
                from device, generate_series(?::timestamptz, ?::timestamptz - interval '1 second', interval '20 minutes') at
                where resident_no = ? and (at at time zone 'Asia/Seoul')::time between '07:00' and '22:00'""", receivedAt, from, to, residentNo);
        series(
                residentNo,
                4,
                from,
                to,
                "10 minutes",
                receivedAt,
                "{'state':'heartbeat','firmware':'1','contract':'1.0'}");
    }

    /// Seen every 20 minutes by day and night, in [from, to): whoever lives so is overdue after the shortest time
    /// that there is, 4 h, whatever the others do.
    void roundTheClock(int residentNo, Instant from, Instant to) throws SQLException {
        series(residentNo, 1, from, to.minusMillis(1), "20 minutes", null, motionData("lounge"));
    }

    /// As if the broker had stored all messages as they happened.
    void storeInOrderOfTime() throws SQLException {
        update("update telemetry set txid = pg_current_xact_id()");
    }

    private void series(
            int residentNo, int kind, Instant from, Instant to, String every, @Nullable Instant receivedAt, String data)
            throws SQLException {
        update("""
                insert into telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data)
                select at, coalesce(?::timestamptz, at), 1, device_no, resident_no, ?, gen_random_uuid(), convert_to(?, 'UTF8')
                from device, generate_series(?::timestamptz, ?::timestamptz, ?::interval) at where resident_no = ?""", receivedAt, kind, data.replace('\'', '"'), from, to, every, residentNo);
    }

    /// The engine as it runs: the one that was started before, or a new one.
    Follower engine() throws SQLException {
        return follower == null ? start(openFeed()) : follower;
    }

    TelemetryFeed openFeed() throws SQLException {
        return DatabaseFeed.open(database.connection(), READER, 500);
    }

    Follower start(TelemetryFeed newFeed) throws SQLException {
        return start(newFeed, WATCH);
    }

    Follower start(TelemetryFeed newFeed, WatchSettings settings) throws SQLException {
        stopEngine();
        feed = newFeed;
        Follower started = Follower.start(feed, database.dataSource(), settings, follow, clock, Fence.NONE);
        follower = started;
        return started;
    }

    void stopEngine() {
        if (feed != null) {
            feed.close();
        }
        feed = null;
        follower = null;
    }

    /// Sets the clock and lets the engine do all that there is to do.
    void runAt(Instant now) throws SQLException {
        clock.set(now);
        engine().catchUp();
    }

    List<Alert> alerts() throws SQLException {
        List<Alert> alerts = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        select alert_id, resident_no, family, tier, state, coalesce(outcome, ''), reason_ko, reason_en
                        from alert order by raised_at, family""");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                alerts.add(new Alert(
                        row.getObject(1, UUID.class),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8)));
            }
        }
        return alerts;
    }

    long number(String query, @Nullable Object... parameters) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement select = prepare(connection, query, parameters);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    void update(String statement, @Nullable Object... parameters) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            update(connection, statement, parameters);
        }
    }

    static void update(Connection connection, String statement, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement update = prepare(connection, statement, parameters)) {
            update.execute();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            @Nullable Object value = parameters[i] instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : parameters[i];
            if (value == null) {
                statement.setNull(i + 1, java.sql.Types.TIMESTAMP_WITH_TIMEZONE);
            } else {
                statement.setObject(i + 1, value);
            }
        }
        return statement;
    }

    /// A time of day in Seoul on a fixed day, as an instant.
    static Instant seoul(int day, int hour, int minute) {
        return OffsetDateTime.of(2026, 3, 1, hour, minute, 0, 0, ZoneOffset.ofHours(9))
                .plusDays(day - 1L)
                .toInstant();
    }

    @Override
    public void close() {
        stopEngine();
        database.close();
    }
}
