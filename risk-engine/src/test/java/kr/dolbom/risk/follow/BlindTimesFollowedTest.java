package kr.dolbom.risk.follow;

import static kr.dolbom.risk.follow.Town.seoul;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Homes that are heard and in which nobody could be seen: what passes there is no silence.
@Timeout(60)
class BlindTimesFollowedTest {
    private static final int DAY = 31;
    private static final Instant STOP = seoul(DAY, 11, 5);

    @Test
    void aHoleInTheDevicesCountIsNoSilenceUntilWhatIsMissingComesAfterAll() throws SQLException {
        try (var town = new Town(STOP)) {
            int lossy = settled(town);
            int whole = settled(town);
            town.heartbeats(whole, seoul(DAY, 11, 10), seoul(DAY, 16, 0));
            heartbeat(town, lossy, 1, seoul(DAY, 11, 10));
            heartbeat(town, lossy, 4, seoul(DAY, 11, 35));
            heartbeat(town, lossy, 7, seoul(DAY, 12, 0));
            for (int i = 1; i <= 24; i++) {
                heartbeat(town, lossy, 7 + i, seoul(DAY, 12, 0).plusSeconds(600L * i));
            }
            town.runAt(seoul(DAY, 15, 5));
            assertEquals(List.of("silence check-in " + lossy, "silence urgent " + whole), alerts(town));
            assertEquals(1, gaps(town, lossy, seoul(DAY, 11, 10), seoul(DAY, 12, 0)));
            assertEquals(1, town.number("select count(*) from monitoring_gap"));

            town.stopEngine();
            heartbeat(town, lossy, 5, seoul(DAY, 11, 40), seoul(DAY, 15, 6));
            heartbeat(town, lossy, 6, seoul(DAY, 11, 50), seoul(DAY, 15, 6));
            town.runAt(seoul(DAY, 15, 7));
            assertEquals(1, gaps(town, lossy, seoul(DAY, 11, 10), seoul(DAY, 11, 35)), "two came, two are missing");
            heartbeat(town, lossy, 2, seoul(DAY, 11, 20), seoul(DAY, 15, 8));
            heartbeat(town, lossy, 3, seoul(DAY, 11, 30), seoul(DAY, 15, 8));
            town.runAt(seoul(DAY, 15, 9));

            assertEquals(0, town.number("select count(*) from monitoring_gap"));
            assertEquals(List.of("silence urgent " + lossy, "silence urgent " + whole), alerts(town));
        }
    }

    @Test
    void aDeviceThatCountsAtRandomIsNotBlindForEver() throws SQLException {
        try (var town = new Town(STOP)) {
            int random = settled(town);
            for (int i = 0; i < 29; i++) {
                heartbeat(town, random, 10 + 7L * i, seoul(DAY, 8, 0).plusSeconds(600L * i));
            }
            for (int i = 29; i < 60; i++) {
                heartbeat(town, random, 10 + 7L * i, seoul(DAY, 8, 0).plusSeconds(600L * i));
            }
            town.runAt(seoul(DAY, 17, 30));

            assertEquals(List.of("silence urgent " + random), alerts(town));
        }
    }

    @Test
    void whileTheSensorsAreBrokenSilenceStandsStillAndGoesOnWhenTheyWork() throws SQLException {
        try (var town = new Town(STOP)) {
            int resident = settled(town);
            statuses(town, resident, seoul(DAY, 11, 10), seoul(DAY, 16, 0), "lost");
            town.runAt(seoul(DAY, 15, 55));
            assertEquals(List.of("device-health review " + resident), alerts(town));
            assertEquals(1, town.number("""
                    select count(*) from monitoring_gap
                    where from_at = ? and to_at is null and cause = 'device-silent'""", seoul(DAY, 11, 10)));
            assertEquals(1, town.number("""
                    select count(*) from (select visibility from risk_score order by at desc limit 1) as s
                    where visibility = 'device-silent'"""));

            town.stopEngine();
            statuses(town, resident, seoul(DAY, 16, 0), seoul(DAY, 20, 30), "ok");
            town.runAt(seoul(DAY, 18, 40));
            assertEquals(1, town.alerts().size(), "ten minutes before they broke and 2 h 40 since");
            town.runAt(seoul(DAY, 20, 30));

            assertEquals(List.of("device-health review " + resident, "silence urgent " + resident), alerts(town));
            assertEquals(1, town.number("select count(*) from monitoring_gap where from_at = ?", seoul(DAY, 11, 10)));
            assertEquals(1, town.number("select count(*) from monitoring_gap where to_at is not null"));
        }
    }

    @Test
    void oneBrokenSensorOfARoomThatIsSeldomUsedBlindsNobody() throws SQLException {
        try (var town = new Town(STOP)) {
            int resident = settled(town);
            town.update("""
                    insert into telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data)
                    select at, at, 1, device_no, resident_no, 4, gen_random_uuid(), convert_to(?, 'UTF8')
                    from device, generate_series(?::timestamptz, ?::timestamptz, '10 minutes') at
                    where resident_no = ?""", """
                    {"state":"heartbeat","firmware":"1","contract":"1.0","sensors":[
                     {"sensor":"motion","room":"lounge","health":"ok"},
                     {"sensor":"motion","room":"bedroom","health":"lost"}]}""", seoul(DAY, 11, 10), seoul(DAY, 16, 0), resident);
            town.runAt(seoul(DAY, 15, 5));

            assertEquals(List.of("device-health review " + resident, "silence urgent " + resident), alerts(town));
        }
    }

    /// A life like clockwork, last seen at 11:00.
    private static int settled(Town town) throws SQLException {
        int resident = town.addResident();
        town.clockwork(resident, seoul(1, 0, 0), STOP, null);
        return resident;
    }

    private static void heartbeat(Town town, int resident, long seq, Instant at) throws SQLException {
        heartbeat(town, resident, seq, at, at);
    }

    private static void heartbeat(Town town, int resident, long seq, Instant at, Instant receivedAt)
            throws SQLException {
        var id = town.send(resident, 4, at, receivedAt, "{'state':'heartbeat','firmware':'1','contract':'1.0'}");
        town.update("update telemetry set seq = ? where message_id = ?", seq, id);
    }

    private static void statuses(Town town, int resident, Instant from, Instant to, String health) throws SQLException {
        town.update("""
                insert into telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data)
                select at, at, 1, device_no, resident_no, 4, gen_random_uuid(), convert_to(?, 'UTF8')
                from device, generate_series(?::timestamptz, ?::timestamptz, '10 minutes') at
                where resident_no = ?""", """
                {"state":"heartbeat","firmware":"1","contract":"1.0","sensors":[
                 {"sensor":"motion","room":"lounge","health":"%s"}]}""".formatted(health), from, to, resident);
    }

    private static long gaps(Town town, int resident, Instant from, Instant to) throws SQLException {
        return town.number("""
                select count(*) from monitoring_gap
                where resident_no = ? and from_at = ? and to_at = ?""", resident, from, to);
    }

    private static List<String> alerts(Town town) throws SQLException {
        return town.alerts().stream()
                .map(alert -> alert.family() + " " + alert.tier() + " " + alert.residentNo())
                .sorted()
                .toList();
    }
}
