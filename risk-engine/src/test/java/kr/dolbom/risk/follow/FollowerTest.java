package kr.dolbom.risk.follow;

import static kr.dolbom.risk.follow.Town.seoul;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import kr.dolbom.risk.emergency.EmergencyLane;
import kr.dolbom.risk.feed.DatabaseFeed;
import kr.dolbom.risk.feed.TelemetryFeed;
import kr.dolbom.risk.watch.WatchSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// What happens in homes, and which alerts come of it; on a real database, by a clock that is set.
@Timeout(60)
class FollowerTest {
    /// A day on which the residents of these tests have been known for 30 days.
    private static final int DAY = 31;

    @Test
    void anSosIsOneCriticalAlertThoughNotifiedTwiceAndMetAgainByTheFeed() throws SQLException {
        Instant now = seoul(DAY, 2, 10);
        try (var town = new Town(now)) {
            int resident = town.addResident();
            town.engine();
            try (EmergencyLane lane =
                    EmergencyLane.open(town.database.connection(), Town.READER, Town.WATCH.pastAfter())) {
                UUID message = town.sos(resident, now, now.plusSeconds(1));
                String notice = "%d,%s,%s".formatted(1, message, now);
                town.update(
                        "select pg_notify('dolbom_emergency', ?), pg_notify('dolbom_emergency', ?)",
                        notice,
                        notice + "1");
                town.update("select pg_notify('dolbom_emergency', ?)", notice);
                lane.serve(Duration.ofSeconds(5));
                assertEquals(1, town.alerts().size(), "raised before the feed has come to it");
            }
            town.runAt(now.plusSeconds(2));

            Town.Alert alert = town.alerts().getFirst();
            assertEquals(1, town.alerts().size());
            assertEquals("emergency critical raised", alert.family() + " " + alert.tier() + " " + alert.state());
            assertEquals("02시 10분에 '살려줘'라고 말씀하셨습니다.", alert.ko());
            assertEquals("Said '살려줘' at 02:10.", alert.en());
            assertEquals(1, town.number("select count(*) from finding where alert_id = ?", alert.id()));
            assertEquals(
                    1,
                    town.number("select count(*) from alert_event where alert_id = ? and type = 'raised'", alert.id()));
        }
    }

    @Test
    void twoCallsInOneEpisodeAreOneAlertWithTwoFindingsAndTheSecondIsTold() throws SQLException {
        Instant now = seoul(DAY, 2, 10);
        try (var town = new Town(now);
                Connection ear = town.database.dataSource().getConnection()) {
            int resident = town.addResident();
            town.sos(resident, now, now);
            town.runAt(now);
            UUID alert = town.alerts().getFirst().id();
            assertEquals(0, town.number("select count(*) from alert_event where type = 'again'"));
            Town.update(ear, "listen dolbom_alert");
            town.sos(resident, now.plusSeconds(60), now.plusSeconds(60));
            // The lane is the first to come to the second call, the feed finds it done.
            EmergencyLane.open(town.database.connection(), Town.READER, Town.WATCH.pastAfter())
                    .close();
            town.runAt(now.plusSeconds(60));
            town.stopEngine();
            town.runAt(now.plusSeconds(61));

            assertEquals(1, town.alerts().size());
            assertEquals(2, town.number("select count(*) from finding where alert_id = ?", alert));
            assertEquals(1, town.number("""
                    select count(*) from alert_event
                    where alert_id = ? and type = 'again' and actor = 'platform' and detail = '{}'""", alert));
            assertEquals(2, town.number("select count(*) from alert_event"), "raised and again, each once");
            PGNotification[] told = ear.unwrap(PGConnection.class).getNotifications(5_000);
            assertEquals(
                    List.of(alert.toString()),
                    Stream.of(told).map(PGNotification::getParameter).toList());
        }
    }

