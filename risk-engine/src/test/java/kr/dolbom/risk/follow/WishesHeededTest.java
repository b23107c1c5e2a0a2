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
    void whoIsAwayIsNotCalledSilentAndTheTimeAwayIsNoSilenceAfterIt() throws SQLException {
        try (var town = new Town(seoul(DAY, 11, 5))) {
            int resident = settled(town);
            town.update("""
                    insert into resident_mode (resident_no, mode, begins_at, ends_at, set_by, reason)
                    values (?, 'away', ?, ?, 'minji', 'with her son')""", resident, seoul(DAY, 12, 0), seoul(DAY, 18, 0));
            town.runAt(seoul(DAY, 17, 0));
            assertEquals(List.of(), town.alerts());
            assertEquals(1, town.number("select count(*) from risk_score where visibility = 'away'"));
            town.stopEngine();
            town.runAt(seoul(DAY, 18, 1));
            assertEquals(List.of(), town.alerts(), "an hour before and a minute after are no silence");
            town.heartbeats(resident, seoul(DAY, 19, 10), seoul(DAY, 22, 0));
            town.runAt(seoul(DAY, 21, 30));

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
    void aFalseAlarmIsLearntFromOnceThoughTheEngineDiesBeforeItKeepsWhatItLearnt() throws SQLException {
        Instant now = seoul(DAY, 11, 5);
        try (var town = new Town(now)) {
            int doubted = settled(town);
            int trusted = settled(town);
            town.update("""
                    insert into alert (resident_no, family, tier, reason_ko, reason_en, moment, state, outcome, resolved_at)
                    select ?, 'device-health', 'review', '', '', now(), 'resolved', 'false-alarm', now()
                    from generate_series(1, 2)""", doubted);
            town.runAt(seoul(DAY, 11, 6));
            assertEquals(0, learnt(town), "what was learnt is in memory alone");
            town.stopEngine();
            town.runAt(seoul(DAY, 11, 7));
            town.runAt(seoul(DAY, 11, 13));
            assertEquals(2, learnt(town));
            town.stopEngine();
            for (int resident : List.of(doubted, trusted)) {
                town.send(resident, 4, seoul(DAY, 11, 14), """
                        {'state':'heartbeat','firmware':'1','contract':'1.0','batteryPercent':12,'onMains':false}""");
            }
            town.runAt(seoul(DAY, 11, 15));

            assertEquals(
                    List.of(trusted),
                    town.alerts().stream()
                            .filter(alert -> alert.state().equals("raised"))
                            .map(Town.Alert::residentNo)
                            .toList(),
                    "two false alarms take 1 off the log-odds, which had 0.6 to spare");
        }
    }

    private static long learnt(Town town) throws SQLException {
        return town.number("select count(*) from alert where learnt_at is not null");
    }

    @Test
    void aCheckInWaitsUntilQuietHoursEndAndAnUrgentAlertDoesNot() throws SQLException {
        try (var town = new Town(seoul(DAY, 11, 5))) {
            int late = town.addResident();
            int early = town.addResident();
            for (int resident : List.of(late, early)) {
                town.roundTheClock(resident, seoul(1, 0, 0), seoul(DAY, 23, 5));
                town.heartbeats(resident, seoul(DAY, 23, 10), seoul(DAY + 1, 13, 0));
            }
            town.update("""
                    insert into risk_setting_change (resident_no, name, value, changed_by, reason)
                    values (?, 'quiet.ends', 160, 'minji', 'is up at half past two'),
                           (?, 'quiet.ends', 780, 'minji', 'sleeps until one')""", early, late);
            town.storeInOrderOfTime();
            town.runAt(seoul(DAY + 1, 2, 30));
            assertEquals(List.of(), town.alerts(), "a question would be due since two");
            town.runAt(seoul(DAY + 1, 2, 40));
            assertEquals(List.of("silence check-in " + early), alerts(town));
            town.runAt(seoul(DAY + 1, 12, 30));

            assertEquals(List.of("silence urgent " + late, "silence urgent " + early), alerts(town));
        }
    }

    @Test
    void whoComesBackFromHospitalWasNotSilentMeanwhile() throws SQLException {
        try (var town = new Town(seoul(DAY, 11, 5))) {
            int resident = settled(town);
            town.heartbeats(resident, seoul(DAY, 19, 10), seoul(DAY + 4, 9, 0));
            town.send(resident, 8, seoul(DAY, 11, 20), "{'state':'hospital'}");
            town.runAt(seoul(DAY + 3, 11, 0));
            assertEquals(List.of(), town.alerts());
            town.send(resident, 8, seoul(DAY + 3, 11, 30), "{'state':'returned'}");
            town.runAt(seoul(DAY + 3, 11, 31));
            assertEquals(List.of(), town.alerts());
            town.clockwork(resident, seoul(DAY + 3, 11, 40), seoul(DAY + 3, 13, 5), null);
            town.runAt(seoul(DAY + 3, 13, 5));
            town.runAt(seoul(DAY + 4, 9, 0));

            assertEquals(List.of("silence"), families(town));
        }
    }

    private static List<String> alerts(Town town) throws SQLException {
        return town.alerts().stream()
                .map(alert -> alert.family() + " " + alert.tier() + " " + alert.residentNo())
                .sorted()
                .toList();
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
