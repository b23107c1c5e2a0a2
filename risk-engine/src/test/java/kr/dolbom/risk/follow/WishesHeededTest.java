package kr.dolbom.risk.follow;

import static kr.dolbom.risk.follow.Town.seoul;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What people set is heeded by the running engine.
class WishesHeededTest {
    private static final int DAY = 31;

    @Test
    void whoIsAwayIsNotCalledSilentAndIsWhenTheModeEnds() throws SQLException {
        try (var town = new Town(seoul(DAY, 11, 5))) {
            int resident = settled(town);
            town.update("""
                    insert into resident_mode (resident_no, mode, begins_at, ends_at, set_by, reason)
                    values (?, 'away', ?, ?, 'minji', 'with her son')""", resident, seoul(DAY, 12, 0), seoul(DAY, 18, 0));
            town.runAt(seoul(DAY, 17, 0));
            assertEquals(List.of(), town.alerts());
            assertEquals(1, town.number("select count(*) from risk_score where visibility = 'away'"));
            town.runAt(seoul(DAY, 18, 1));

            assertEquals(List.of("silence"), families(town));
        }
    }

    @Test
    void anAlertThatIsOpenWhenAModeIsEnteredIsTakenBack() throws SQLException {
        try (var town = new Town(seoul(DAY, 11, 5))) {
            int resident = settled(town);
            town.runAt(seoul(DAY, 16, 0));
            assertEquals(List.of("silence"), families(town));
            town.update("""
                    insert into resident_mode (resident_no, mode, begins_at, ends_at, set_by, reason)
                    values (?, 'hospital', ?, ?, 'minji', 'fell in the street')""", resident, seoul(DAY, 16, 0), seoul(DAY, 23, 0));
            town.runAt(seoul(DAY, 16, 1));

            assertEquals("retracted", town.alerts().getFirst().outcome());
        }
    }

    @Test
    void aShorterCapIsHeededAtOnce() throws SQLException {
        try (var town = new Town(seoul(DAY, 11, 5))) {
            int resident = settled(town);
            town.update("""
                    insert into risk_setting_change (resident_no, name, value, changed_by, reason)
                    values (?, 'floors.urgent', 120, 'minji', 'fell last week'),
                           (?, 'margins.urgent', -100, 'minji', 'fell last week')""", resident, resident);
            town.runAt(seoul(DAY, 13, 30));

            assertEquals(
                    "silence urgent",
                    town.alerts().getFirst().family() + " "
                            + town.alerts().getFirst().tier());
        }
    }

    @Test
    void aFalseAlarmIsLearntFromOnce() throws SQLException {
        try (var town = new Town(seoul(DAY, 11, 5))) {
            int resident = settled(town);
            town.runAt(seoul(DAY, 14, 30));
            town.update("""
                    update alert set state = 'resolved', outcome = 'false-alarm', resolved_at = now()
                     where resident_no = ?""", resident);
            town.runAt(seoul(DAY, 14, 31));
            assertEquals(1, town.number("select count(*) from alert where learnt_at is not null"));
            Instant learntAt = seoul(DAY, 14, 31);
            town.runAt(learntAt.plusSeconds(60));

            assertEquals(1, town.number("select count(*) from alert where learnt_at is not null"));
        }
    }

    @Test
    void fromADrillNothingIsLearnt() throws SQLException {
        try (var town = new Town(seoul(DAY, 11, 5))) {
            int resident = settled(town);
            town.runAt(seoul(DAY, 14, 30));
            town.update("""
                    update alert set state = 'resolved', outcome = 'false-alarm', resolved_at = now(), drill = true
                     where resident_no = ?""", resident);
            town.runAt(seoul(DAY, 14, 31));

            assertEquals(1, town.number("select count(*) from alert where outcome = 'false-alarm'"));
            assertEquals(0, town.number("select count(*) from alert where learnt_at is not null"));
        }
    }

    @Test
    void aWishToLearnAnewIsFulfilledWhenTheNewStateIsKept() throws SQLException {
        try (var town = new Town(seoul(DAY, 11, 5))) {
            town.follow = Town.followKeepingStatesWithin(Duration.ofMinutes(5));
            int resident = settled(town);
            town.update("""
                    insert into relearning (resident_no, asked_by, reason) values (?, 'minji', 'moved house')""", resident);
            town.runAt(seoul(DAY, 12, 0));
            town.runAt(seoul(DAY, 12, 6));

            assertEquals(1, town.number("select count(*) from relearning where done_at is not null"));
        }
    }

    /// A life like clockwork, last seen at 11:00; the device goes on all day.
    private static int settled(Town town) throws SQLException {
        int resident = town.addResident();
        town.clockwork(resident, seoul(1, 0, 0), seoul(DAY, 11, 5), null);
        town.runAt(seoul(DAY, 11, 5));
        town.heartbeats(resident, seoul(DAY, 11, 10), seoul(DAY, 19, 0));
        return resident;
    }

    private static List<String> families(Town town) throws SQLException {
        return town.alerts().stream().map(Town.Alert::family).toList();
    }
}