    @Test
    void anSosThatArrivesLateIsForReviewAndTakesInNoCallThatComesNow() throws SQLException {
        Instant now = seoul(DAY, 5, 10);
        try (var town = new Town(now)) {
            int resident = town.addResident();
            town.sos(resident, seoul(DAY, 2, 10), now);
            EmergencyLane.open(town.database.connection(), Town.READER, Town.WATCH.pastAfter())
                    .close();
            town.runAt(now);
            Town.Alert late = town.alerts().getFirst();
            assertEquals(1, town.alerts().size());
            assertEquals("late-emergency review raised", late.family() + " " + late.tier() + " " + late.state());
            assertEquals("02시 10분에 '살려줘'라고 말씀하셨습니다(3시간 늦게 도착).", late.ko());
            assertEquals("Said '살려줘' at 02:10 (arrived 3 h late).", late.en());

            town.sos(resident, now.plusSeconds(60), now.plusSeconds(60));
            town.runAt(now.plusSeconds(60));
            assertEquals(
                    List.of("emergency critical raised", "late-emergency review raised"),
                    town.alerts().stream()
                            .map(alert -> alert.family() + " " + alert.tier() + " " + alert.state())
                            .sorted()
                            .toList());
            assertEquals(0, town.number("select count(*) from alert_event where type = 'again'"));
        }
    }

    @Test
    void anSosThatWaitedInTheFeedWhileNoLaneWasOpenIsRaisedWhenOneOpens() throws SQLException {
        Instant now = seoul(DAY, 2, 10);
        try (var town = new Town(now)) {
            town.sos(town.addResident(), now, now);
            EmergencyLane.open(town.database.connection(), Town.READER, Town.WATCH.pastAfter())
                    .close();

            assertEquals(1, town.alerts().size());
        }
    }

    @Test
    void aBackfillOfThirtyDaysRaisesNothingButTheLastWeeksCallForReview() throws SQLException {
        Instant now = seoul(DAY, 12, 0);
        try (var town = new Town(now)) {
            int resident = town.addResident();
            town.connect(resident, true, now);
            town.engine();
            for (int day = 1; day < DAY; day++) {
                // Day 10 passes without a sign, days 20 and 28 have a call for help.
                if (day == 10) {
                    town.heartbeats(resident, seoul(day, 0, 0), seoul(day, 23, 50));
                } else {
                    town.clockwork(resident, seoul(day, 0, 0), seoul(day + 1, 0, 0), now);
                }
                if (day == 20 || day == 28) {
                    town.sos(resident, seoul(day, 15, 3), now);
                }
                town.runAt(now.plusSeconds(day * 11L)); // each time long after the home has settled
            }
            town.clockwork(resident, seoul(DAY, 0, 0), now, now);
            town.runAt(now.plusSeconds(600));

            assertEquals(
                    List.of("late-emergency review"),
                    town.alerts().stream()
                            .map(alert -> alert.family() + " " + alert.tier())
                            .toList());
            assertEquals(1, town.number("select count(*) from finding where alert_id is null"));
            assertEquals(2, town.number("select count(*) from finding where family = 'late-emergency'"));
            assertEquals(
                    0,
                    town.number("select count(*) from risk_score where at < ?", now),
                    "scores for now and none for the past");
        }
    }

    @Test
    void afterABackfillWhatIsStillSoNowIsRaisedOnceTheHomeHasSettled() throws SQLException {
        Instant now = seoul(DAY, 17, 0);
        try (var town = new Town(now)) {
            int silent = town.addResident();
            int unheard = town.addResident();
            town.connect(silent, true, now);
            town.connect(unheard, false, now);
            town.clockwork(silent, seoul(1, 0, 0), seoul(DAY, 11, 5), now);
            town.clockwork(unheard, seoul(1, 0, 0), seoul(DAY, 11, 5), now);
            town.heartbeats(silent, seoul(DAY, 11, 10), now);
            town.runAt(now.plusSeconds(9));
            assertEquals(List.of(), town.alerts());
            town.runAt(now.plusSeconds(10));

            assertEquals(
                    List.of("device review " + unheard, "silence urgent " + silent),
                    town.alerts().stream()
                            .map(alert -> alert.family() + " " + alert.tier() + " " + alert.residentNo())
                            .sorted()
                            .toList());
        }
    }

