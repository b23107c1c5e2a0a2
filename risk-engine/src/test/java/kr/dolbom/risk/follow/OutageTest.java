package kr.dolbom.risk.follow;

import static kr.dolbom.risk.follow.Town.seoul;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many homes fall silent together, and come back; on a real database, by a clock that is set.
@Timeout(120)
class OutageTest {
    private static final int DAY = 9;
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    /// The last heartbeats before the outage.
    static final Instant STOP = seoul(DAY, 10, 0);

    @Test
    void aFleetThatFallsSilentIsOneIncidentAndNobodysAlertAndItsHistoryTakesTheGapsBack() throws SQLException {
        try (var town = new Town(STOP)) {
            List<Integer> homes = settle(town, 12);
            runThrough(town, STOP, seoul(DAY, 10, 20));
            assertEquals(1, town.number("""
                    select count(*) from incident
                    where scope = 'all' and cause = 'platform-fault' and began_at = ? and ended_at is null
                      and homes = 12 and heard = 0""", STOP));
            runThrough(town, seoul(DAY, 10, 20), seoul(DAY, 11, 0));
            assertEquals(List.of(), town.alerts());
            assertEquals(12, town.number("""
                    select count(*) from monitoring_gap
                    where from_at = ? and to_at is null and cause = 'platform-fault'""", seoul(DAY, 10, 30)));
            assertEquals(12, visible(town, "platform-fault"));
            town.stopEngine();
            runThrough(town, seoul(DAY, 11, 0), seoul(DAY, 11, 30));

            comeBack(town, homes, homes.subList(0, 6), seoul(DAY, 14, 0));
            runThrough(town, seoul(DAY, 14, 0), seoul(DAY, 14, 50), homes);
            assertEquals(List.of(), town.alerts(), "nothing of the past pages");
            assertEquals(1, town.number("select count(*) from incident"));
            assertEquals(1, town.number("select count(*) from incident where ended_at = ?", seoul(DAY, 14, 0)));
            assertEquals(6, town.number("""
                    select count(*) from monitoring_gap where from_at = ? and to_at = ?""", seoul(DAY, 10, 30), seoul(DAY, 14, 0)));
            assertEquals(6, town.number("select count(*) from monitoring_gap"), "history proves the other six");
            assertEquals(12, visible(town, "home"));
        }
    }

    @Test
    void aSilenceThatThePastShowsAndThatLastsIsRaisedWhenTheHomeIsBack() throws SQLException {
        try (var town = new Town(STOP)) {
            List<Integer> homes = settle(town, 12);
            int fallen = homes.getFirst();
            runThrough(town, STOP, seoul(DAY, 10, 40));
            comeBack(town, homes, homes.subList(1, 12), seoul(DAY, 15, 0));
            // Its device was alive all the time, and nobody moved.
            town.heartbeats(fallen, STOP.plus(TEN_MINUTES), seoul(DAY, 14, 50));
            town.update(
                    "update telemetry set received_at = ? where resident_no = ? and at > ? and at < ?",
                    seoul(DAY, 15, 0).plusSeconds(5),
                    fallen,
                    STOP,
                    seoul(DAY, 15, 0));
            runThrough(town, seoul(DAY, 15, 0), seoul(DAY, 15, 5));

            assertEquals(
                    List.of("silence " + fallen),
                    town.alerts().stream()
                            .map(alert -> alert.family() + " " + alert.residentNo())
                            .toList());
        }
    }

    @Test
    void aDistrictsOutageIsItsOwnAndADeadDeviceElsewhereIsADeviceAlertAsEver() throws SQLException {
        try (var town = new Town(STOP)) {
            List<Integer> homes = settle(town, 24);
            List<Integer> north = homes.subList(0, 10);
            List<Integer> south = homes.subList(10, 23);
            int dead = homes.get(23);
            town.update("update resident set neighbourhood = '주엽동' where resident_no <= ?", north.getLast());
            town.stopEngine();
            runThrough(town, STOP, seoul(DAY, 12, 0), south);

            assertEquals(1, town.number("select count(*) from incident"));
            assertEquals(1, town.number("""
                    select count(*) from incident
                    where scope = 'district' and name = '주엽동' and office_no = 1 and cause = 'network-silent'"""));
            assertEquals(
                    List.of("device " + dead),
                    town.alerts().stream()
                            .map(alert -> alert.family() + " " + alert.residentNo())
                            .toList());
            assertEquals(10, visible(town, "network-silent"));
            assertEquals(1, visible(town, "device-silent"));
        }
    }

    @Test
    void anAlertFromTheFirstMinutesIsTakenBackAndRaisedAgainForAHomeThatDoesNotComeBack() throws SQLException {
        try (var town = new Town(STOP)) {
            List<Integer> homes = settle(town, 13);
            int first = homes.getFirst();
            town.update("delete from telemetry where resident_no = ? and at > ?", first, seoul(DAY, 9, 30));
            town.stopEngine();
            town.runAt(STOP);
            assertEquals(
                    "device raised",
                    town.alerts().getFirst().family() + " "
                            + town.alerts().getFirst().state());
            runThrough(town, STOP, seoul(DAY, 11, 0));
            assertEquals("retracted", town.alerts().getFirst().outcome());
            List<Integer> others = homes.subList(1, 13);
            comeBack(town, others, List.of(), seoul(DAY, 14, 0));
            runThrough(town, seoul(DAY, 14, 0), seoul(DAY, 14, 29), others);
            assertEquals(1, town.alerts().size(), "homes may take half an hour to come back");
            town.stopEngine();
            runThrough(town, seoul(DAY, 14, 30), seoul(DAY, 14, 40), others);

            assertEquals(
                    List.of("device retracted", "device raised"),
                    town.alerts().stream()
                            .map(alert -> alert.family() + " "
                                    + (alert.outcome().isEmpty() ? alert.state() : alert.outcome()))
                            .toList());
            assertEquals(1, town.number("select count(*) from incident"));
        }
    }

