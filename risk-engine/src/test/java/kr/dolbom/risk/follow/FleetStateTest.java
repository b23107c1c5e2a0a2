package kr.dolbom.risk.follow;

import static kr.dolbom.risk.follow.OutageTest.STOP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An engine that begins with kept states, and then the whole fleet falls silent.
@Timeout(120)
class FleetStateTest {
    /// Half an hour of heartbeats after [OutageTest#STOP], the last of them the last of all.
    private static final Instant LAST = STOP.plus(Duration.ofMinutes(30));

    /// @param minutes after the last heartbeat
    @ParameterizedTest
    @ValueSource(ints = {-25, 0, 4, 11})
    void anEngineThatKnowsTheFleetByItsStatesAloneNoticesThatItFallsSilent(int minutes) throws SQLException {
        try (var town = new Town(STOP)) {
            List<Integer> homes = OutageTest.settle(town, 12);
            Instant restart = LAST.plus(Duration.ofMinutes(minutes));
            live(town, homes, STOP, restart);
            assertEquals(12, town.number("select count(*) from resident_state"));
            assertEquals(1, town.number("select count(*) from fleet_state"));
            town.stopEngine();
            town.update("delete from telemetry where at < ?", STOP);
            live(town, homes, restart, LAST.plus(Duration.ofMinutes(29)));

            assertEquals(1, town.number("select count(*) from incident"));
            assertEquals(1, town.number("""
                    select count(*) from incident
                    where scope = 'all' and cause = 'platform-fault' and began_at = ? and noticed_at <= ? and homes = 12""", LAST, LAST.plus(Duration.ofMinutes(20))));
            assertEquals(List.of(), town.alerts());
        }
    }

    @Test
    void aHomeWhoseStateIsBrokenIsCountedAsEverSoonAsItsHistoryIsReadAgain() throws SQLException {
        try (var town = new Town(STOP)) {
            List<Integer> homes = OutageTest.settle(town, 12);
            live(town, homes, STOP, LAST.minusSeconds(600));
            town.stopEngine();
            town.update("update resident_state set state = '\\x7f00' where resident_no = ?", homes.getFirst());
            live(town, homes, LAST.minusSeconds(600), LAST.plus(Duration.ofMinutes(25)));

            assertEquals(
                    1,
                    town.number(
                            "select count(*) from incident where scope = 'all' and began_at = ? and homes = 12", LAST));
        }
    }

    @Test
    void aStateOfTheFleetThatCannotBeReadIsDroppedAndTheFleetIsLearntAnew() throws SQLException {
        try (var town = new Town(STOP)) {
            List<Integer> homes = OutageTest.settle(town, 12);
            live(town, homes, STOP, STOP.plusSeconds(600));
            town.stopEngine();
            town.update("update fleet_state set state = '\\x7f00'");
            live(town, homes, STOP.plusSeconds(600), LAST);
            assertTrue(town.number("select length(state) from fleet_state") > 1_000);

            Instant last = LAST.plus(Duration.ofDays(5));
            for (int home : homes) {
                town.heartbeats(home, LAST.plusSeconds(600), last);
            }
            town.clock.set(last);
            for (int minute = 0; minute <= 20; minute++) {
                town.runAt(last.plusSeconds(60L * minute));
            }
            assertEquals(1, town.number("select count(*) from incident where scope = 'all' and began_at = ?", last));
        }
    }

    /// A heartbeat of each home every ten minutes after [OutageTest#STOP] until the last; a look each minute.
    private static void live(Town town, List<Integer> homes, Instant from, Instant to) throws SQLException {
        for (Instant now = from.plusSeconds(60); !now.isAfter(to); now = now.plusSeconds(60)) {
            if (!now.isAfter(LAST) && Duration.between(STOP, now).toMinutes() % 10 == 0) {
                for (int home : homes) {
                    town.heartbeats(home, now, now);
                }
            }
            town.runAt(now);
        }
    }
}