    @Test
    void aSilenceIsFirstAQuestionAndPastTheDeadlineTheSameAlertIsUrgentInTheResidentsOwnNumbers() throws SQLException {
        try (var town = new Town(seoul(DAY, 11, 5))) {
            int resident = town.addResident();
            town.clockwork(resident, seoul(1, 0, 0), seoul(DAY, 11, 5), null);
            town.runAt(seoul(DAY, 11, 5));
            town.heartbeats(resident, seoul(DAY, 11, 10), seoul(DAY, 17, 0));
            town.runAt(seoul(DAY, 13, 59));
            assertEquals(List.of(), town.alerts(), "not before the floor of 3 h after 11:00");
            town.runAt(seoul(DAY, 14, 59));
            assertEquals(
                    List.of("silence check-in"),
                    town.alerts().stream()
                            .map(alert -> alert.family() + " " + alert.tier())
                            .toList());
            town.runAt(seoul(DAY, 15, 0));
            town.runAt(seoul(DAY, 16, 0));

            Town.Alert alert = town.alerts().getFirst();
            assertEquals(1, town.alerts().size());
            assertEquals("silence urgent raised", alert.family() + " " + alert.tier() + " " + alert.state());
            assertEquals(1, town.number("select count(*) from alert_event where type = 'tier-raised'"));
            assertEquals("11시에 거실에서 확인된 뒤, 보통 20분 안에 다시 확인되시는데 지금 4시간째 움직임이 없습니다(최근 30일 중 처음).", alert.ko());
            assertEquals(
                    "Last seen in the lounge at 11:00; at this hour usually seen again within 20 min, now it is 4 h"
                            + " (first time in 30 days).",
                    alert.en());
        }
    }

    @Test
    void whenTheResidentIsSeenAgainAnUntouchedAlertIsRetractedAndATouchedOneStays() throws SQLException {
        try (var town = new Town(seoul(DAY, 15, 0))) {
            int untouched = town.addResident();
            int touched = town.addResident();
            for (int resident : List.of(untouched, touched)) {
                town.clockwork(resident, seoul(1, 0, 0), seoul(DAY, 11, 5), null);
                town.heartbeats(resident, seoul(DAY, 11, 10), seoul(DAY, 15, 0));
            }
            town.runAt(seoul(DAY, 15, 1));
            assertEquals(2, town.alerts().size());
            town.update("update alert set state = 'checking-in' where resident_no = ?", touched);
            town.motion(untouched, seoul(DAY, 15, 5), "kitchen");
            town.motion(touched, seoul(DAY, 15, 5), "kitchen");
            town.runAt(seoul(DAY, 15, 5));

            assertEquals(1, town.number("""
                    select count(*) from alert where resident_no = ? and state = 'resolved' and outcome = 'retracted'""", untouched));
            assertEquals(
                    1,
                    town.number("select count(*) from alert where resident_no = ? and state = 'checking-in'", touched));
            assertEquals(1, town.number("select count(*) from alert_event where type = 'retracted'"));
        }
    }

    @Test
    void aSignThatArrivesLateTakesBackTheAlertThatItDisproves() throws SQLException {
        try (var town = new Town(seoul(DAY, 15, 0))) {
            int resident = town.addResident();
            town.clockwork(resident, seoul(1, 0, 0), seoul(DAY, 11, 5), null);
            town.heartbeats(resident, seoul(DAY, 11, 10), seoul(DAY, 15, 0));
            town.runAt(seoul(DAY, 15, 1));
            assertEquals("raised", town.alerts().getFirst().state());
            town.send(resident, 1, seoul(DAY, 13, 0), seoul(DAY, 15, 2), Town.motionData("kitchen"));
            town.runAt(seoul(DAY, 15, 3));

            assertEquals(
                    "resolved retracted",
                    town.alerts().getFirst().state() + " "
                            + town.alerts().getFirst().outcome());
            assertEquals(1, town.alerts().size());
        }
    }