    @Test
    void aBrokerThatWritesNoSignOfLifeIsOurOwnFaultHoweverFewHomesThereAre() throws SQLException {
        try (var town = new Town(STOP)) {
            List<Integer> homes = settle(town, 2);
            town.update("insert into broker_alive (seen_at, stopped) values (?, false)", STOP);
            runThrough(town, STOP, seoul(DAY, 10, 50));
            assertEquals(List.of(), town.alerts());
            assertEquals(1, town.number("""
                    select count(*) from incident
                    where scope = 'all' and began_at = ? and ended_at is null""", STOP));
            town.stopEngine();
            runThrough(town, seoul(DAY, 10, 50), seoul(DAY, 10, 55));
            Instant back = seoul(DAY, 11, 0);
            town.update("insert into platform_gap (from_at, to_at, reason) values (?, ?, 'broker-killed')", STOP, back);
            town.update("update broker_alive set seen_at = ?", back);
            comeBack(town, homes, List.of(), back);
            runThrough(town, back, back.plusSeconds(40));

            assertEquals(1, town.number("select count(*) from incident"));
            assertEquals(1, town.number("select count(*) from incident where ended_at = ?", back));
            assertEquals(List.of(), town.alerts());
        }
    }

    @Test
    void anEngineThatHasJustStartedJudgesNobodyBeforeTheBrokerHasShownASignOfLife() throws SQLException {
        try (var town = new Town(STOP)) {
            settle(town, 2);
            town.stopEngine();
            // Broker, database and engine come back together, and the engine is the first.
            town.update("insert into broker_alive (seen_at, stopped) values (?, false)", STOP);
            Instant back = seoul(DAY, 11, 0);
            town.runAt(back);
            town.runAt(back.plusSeconds(2));
            assertEquals(List.of(), town.alerts());
            town.update("insert into platform_gap (from_at, to_at, reason) values (?, ?, 'database-away')", STOP, back);
            town.update("update broker_alive set seen_at = ?", back.plusSeconds(4));
            runThrough(town, back.plusSeconds(5), back.plusSeconds(125));
            assertEquals(List.of(), town.alerts());
            assertEquals(1, town.number("select count(*) from incident where ended_at = ?", back));
        }
    }

    @Test
    void aFaultOfOursThatWasOverBeforeTheEngineCameIsWrittenDownAndBlamesNoDevice() throws SQLException {
        try (var town = new Town(STOP)) {
            settle(town, 2);
            Instant back = seoul(DAY, 11, 0);
            town.update("insert into broker_alive (seen_at, stopped) values (?, false)", back);
            town.update("insert into platform_gap (from_at, to_at, reason) values (?, ?, 'database-away')", STOP, back);
            town.stopEngine();
            town.runAt(back);
            town.stopEngine();
            town.runAt(back.plusSeconds(61));

            assertEquals(List.of(), town.alerts());
            assertEquals(1, town.number("""
                    select count(*) from incident
                    where scope = 'all' and began_at = ? and ended_at = ?""", STOP, back));
            assertEquals(1, town.number("select count(*) from incident"));
        }
    }

    /// Homes that have lived like clockwork for eight days, and an engine that knows them.
    static List<Integer> settle(Town town, int count) throws SQLException {
        List<Integer> homes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int home = town.addResident();
            homes.add(home);
            town.clockwork(home, seoul(1, 0, 0), STOP.plusSeconds(1), null);
        }
        town.runAt(STOP);
        assertEquals(List.of(), town.alerts());
        return homes;
    }

    /// Each sends a birth; some send what they kept before that, too.
    private static void comeBack(Town town, List<Integer> homes, List<Integer> withHistory, Instant at)
            throws SQLException {
        for (int home : homes) {
            town.send(home, 4, at, "{'state':'birth','firmware':'1','contract':'1.0'}");
            if (withHistory.contains(home)) {
                town.clockwork(home, STOP.plus(TEN_MINUTES), at.minusSeconds(1), at.plusSeconds(5));
            }
        }
    }

    /// Looks every minute; these homes send a heartbeat every ten.
    private static void runThrough(Town town, Instant from, Instant to, List<Integer> alive) throws SQLException {
        for (Instant now = from; !now.isAfter(to); now = now.plusSeconds(60)) {
            if (now.isAfter(STOP) && Duration.between(STOP, now).toMinutes() % 10 == 0) {
                for (int home : alive) {
                    town.heartbeats(home, now, now);
                }
            }
            town.runAt(now);
        }
    }

    static void runThrough(Town town, Instant from, Instant to) throws SQLException {
        runThrough(town, from, to, List.of());
    }

    /// How many residents' latest score says so.
    private static long visible(Town town, String visibility) throws SQLException {
        return town.number("""
                select count(*) from resident r
                where ? = (select visibility from risk_score s where s.resident_no = r.resident_no
                           order by at desc limit 1)""", visibility);
    }
}
