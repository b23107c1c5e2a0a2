package kr.dolbom.sim.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.telemetry.Activity;
import kr.dolbom.contract.telemetry.Inactivity;
import kr.dolbom.contract.telemetry.Medication;
import kr.dolbom.contract.telemetry.PresenceReport;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Sensor;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.contract.telemetry.Telemetry;
import kr.dolbom.contract.telemetry.TelemetryKind;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import kr.dolbom.contract.topic.DeviceId;
import kr.dolbom.sim.home.Happening;
import kr.dolbom.sim.home.Profile;
import kr.dolbom.sim.home.Timeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecorderTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final DeviceConfig CONFIG =
            new DeviceConfig(new DeviceId("recorder-1"), DeviceSecret.generate(), DeviceConfig.tcp("127.0.0.1", 1));

    private final List<Recorded> recorded = new ArrayList<>();

    private record Recorded(Instant time, Telemetry data) {}

    @ParameterizedTest
    @EnumSource
    void everythingThatADeviceSaysInAMonthIsTakenByTheContract(Profile profile) {
        Instant from = Instant.parse("2026-03-01T00:00:00Z");
        Instant to = from.plus(Duration.ofDays(30));
        Recorder recorder = recorder(from);
        Timeline.of(profile.rhythm(), 9, SEOUL).between(from, to).forEach(h -> recorder.notice(h, this::record));
        recorder.flush(to, this::record);

        Set<TelemetryKind> kinds = EnumSet.noneOf(TelemetryKind.class);
        Instant before = from;
        for (Recorded each : recorded) {
            OffsetDateTime time = each.time().atZone(SEOUL).toOffsetDateTime();
            TelemetryMessage message = new TelemetryMessage(MessageId.at(each.time()), time, 1, each.data());
            ReadResult<TelemetryMessage> read =
                    Contract.readTelemetry(each.data().kind(), Contract.write(message));
            assertEquals(new ReadResult.Valid<>(message), read);
            assertTrue(!each.time().isBefore(before), "in order of time");
            before = each.time();
            kinds.add(each.data().kind());
        }
        assertTrue(
                kinds.containsAll(EnumSet.of(
                        TelemetryKind.ACTIVITY, TelemetryKind.STATUS, TelemetryKind.VOICE, TelemetryKind.MEDICATION)),
                () -> "kinds are " + kinds);
        assertEquals(30 * 24 * 12, heartbeats().size(), "a heartbeat every five minutes");
    }

    @Test
    void aWindowCountsBySensorAndRoomTheLatestLastAndKeepsTheAge() {
        Recorder recorder = recorder(Instant.parse("2026-03-01T00:00:00Z"));
        notice(recorder, "00:01:00", Room.KITCHEN);
        notice(recorder, "00:02:00", Room.LOUNGE);
        notice(recorder, "00:09:20", Room.KITCHEN);
        recorder.advance(Instant.parse("2026-03-01T00:10:00Z"), this::record);

        Activity activity =
                assertInstanceOf(Activity.class, activities().getFirst().data());
        assertEquals(
                Instant.parse("2026-03-01T00:10:00Z"), activities().getFirst().time());
        assertEquals(600, activity.windowSeconds());
        assertEquals(
                List.of(
                        new Activity.Count(Sensor.MOTION, Room.LOUNGE, 1, 480L),
                        new Activity.Count(Sensor.MOTION, Room.KITCHEN, 2, 40L)),
                activity.counts());
    }

    @Test
    void anEventOnTheBorderBelongsToTheLaterWindow() {
        Recorder recorder = recorder(Instant.parse("2026-03-01T00:00:00Z"));
        notice(recorder, "00:10:00", Room.KITCHEN);
        assertTrue(activities().isEmpty());

        recorder.advance(Instant.parse("2026-03-01T00:20:00Z"), this::record);
        assertEquals(
                Instant.parse("2026-03-01T00:20:00Z"), activities().getFirst().time());
    }

    @Test
    void aWindowThatBeganLateSaysSo() {
        Recorder recorder = recorder(Instant.parse("2026-03-01T00:07:30Z"));
        notice(recorder, "00:08:00", Room.KITCHEN);
        recorder.advance(Instant.parse("2026-03-01T00:10:00Z"), this::record);

        assertEquals(150, ((Activity) activities().getFirst().data()).windowSeconds());
    }

    @Test
    void theNoMotionTimerReportsEightHoursOfSilenceAndAgainAfterEightMore() {
        Recorder recorder = recorder(Instant.parse("2026-03-01T00:00:00Z"));
        notice(recorder, "01:00:00", Room.BEDROOM);
        recorder.advance(Instant.parse("2026-03-01T20:00:00Z"), this::record);

        List<Telemetry> silences = recorded.stream()
                .map(Recorded::data)
                .filter(Inactivity.class::isInstance)
                .toList();
        assertEquals(
                List.of(new Inactivity(8 * 3600, Room.BEDROOM), new Inactivity(16 * 3600, Room.BEDROOM)), silences);
    }

    @Test
    void anOutingIsReportedOnlyIfTheResidentTold() {
        Recorder recorder = recorder(Instant.parse("2026-03-01T00:00:00Z"));
        Instant out = Instant.parse("2026-03-01T01:00:00Z");
        Instant back = Instant.parse("2026-03-01T02:00:00Z");
        recorder.notice(new Happening.WentOut(out, null), this::record);
        recorder.notice(new Happening.CameHome(out.plusSeconds(60)), this::record);
        recorder.notice(new Happening.WentOut(out.plusSeconds(120), back), this::record);
        recorder.notice(new Happening.CameHome(back), this::record);

        assertEquals(
                List.of(
                        new PresenceReport(
                                PresenceReport.State.GOING_OUT, OffsetDateTime.parse("2026-03-01T11:00:00+09:00")),
                        new PresenceReport(PresenceReport.State.RETURNED, null)),
                recorded.stream()
                        .map(Recorded::data)
                        .filter(PresenceReport.class::isInstance)
                        .toList());
    }

    @Test
    void newSettingsCloseTheWindowAndCountFromThen() {
        Recorder recorder = recorder(Instant.parse("2026-03-01T00:00:00Z"));
        notice(recorder, "00:01:00", Room.KITCHEN);
        recorder.configure(
                Instant.parse("2026-03-01T00:02:00Z"), Duration.ofMinutes(1), Duration.ofSeconds(30), this::record);
        recorder.notice(
                new Happening.Medicated(
                        Instant.parse("2026-03-01T00:02:10Z"), Medication.Slot.NOON, Medication.Outcome.TAKEN),
                this::record);
        recorder.advance(Instant.parse("2026-03-01T00:03:30Z"), this::record);

        assertEquals(120, ((Activity) activities().getFirst().data()).windowSeconds());
        assertEquals(
                List.of(Instant.parse("2026-03-01T00:03:00Z")),
                heartbeats().stream().map(Recorded::time).toList());
    }

    private void record(Instant time, Telemetry data) {
        recorded.add(new Recorded(time, data));
    }

    private void notice(Recorder recorder, String time, Room room) {
        recorder.notice(new Happening.Moved(Instant.parse("2026-03-01T" + time + "Z"), room), this::record);
    }

    private static Recorder recorder(Instant start) {
        return new Recorder(CONFIG, SEOUL, new StatusReport("1"), start);
    }

    private List<Recorded> activities() {
        return recorded.stream().filter(r -> r.data() instanceof Activity).toList();
    }

    private List<Recorded> heartbeats() {
        return recorded.stream().filter(r -> r.data() instanceof Status).toList();
    }
}