    @Test
    void aDeadDeviceIsADeviceAlertAndNeverSilence() throws SQLException {
        try (var town = new Town(seoul(DAY, 9, 30))) {
            int resident = town.addResident();
            town.clockwork(resident, seoul(1, 0, 0), seoul(DAY, 9, 10), null);
            town.connect(resident, false, seoul(DAY, 9, 10));
            town.runAt(seoul(DAY, 9, 30));
            assertEquals(List.of(), town.alerts());
            town.runAt(seoul(DAY, 9, 41));
            town.runAt(seoul(DAY + 2, 9, 41));

            Town.Alert alert = town.alerts().getFirst();
            assertEquals(1, town.alerts().size());
            assertEquals("device review raised", alert.family() + " " + alert.tier() + " " + alert.state());
            assertEquals("로봇 전원이 꺼졌거나 연결이 끊겨 09시 10분부터 상태를 볼 수 없습니다. 어르신 이상은 아닐 수 있습니다.", alert.ko());
            assertEquals(
                    "device-silent".length(),
                    town.number("select length(visibility) from risk_score order by at desc limit 1"));

            town.heartbeats(resident, seoul(DAY + 2, 9, 50), seoul(DAY + 2, 9, 50));
            town.runAt(seoul(DAY + 2, 9, 50));
            assertEquals("retracted", town.alerts().getFirst().outcome());
            assertEquals(1, town.alerts().size(), "what nobody could watch is no silence");
        }
    }

