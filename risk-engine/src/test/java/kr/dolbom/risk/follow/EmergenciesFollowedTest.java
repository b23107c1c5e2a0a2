package kr.dolbom.risk.follow;

import static kr.dolbom.risk.follow.Town.seoul;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import kr.dolbom.risk.emergency.EmergencyLane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Calls for help, by the lane of their own and by the feed; on a real database, by a clock that is set.
@Timeout(60)
class EmergenciesFollowedTest {
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
}
