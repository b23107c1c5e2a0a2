package kr.dolbom.risk.follow;

import static kr.dolbom.risk.follow.Town.seoul;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What happens in homes, and which alerts come of it; on a real database, by a clock that is set.
@Timeout(60)
class FollowerTest {
    /// A day on which the residents of these tests have been known for 30 days.
    private static final int DAY = 31;

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
