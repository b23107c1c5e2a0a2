package kr.dolbom.risk.follow;

import static kr.dolbom.risk.follow.Town.seoul;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the families find, from the stored message to the alert that a person reads; on a real
/// database, by a clock that is set.
@Timeout(60)
class FamiliesFollowedTest {
    private static final int DAY = 31;
    private static final Instant NOON = seoul(DAY, 12, 5);

    @Test
    void eachFamilyRaisesItsOwnAlertAndTwoTogetherAHigherTier() throws SQLException {
        try (var town = new Town(NOON)) {
            int declining = settled(town);
            int forgetful = settled(town);
            int both = settled(town);
            int distressed = settled(town, seoul(DAY, 11, 50));
            int asEver = settled(town);
            halveActivity(town, declining);
            halveActivity(town, both);
            for (int resident : List.of(forgetful, both)) {
                doses(town, resident, "no-answer", 4, 10, 16, 22, 29, 30, 31);
            }
            doses(town, asEver, "no-answer", 4, 10, 16, 22);
            for (int minute = 0; minute <= 45; minute += 15) {
                town.send(
                        distressed,
                        2,
                        seoul(DAY, 11, minute),
                        "{'codes':[{'intent':'distress','confidence':0.95}],'turns':2,'talkSeconds':9}");
            }
            town.storeInOrderOfTime();
            town.runAt(seoul(DAY, 11, 50));
            town.runAt(NOON);

            assertEquals(
                    List.of(
                            "decline review " + declining,
                            "decline review " + both,
                            "distress urgent " + distressed,
                            "medication check-in " + both,
                            "medication review " + forgetful),
                    alerts(town));
            assertSays(
                    town,
                    declining,
                    "15일 동안 활동이 50 % 줄었습니다(평소 하루 47번, 요즘 23번).",
                    "Activity fell by 50 % within 15 days (usually 47 signs a day, now 23).");
            assertSays(
                    town,
                    forgetful,
                    "아침 약을 사흘째 확인하지 못했습니다(평소 87 % 확인).",
                    "The morning dose was not confirmed for 3 days (usually 87 % are).");
            assertSays(
                    town,
                    distressed,
                    "11시 45분에 힘들다는 말씀을 하셨습니다(4번째, 평소 거의 없음).",
                    "Spoke of distress at 11:45 (4 times, usually hardly ever).");
        }
    }

    @Test
    void whoGoesOutByNightAndIsNotBackIsAskedAboutUntilHeComesHome() throws SQLException {
        try (var town = new Town(seoul(DAY, 22, 30))) {
            int resident = town.addResident();
            town.clockwork(resident, seoul(1, 0, 0), seoul(DAY, 22, 30), null);
            town.runAt(seoul(DAY, 22, 30));
            town.send(resident, 8, seoul(DAY, 22, 40), "{'state':'going-out'}");
            town.heartbeats(resident, seoul(DAY, 22, 50), seoul(DAY + 1, 3, 0));
            town.runAt(seoul(DAY, 22, 55));
            assertEquals(List.of(), town.alerts());
            town.runAt(seoul(DAY + 1, 0, 41));
            assertEquals("outing", town.alerts().getFirst().family());
            assertSays(
                    town,
                    resident,
                    "어제 22시 40분에 나가신 뒤 2시간 1분째 돌아오지 않으셨습니다(밤에는 보통 57분 안에 돌아오심).",
                    "Went out at 22:40 yesterday and is not back after 2 h 01 (by night usually back within 57 min).");
            town.send(resident, 8, seoul(DAY + 1, 0, 50), "{'state':'returned'}");
            town.runAt(seoul(DAY + 1, 0, 51));

            assertEquals("retracted", town.alerts().getFirst().outcome());
        }
    }

    @Test
    void aHeatWaveTightensTheWatchInItsDistrictAndWhileItLasts() throws SQLException {
        try (var town = new Town(NOON)) {
            int there = silentSinceEleven(town);
            int elsewhere = silentSinceEleven(town);
            int over = silentSinceEleven(town);
            town.update("update resident set neighbourhood = '주엽동' where resident_no = ?", elsewhere);
            town.update("update resident set neighbourhood = '마두동' where resident_no = ?", over);
            advisory(town, "대화동", seoul(DAY, 12, 0), seoul(DAY, 18, 0));
            advisory(town, "마두동", seoul(DAY, 12, 0), seoul(DAY, 14, 0));
            town.runAt(seoul(DAY, 14, 41));

            assertEquals(
                    List.of("silence check-in " + elsewhere, "silence check-in " + over, "silence urgent " + there),
                    alerts(town));
        }
    }

    private static int settled(Town town) throws SQLException {
        return settled(town, NOON);
    }

    private static int settled(Town town, Instant until) throws SQLException {
        int resident = town.addResident();
        town.clockwork(resident, seoul(1, 0, 0), until, null);
        return resident;
    }

    private static int silentSinceEleven(Town town) throws SQLException {
        int resident = town.addResident();
        town.clockwork(resident, seoul(1, 0, 0), seoul(DAY, 11, 5), null);
        town.heartbeats(resident, seoul(DAY, 11, 10), seoul(DAY, 16, 0));
        return resident;
    }

    /// From day 16 on every other sign is missing.
    private static void halveActivity(Town town, int resident) throws SQLException {
        town.update("""
                delete from telemetry
                where resident_no = ? and kind = 1 and at >= ? and extract(epoch from at)::bigint / 1200 % 2 = 0""", resident, seoul(16, 12, 0));
    }

    /// The morning's dose, taken on all days but these.
    private static void doses(Town town, int resident, String otherwise, Integer... days) throws SQLException {
        for (int day = 1; day <= DAY; day++) {
            String outcome = List.of(days).contains(day) ? otherwise : "taken";
            town.send(resident, 5, seoul(day, 8, 0), "{'slot':'morning','outcome':'%s'}".formatted(outcome));
        }
    }

    private static void advisory(Town town, String neighbourhood, Instant from, Instant to) throws SQLException {
        town.update("""
                insert into weather_advisory (kind, office_no, neighbourhood, starts_at, ends_at, source)
                values ('heat-wave', 1, ?, ?, ?, 'KMA')""", neighbourhood, from, to);
    }

    private static void assertSays(Town town, int resident, String ko, String en) throws SQLException {
        Town.Alert alert = town.alerts().stream()
                .filter(one -> one.residentNo() == resident)
                .findFirst()
                .orElseThrow();
        assertEquals(ko + " | " + en, alert.ko() + " | " + alert.en());
    }

    private static List<String> alerts(Town town) throws SQLException {
        return town.alerts().stream()
                .map(alert -> alert.family() + " " + alert.tier() + " " + alert.residentNo())
                .sorted()
                .toList();
    }
}
