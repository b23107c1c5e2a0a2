package kr.dolbom.risk.family.devicehealth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Sensor;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.contract.telemetry.Status.Health;
import kr.dolbom.contract.telemetry.Status.SensorHealth;
import kr.dolbom.risk.family.fact.Detector;
import kr.dolbom.risk.family.fact.Fact;
import kr.dolbom.risk.family.fact.Look;
import kr.dolbom.risk.family.fact.Verdict;
import kr.dolbom.risk.family.measure.Day;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeviceHealthTest {
    private static final long NOW = 100 * 86_400L;

    private final DeviceHealth health = new DeviceHealth();

    @Test
    void aFallingBatteryTellsHowLongItLasts() {
        for (int hour = 0; hour < 6; hour++) {
            report(1, NOW + hour * 3600L, 40 - 4L * hour, false, List.of(), null, 0);
        }
        List<Verdict> said = judge(NOW + 5 * 3600L);

        assertEquals(
                List.of("로봇 배터리가 20 % 남았고 전원이 연결되어 있지 않습니다. 5시간쯤 뒤에 꺼질 수 있습니다."),
                said.stream().map(v -> v.reason().ko()).toList());
    }

    @Test
    void onMainsALowBatteryIsCharging() {
        report(1, NOW, 8L, true, List.of(), null, 0);

        assertEquals(List.of(), judge(NOW));
    }

    @Test
    void theOtherDeviceOfTheHomeDoesNotHideTheWeakOne() {
        report(1, NOW, 12L, false, List.of(), null, 0);
        report(2, NOW + 60, 90L, false, List.of(), null, 0);

        assertEquals(1, judge(NOW + 60).size());
    }

    @Test
    void aSensorThatTheDeviceCallsStuckIsToldUntilItSaysOtherwise() {
        report(1, NOW, null, true, List.of(new SensorHealth(Sensor.MOTION, Room.LOUNGE, Health.STUCK)), null, 0);
        report(2, NOW + 60, null, true, List.of(), null, 0);
        assertEquals(
                "거실 감지기가 고장 난 것 같다고 로봇이 알려 왔습니다.",
                judge(NOW + 60).getFirst().reason().ko());

        report(1, NOW + 120, null, true, List.of(new SensorHealth(Sensor.MOTION, Room.LOUNGE, Health.OK)), null, 0);

        assertEquals(List.of(), judge(NOW + 120));
    }

    @Test
    void aRoomThatFallsSilentWhileOthersSpeakIsTold() {
        days(0, 20, Room.KITCHEN, Room.LOUNGE);
        days(20, 21, Room.LOUNGE);
        assertEquals(List.of(), judge(Day.startOf(21)), "one day says little");

        days(21, 23, Room.LOUNGE);

        Verdict verdict = judge(Day.startOf(23)).getFirst();
        assertEquals(
                "부엌 감지기가 3일째 조용합니다(평소 하루 3시간 30분 동안 반응). 다른 곳에서는 움직임이 있습니다.",
                verdict.reason().ko());
        assertTrue(verdict.tail() < 0.001);
    }

    @Test
    void aHomeThatIsSilentAltogetherHasNoBrokenSensor() {
        days(0, 20, Room.KITCHEN, Room.LOUNGE);
        for (int day = 20; day < 24; day++) {
            var away = new Day();
            away.begin(day);
            health.dayEnds(away);
        }

        assertEquals(List.of(), judge(Day.startOf(24)));
    }

    @Test
    void aSensorThatIsNeverStillIsTold() {
        boolean isNews = false;
        for (int bin = 0; bin < 120; bin++) {
            isNews |= health.observe(new Fact.Seen(NOW + bin * 600L, Room.LOUNGE, 1), NOW + bin * 600L);
        }

        assertTrue(isNews);
        assertEquals(
                "거실 감지기가 20시간째 쉬지 않고 반응합니다. 감지기 고장일 수 있습니다.",
                judge(NOW + 119 * 600L).getFirst().reason().ko());
        assertEquals(NOW, health.unseeableSince(NOW + 119 * 600L), "and whether it is silent nobody can tell");
        assertEquals(Detector.NEVER, health.unseeableSince(NOW + 122 * 600L));
    }

    @Test
    void whileBrokenSensorsGiveMostOfTheSignsNobodyCanBeSeen() {
        var lounge = new SensorHealth(Sensor.MOTION, Room.LOUNGE, Status.Health.LOST);
        var kitchen = new SensorHealth(Sensor.MOTION, Room.KITCHEN, Status.Health.LOST);
        var bedroom = new SensorHealth(Sensor.MOTION, Room.BEDROOM, Status.Health.OK);
        report(1, NOW, null, true, List.of(lounge, bedroom), null, 0);
        assertEquals(Detector.NEVER, health.unseeableSince(NOW), "one of two, of whose use nothing is known");
        report(1, NOW + 60, null, true, List.of(lounge, kitchen, bedroom), null, 0);
        report(1, NOW + 120, null, true, List.of(lounge, kitchen, bedroom), null, 0);
        assertEquals(NOW + 60, health.unseeableSince(NOW + 120));
        report(2, NOW + 180, null, true, List.of(bedroom), null, 0);
        assertEquals(NOW + 60, health.unseeableSince(NOW + 180), "another device says nothing of these");
        report(1, NOW + 240, null, true, List.of(bedroom), null, 0);
        assertEquals(Detector.NEVER, health.unseeableSince(NOW + 240));
    }

    @Test
    void aWrongClockIsToldByItsOwnEstimateAndByItsReceipt() {
        report(1, NOW, null, true, List.of(), 3_720_000L, 0);
        assertEquals(
                "로봇 시계가 1시간 2분 틀려, 기록된 시각이 맞지 않을 수 있습니다.",
                judge(NOW).getFirst().reason().ko());

        report(1, NOW + 60, null, true, List.of(), 500L, 0);
        assertEquals(List.of(), judge(NOW + 60));

        report(1, NOW + 120, null, true, List.of(), null, 300);
        assertEquals(1, judge(NOW + 120).size());
    }

    private void days(int from, int to, Room... rooms) {
        for (int number = from; number < to; number++) {
            var day = new Day();
            day.begin(number);
            for (Room room : rooms) {
                for (int bin = 0; bin < Day.BINS; bin += 7) {
                    long at = Day.startOf(number) + bin * 600L;
                    health.observe(new Fact.Seen(at, room, 1), at);
                    day.seen(at, 1);
                }
            }
            health.dayEnds(day);
        }
    }

    private void report(
            int deviceNo,
            long at,
            @Nullable Long battery,
            boolean onMains,
            List<SensorHealth> sensors,
            @Nullable Long clockErrorMillis,
            long ahead) {
        var status =
                new Status(Status.State.HEARTBEAT, "1.0", "1.0", battery, onMains, null, sensors, clockErrorMillis);
        health.observe(new Fact.DeviceReport(at, deviceNo, status, ahead), at);
    }

    private List<Verdict> judge(long at) {
        List<Verdict> said = new ArrayList<>();
        health.judge(Look.at(Instant.ofEpochSecond(at), ZoneOffset.UTC), said);
        return said;
    }
}
