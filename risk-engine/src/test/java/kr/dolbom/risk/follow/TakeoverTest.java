package kr.dolbom.risk.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two engines in processes of their own on one database.
@Timeout(180)
class TakeoverTest {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration START = Duration.ofSeconds(60);

    /// What is promised.
    private static final Duration TAKES_OVER_WITHIN = Duration.ofSeconds(30);

    @Test
    void anEngineThatIsKilledIsReplacedWithinHalfAMinuteAndNoSosWaitsForThat() throws Exception {
        try (var town = new Town(Instant.now())) {
            int before = town.addResident();
            int meanwhile = town.addResident();
            int after = town.addResident();
            try (var first = EngineProcess.start(town.database, LEASE, Duration.ofMinutes(5))) {
                first.await(EngineStatus.Role.LEADING, START);
                try (var second = EngineProcess.start(town.database, LEASE, Duration.ofMinutes(5))) {
                    second.await(EngineStatus.Role.STANDING_BY, START);
                    sos(town, before);
                    awaitAlerts(town, 1, Duration.ofSeconds(5));
                    first.kill();
                    sos(town, meanwhile);
                    awaitAlerts(town, 2, Duration.ofSeconds(3));
                    second.await(EngineStatus.Role.LEADING, TAKES_OVER_WITHIN);
                    sos(town, after);
                    awaitAlerts(town, 3, Duration.ofSeconds(5));
                    awaitFeedAtItsEnd(town);

                    assertEachOnce(town, List.of(before, meanwhile, after));
                }
            }
        }
    }

    @Test
    void anEngineThatStoodStillIsReplacedAndWritesNothingWhenItGoesOn() throws Exception {
        try (var town = new Town(Instant.now())) {
            int meanwhile = town.addResident();
            int after = town.addResident();
            try (var first = EngineProcess.start(town.database, LEASE, Duration.ZERO)) {
                first.await(EngineStatus.Role.LEADING, START);
                try (var second = EngineProcess.start(town.database, LEASE, Duration.ZERO)) {
                    second.await(EngineStatus.Role.STANDING_BY, START);
                    town.heartbeats(meanwhile, Instant.now(), Instant.now());
                    awaitFeedAtItsEnd(town);
                    first.signal("STOP");
                    sos(town, meanwhile);
                    awaitAlerts(town, 1, Duration.ofSeconds(3));
                    second.await(EngineStatus.Role.LEADING, TAKES_OVER_WITHIN);
                    awaitFeedAtItsEnd(town);
                    long term = town.number("select term from engine_lease");
                    first.signal("CONT");
                    first.await(EngineStatus.Role.STANDING_BY, Duration.ofSeconds(30));
                    sos(town, after);
                    awaitAlerts(town, 2, Duration.ofSeconds(5));
                    awaitFeedAtItsEnd(town);

                    assertEquals(term, town.number("select term from engine_lease"), "it has not taken it back");
                    second.await(EngineStatus.Role.LEADING, Duration.ofSeconds(5));
                    assertTrue(!second.log().contains("beginning again"), second.log());
                    assertEachOnce(town, List.of(meanwhile, after));
                }
            }
        }
    }

    @Test
    void anEngineThatEndsInOrderDoesNotKeepTheNextOneWaiting() throws Exception {
        try (var town = new Town(Instant.now());
                var first = EngineProcess.start(town.database, Duration.ofHours(1), Duration.ofMinutes(5))) {
            first.await(EngineStatus.Role.LEADING, START);
            first.signal("TERM");
            try (var second = EngineProcess.start(town.database, Duration.ofHours(1), Duration.ofMinutes(5))) {
                second.await(EngineStatus.Role.LEADING, START);
            }

            assertEquals(2, town.number("select term from engine_lease"));
        }
    }

    /// As the broker stores it: both the lane and the feed are told.
    private static void sos(Town town, int residentNo) throws Exception {
        town.update("""
                with message as (
                    insert into telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data)
                    select now(), now(), 1, device_no, resident_no, 6, gen_random_uuid(), convert_to('{"trigger":"sos-button"}', 'UTF8')
                    from device where resident_no = ?
                    returning device_no, message_id, at)
                select pg_notify('dolbom_emergency',
                                 device_no || ',' || message_id || ',' || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
                       pg_notify('dolbom_telemetry', '')
                from message""", residentNo);
    }

    private static void awaitAlerts(Town town, int count, Duration atMost) {
        Awaitility.await()
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertEquals(count, town.alerts().size()));
    }

    private static void awaitFeedAtItsEnd(Town town) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertEquals(0, town.number("""
                select count(*) from telemetry
                where txid > coalesce((select txid from feed_position where reader = ?), '0'::xid8)""", Town.READER)));
    }

    private static void assertEachOnce(Town town, List<Integer> residents) throws Exception {
        assertEquals(
                residents,
                town.alerts().stream().map(Town.Alert::residentNo).sorted().toList());
        assertEquals(residents.size(), town.number("select count(*) from finding"));
        assertEquals(residents.size(), town.number("select count(*) from alert_event"));
    }
}
