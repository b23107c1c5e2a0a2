package kr.dolbom.risk.follow;

import static kr.dolbom.risk.follow.Town.seoul;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import kr.dolbom.risk.watch.WatchSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What no device should send, and some do: it is told, and all else goes on.
@Timeout(60)
class BadInputFollowedTest {
    /// A day on which the residents of these tests have been known for 30 days.
    private static final int DAY = 31;

    @Test
    void aRowThatNobodyUnderstandsOrOfAnImpossibleTimeHindersNoOther() throws SQLException {
        Instant now = seoul(DAY, 2, 10);
        try (var town = new Town(now)) {
            int resident = town.addResident();
            town.send(resident, 99, now, "{}");
            town.send(resident, 1, now, "{'windowSeconds':'many'}");
            town.send(resident, 6, now, "[]");
            town.motion(resident, now, "sauna"); // no room of the contract
            town.update("update telemetry set resident_no = 4711 where kind = 99");
            town.send(resident, 4, now, "{'state':'birth','firmware':'1','contract':'1.0'}");
            town.update("""
                    insert into telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data)
                    select impossible.at, received_at, seq, device_no, resident_no, kind, gen_random_uuid(), data
                    from telemetry cross join (values (timestamptz '1900-01-01Z'), ('9999-01-01Z')) impossible (at)
                    where kind = 4""");
            UUID unbound = town.send(resident, 4, now, "{'state':'birth','firmware':'1','contract':'1.0'}");
            town.update("update telemetry set resident_no = null where message_id = ?", unbound);
            UUID nobodys = town.send(resident, 4, now, "{'state':'birth','firmware':'1','contract':'1.0'}");
            town.update("update telemetry set resident_no = 4711 where message_id = ?", nobodys);
            town.sos(resident, now, now);
            town.runAt(now);

            assertEquals(1, town.alerts().size());
            assertEquals(0, town.number("""
                    select count(*) from telemetry where txid > (select txid from feed_position where reader = ?)""", Town.READER));
        }
    }

    @Test
    void aResidentWhoCannotBeJudgedHindersNoOtherAndIsLookedAtAgainInAMinute() throws SQLException {
        Instant now = seoul(DAY, 10, 0);
        try (var town = new Town(now)) {
            int failing = town.addResident();
            int other = town.addResident();
            town.connect(failing, true, seoul(DAY, 8, 0));
            town.connect(other, false, seoul(DAY, 9, 0));
            town.heartbeats(failing, seoul(DAY, 9, 0), seoul(DAY, 9, 0));
            town.heartbeats(other, seoul(DAY, 9, 0), seoul(DAY, 9, 0));
            // A trust that no calendar has room for fails for whoever is connected, and for nobody else.
            town.start(
                    town.openFeed(),
                    new WatchSettings(
                            Town.WATCH.deviceSilentAfter(),
                            Duration.ofSeconds(Long.MAX_VALUE),
                            Town.WATCH.pastAfter(),
                            Town.WATCH.settle()));
            town.runAt(now);
            assertEquals(
                    List.of(other),
                    town.alerts().stream().map(Town.Alert::residentNo).toList());

            town.connect(failing, false, now);
            town.runAt(now.plusSeconds(59));
            assertEquals(1, town.alerts().size());
            town.runAt(now.plusSeconds(60));
            assertEquals(
                    List.of(failing, other),
                    town.alerts().stream().map(Town.Alert::residentNo).sorted().toList());
        }
    }

    @Test
    void ofTwoDevicesThatDisagreeTheHomeIsHeardAndTheLatestWordCounts() throws SQLException {
        try (var town = new Town(seoul(DAY, 11, 5))) {
            int resident = town.addResident();
            town.clockwork(resident, seoul(1, 0, 0), seoul(DAY, 11, 5), null);
            town.runAt(seoul(DAY, 11, 5));
            town.update("""
                    insert into device (device_id, resident_no, vendor, model) values ('speaker', ?, 'w', 'm')""", resident);
            // The robot is dead; the speaker says that nobody is there, and then hears somebody.
            send(town, "speaker", 8, seoul(DAY, 11, 10), "{'state':'going-out'}");
            send(town, "speaker", 1, seoul(DAY, 11, 30), Town.motionData("kitchen"));
            for (int minute = 40; minute <= 220; minute += 20) {
                send(
                        town,
                        "speaker",
                        4,
                        seoul(DAY, 11, 0).plusSeconds(60L * minute),
                        "{'state':'heartbeat','firmware':'1','contract':'1.0'}");
            }
            town.runAt(seoul(DAY, 14, 25));
            assertEquals(
                    List.of(), town.alerts(), "the home is heard, and the robot's silence is none of the resident");
            assertEquals(1, town.number("""
                    select count(*) from (select visibility from risk_score order by at desc limit 1) as s
                    where visibility = 'home'"""));
            town.runAt(seoul(DAY, 14, 45));

            assertEquals(
                    List.of("silence"),
                    town.alerts().stream().map(Town.Alert::family).toList());
        }
    }

    @Test
    void aClockThatJumpsIsToldAndMakesNobodySilentOrSeen() throws SQLException {
        try (var town = new Town(seoul(DAY, 11, 5))) {
            int resident = town.addResident();
            town.clockwork(resident, seoul(1, 0, 0), seoul(DAY, 11, 5), null);
            town.runAt(seoul(DAY, 11, 5));
            // A day ahead, a year back, and right again.
            town.send(resident, 1, seoul(DAY + 1, 11, 20), seoul(DAY, 11, 20), Town.motionData("lounge"));
            town.send(resident, 1, seoul(DAY - 30, 11, 20), seoul(DAY, 11, 40), Town.motionData("lounge"));
            town.send(
                    resident,
                    4,
                    seoul(DAY + 1, 11, 50),
                    seoul(DAY, 11, 50),
                    "{'state':'heartbeat','firmware':'1','contract':'1.0'}");
            town.heartbeats(resident, seoul(DAY, 12, 0), seoul(DAY, 16, 0));
            town.runAt(seoul(DAY, 12, 1));
            town.runAt(seoul(DAY, 14, 10));
            assertEquals(0, town.number("select count(*) from alert where family = 'silence'"), "seen at 11:20");
            town.runAt(seoul(DAY, 15, 21));

            assertEquals(
                    List.of("silence urgent"),
                    town.alerts().stream()
                            .filter(alert -> alert.family().equals("silence"))
                            .map(alert -> alert.family() + " " + alert.tier())
                            .toList());
        }
    }

    private static void send(Town town, String device, int kind, Instant at, String data) throws SQLException {
        town.update("""
                insert into telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data)
                select ?, ?, 1, device_no, resident_no, ?, gen_random_uuid(), convert_to(?, 'UTF8')
                from device where device_id = ?""", at, at, kind, data.replace('\'', '"'), device);
    }
}