    @Test
    void aConnectionAloneKeepsADeviceAliveForTwoHours() throws SQLException {
        try (var town = new Town(seoul(DAY, 9, 10))) {
            int resident = town.addResident();
            town.clockwork(resident, seoul(1, 0, 0), seoul(DAY, 9, 10), null);
            town.connect(resident, true, seoul(1, 0, 0));
            for (int minute = 0; minute < 120; minute += 10) {
                town.runAt(seoul(DAY, 9, 10).plus(Duration.ofMinutes(minute)));
            }
            assertEquals(List.of(), town.alerts());
            town.runAt(seoul(DAY, 12, 0));

            assertEquals("device", town.alerts().getFirst().family());
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
    void aTransactionThatCommitsLateIsNotSkipped() throws SQLException {
        Instant now = seoul(DAY, 2, 10);
        try (var town = new Town(now);
                Connection slow = town.database.dataSource().getConnection()) {
            int first = town.addResident();
            int second = town.addResident();
            town.heartbeats(first, now, now); // makes the chunk, which the slow transaction would else lock
            town.engine().catchUp();
            slow.setAutoCommit(false);
            Town.send(slow, first, 6, now, now, "{'trigger':'sos-button'}");
            town.sos(second, now, now);
            town.runAt(now);
            assertEquals(List.of(), town.alerts(), "the later transaction waits for the earlier one");
            slow.commit();
            town.runAt(now.plusSeconds(1));

            assertEquals(
                    List.of(first, second),
                    town.alerts().stream().map(Town.Alert::residentNo).sorted().toList());
        }
    }

    @Test
    void nobodyIsCalledSilentWhileTelemetryIsHeldBack() throws SQLException {
        try (var town = new Town(seoul(DAY, 15, 0));
                Connection stuck = town.database.dataSource().getConnection()) {
            int resident = town.addResident();
            town.clockwork(resident, seoul(1, 0, 0), seoul(DAY, 11, 5), null);
            town.heartbeats(resident, seoul(DAY, 11, 10), seoul(DAY, 15, 0));
            town.runAt(seoul(DAY, 13, 50));
            stuck.setAutoCommit(false);
            Town.update(stuck, "insert into presence_event values (1, now(), true, 'stuck')");
            town.motion(resident, seoul(DAY, 13, 55), "kitchen");
            town.runAt(seoul(DAY, 15, 1));
            assertEquals(List.of(), town.alerts());
            stuck.commit();
            town.runAt(seoul(DAY, 15, 2));

            assertEquals(List.of(), town.alerts());
        }
    }

    @Test
    void aRowThatNobodyUnderstandsOrOfAnImpossibleTimeHindersNoOther() throws SQLException {
        Instant now = seoul(DAY, 2, 10);
        try (var town = new Town(now)) {
            int resident = town.addResident();
            town.send(resident, 99, now, "{}");
            town.send(resident, 1, now, "{'windowSeconds':'many'}");
            town.send(resident, 6, now, "[]");
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
    void theHistoryAndTheFeedTogetherGiveEachMessageOnce() throws SQLException {
        try (var town = new Town(seoul(2, 0, 0))) {
            int resident = town.addResident();
            town.clockwork(resident, seoul(1, 0, 0), seoul(1, 12, 0), null);
            town.runAt(seoul(1, 12, 0));
            town.clockwork(resident, seoul(1, 12, 0), seoul(2, 0, 0), null);
            Set<UUID> history = new HashSet<>();
            Set<UUID> feed = new HashSet<>();
            try (TelemetryFeed again = town.openFeed()) {
                again.replay(seoul(1, 0, 0), Set.of(), (_, row) -> assertTrue(history.add(row.messageId())));
                again.read().rows().forEach(row -> assertTrue(feed.add(row.messageId())));
            }

            assertTrue(Collections.disjoint(history, feed));
            assertEquals(
                    town.number("select count(*) from telemetry where at < ?", seoul(1, 12, 0)), history.size() - 1L);
            assertEquals(town.number("select count(*) from telemetry"), history.size() + feed.size());
        }
    }

    @Test
    void aBatchNeverSplitsATransaction() throws SQLException {
        Instant now = seoul(DAY, 2, 10);
        try (var town = new Town(now);
                var feed = DatabaseFeed.open(town.database.connection(), "another", 3)) {
            int resident = town.addResident();
            town.heartbeats(resident, seoul(1, 0, 0), seoul(1, 1, 0)); // 7 rows in one transaction
            town.heartbeats(resident, seoul(2, 0, 0), seoul(2, 0, 0));
            var first = feed.read();
            assertEquals(7, first.rows().size());
            assertTrue(!first.isLast());
            feed.commit(first, connection -> {});
            var second = feed.read();

            assertEquals(1, second.rows().size());
            assertTrue(second.isLast());
        }
    }

    @Test
    void theScoreIsWrittenWhenItChangedAndNotForEveryMessage() throws SQLException {
        try (var town = new Town(seoul(DAY, 11, 5))) {
            int resident = town.addResident();
            town.clockwork(resident, seoul(1, 0, 0), seoul(DAY, 11, 5), null);
            town.runAt(seoul(DAY, 11, 5));
            for (int minute = 0; minute <= 240; minute += 10) {
                town.heartbeats(
                        resident,
                        seoul(DAY, 11, 10).plus(Duration.ofMinutes(minute)),
                        seoul(DAY, 11, 10).plus(Duration.ofMinutes(minute)));
                town.runAt(seoul(DAY, 11, 10).plus(Duration.ofMinutes(minute)));
            }

            long rows = town.number("select count(*) from risk_score");
            assertTrue(rows > 5 && rows < 20, rows + " rows for 25 messages");
            assertEquals(0, town.number("""
                    select count(*) from (select score - lag(score) over (order by at) as step from risk_score) as steps
                    where step < 5"""));
            assertTrue(town.number("select max(score) from risk_score") >= 75, "past the deadline");
        }
    }
}
