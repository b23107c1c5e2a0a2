package kr.dolbom.risk.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The same telemetry flows into two databases. The engine of one runs on; that of the other is killed again and
/// again, by SIGKILL, wherever it is.
@Timeout(300)
class KilledEngineTest {
    private static final int SILENT = 24;
    private static final int LIVELY = 12;
    private static final int KILLS = 5;
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration START = Duration.ofSeconds(60);

    @Test
    void whatIsFoundIsTheSameAsWithoutAnyDeath() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (var undisturbed = new Town(now);
                var disturbed = new Town(now)) {
            List<Town> towns = List.of(undisturbed, disturbed);
            for (Town town : towns) {
                settle(town, now);
            }
            try (var engine = EngineProcess.start(undisturbed.database, LEASE, Duration.ofSeconds(2))) {
                engine.await(EngineStatus.Role.LEADING, START);
                var flow = new Flow(towns);
                try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
                    ScheduledFuture<?> flowing = timer.scheduleAtFixedRate(flow, 0, 100, TimeUnit.MILLISECONDS);
                    killAgainAndAgain(disturbed);
                    assertFalse(flowing.isDone());
                    timer.shutdown();
                    assertTrue(timer.awaitTermination(10, TimeUnit.SECONDS));
                }
                assertEquals(null, flow.failure.get());
                try (var last = EngineProcess.start(disturbed.database, LEASE, Duration.ofSeconds(2))) {
                    last.await(EngineStatus.Role.LEADING, START);
                    Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                        assertEquals(SILENT, silences(undisturbed));
                        assertEquals(SILENT, silences(disturbed));
                    });
                    for (Town town : towns) {
                        awaitFeedAtItsEnd(town);
                    }
                }
            }

            assertEquals(findings(undisturbed), findings(disturbed));
            assertEquals(alerts(undisturbed), alerts(disturbed));
            assertEquals(
                    undisturbed.number("select count(*) from alert_event"),
                    disturbed.number("select count(*) from alert_event"));
            assertTrue(disturbed.number("select count(*) from finding where family = 'emergency'") > LIVELY);
            assertTrue(disturbed.number("select term from engine_lease") > KILLS);
        }
    }

    /// Some who are not seen any more and become overdue, after the 3 h that are the least, one after the other
    /// in the next minute, and some who are.
    private static void settle(Town town, Instant now) throws SQLException {
        town.askAtAnyHour();
        for (int i = 0; i < SILENT + LIVELY; i++) {
            town.addResident();
        }
        town.update("""
                insert into telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data)
                select at, at, 1, device_no, resident_no, 1, gen_random_uuid(), convert_to(?, 'UTF8')
                from device,
                     lateral (select case when resident_no <= ? then ?::timestamptz - interval '3 hours'
                                               + (15 + 2 * resident_no) * interval '1 second' else ? end) last (seen),
                     generate_series(last.seen - interval '3 days', last.seen, interval '20 minutes') at""", Town.motionData("lounge").replace('\'', '"'), SILENT, now, now);
        for (int resident = 1; resident <= SILENT; resident++) {
            town.heartbeats(resident, now.minus(Duration.ofHours(3)), now);
        }
    }

    private static void killAgainAndAgain(Town town) throws Exception {
        var fate = new Random(4);
        for (int death = 0; death < KILLS; death++) {
            try (var engine = EngineProcess.start(town.database, LEASE, Duration.ofSeconds(2))) {
                engine.await(EngineStatus.Role.LEADING, START);
                Void _ = new java.util.concurrent.CompletableFuture<Void>()
                        .completeOnTimeout(null, fate.nextInt(4_000), TimeUnit.MILLISECONDS)
                        .get();
                engine.kill();
            }
        }
    }

    private static long silences(Town town) throws SQLException {
        return town.number("select count(*) from alert where family = 'silence' and tier = 'check-in'");
    }

    private static void awaitFeedAtItsEnd(Town town) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertEquals(0, town.number("""
                select count(*) from telemetry where txid > (select txid from feed_position where reader = ?)""", Town.READER)));
    }

    private static List<String> findings(Town town) throws SQLException {
        return list(town, "select episode || ' ' || tier || ' ' || family from finding order by 1");
    }

    private static List<String> alerts(Town town) throws SQLException {
        return list(town, """
                select a.resident_no || ' ' || a.family || ' ' || a.tier || ' ' || a.state || ' ' || count(f.finding_id)
                from alert a left join finding f using (alert_id) group by a.alert_id order by 1""");
    }

    private static List<String> list(Town town, String query) throws SQLException {
        List<String> list = new ArrayList<>();
        try (Connection connection = town.database.dataSource().getConnection();
                Statement select = connection.createStatement();
                var row = select.executeQuery(query)) {
            while (row.next()) {
                list.add(row.getString(1));
            }
        }
        return list;
    }

    /// Ten transactions a second: signs of life of the lively, and now and then a call for help of one of them.
    private static final class Flow implements Runnable {
        private final List<Town> towns;
        private final Random dice = new Random(5);
        final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

        Flow(List<Town> towns) {
            this.towns = towns;
        }

        @Override
        public void run() {
            int lively = SILENT + 1 + dice.nextInt(LIVELY);
            boolean isCall = dice.nextInt(5) == 0;
            UUID id = UUID.randomUUID();
            Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            try {
                for (Town town : towns) {
                    town.update(
                            """
                            with message as (
                                insert into telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data)
                                values (?, ?, 1, ?, ?, ?, ?, convert_to(?, 'UTF8'))
                                returning device_no, message_id, at, kind)
                            select pg_notify('dolbom_telemetry', ''),
                                   case kind when 6 then pg_notify('dolbom_emergency',
                                       device_no || ',' || message_id || ',' || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) end
                            from message""",
                            at,
                            at,
                            lively,
                            lively,
                            isCall ? 6 : 1,
                            id,
                            isCall
                                    ? "{\"trigger\":\"sos-button\"}"
                                    : Town.motionData("kitchen").replace('\'', '"'));
                }
            } catch (SQLException e) {
                failure.set(e);
            }
        }
    }
}
