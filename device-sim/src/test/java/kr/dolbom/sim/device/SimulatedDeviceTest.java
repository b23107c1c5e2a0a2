package kr.dolbom.sim.device;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kr.dolbom.contract.command.CheckIn;
import kr.dolbom.contract.command.CommandMessage;
import kr.dolbom.contract.command.Configure;
import kr.dolbom.contract.command.Language;
import kr.dolbom.contract.command.Locate;
import kr.dolbom.contract.command.Remind;
import kr.dolbom.contract.command.Speak;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.telemetry.Activity;
import kr.dolbom.contract.telemetry.CheckInAnswer;
import kr.dolbom.contract.telemetry.CheckInAnswer.Answer;
import kr.dolbom.contract.telemetry.CheckInAnswer.By;
import kr.dolbom.contract.telemetry.Emergency;
import kr.dolbom.contract.telemetry.Medication;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.contract.telemetry.TelemetryKind;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import kr.dolbom.contract.topic.DeviceId;
import kr.dolbom.sim.home.Happening;
import kr.dolbom.sim.home.Profile;
import kr.dolbom.sim.home.Timeline;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedDeviceTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final Clock CLOCK = Clock.system(SEOUL);
    private static final DeviceThreads THREADS = new DeviceThreads();

    @TempDir
    static Path folder;

    static TestBroker broker;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final RecordingListener listener = new RecordingListener();
    private Observer platform;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = TestBroker.start(folder);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
        THREADS.shutdownNow();
    }

    @BeforeEach
    void watch() throws MqttException {
        platform = new Observer(broker.address());
        opened.add(platform);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    @Test
    void aDeviceThatConnectsAnnouncesItsBirthWithItsSensors() throws Exception {
        device("birth-1").start().get(10, TimeUnit.SECONDS);

        await().until(() -> !platform.messages(TelemetryKind.STATUS).isEmpty());
        TelemetryMessage birth = platform.messages(TelemetryKind.STATUS).getFirst();
        Status status = assertInstanceOf(Status.class, birth.data());
        assertEquals(Status.State.BIRTH, status.state());
        assertFalse(status.sensors().isEmpty());
        assertEquals(7, birth.id().version());
        assertEquals(ZoneOffset.ofHours(9), birth.time().getOffset());
        assertEquals("application/json", platform.seen().getFirst().contentType());
        await().until(() -> listener.lines().equals(List.of("connected")));
    }

    @Test
    void anSosIsPublishedAtOnceAndAcknowledged() throws Exception {
        SimulatedDevice device = started("sos-1");

        Acknowledgement acknowledgement = device.sosByVoice("살려줘").get(5, TimeUnit.SECONDS);

        assertTrue(acknowledgement.accepted());
        await().until(() -> !platform.messages(TelemetryKind.EMERGENCY).isEmpty());
        Emergency emergency = assertInstanceOf(
                Emergency.class,
                platform.messages(TelemetryKind.EMERGENCY).getFirst().data());
        assertEquals(Emergency.Trigger.SOS_VOICE, emergency.trigger());
        assertEquals("살려줘", emergency.phrase());
    }

    @Test
    void whatHappensInTheHomeIsCountedAndReportedWhenTheWindowEnds() throws Exception {
        SimulatedDevice device = device(config("window-1").withActivityWindow(Duration.ofMinutes(30)));
        device.start().get(10, TimeUnit.SECONDS);

        Instant now = CLOCK.instant();
        device.notice(new Happening.Moved(now, Room.KITCHEN));
        device.notice(new Happening.Moved(now, Room.KITCHEN));
        device.notice(new Happening.DoorUsed(now, Room.FRONT_DOOR));
        // asking for a new window reports the old one, so that the test need not wait for its end
        platform.give(device.id(), Observer.command(new Configure(null, 600L), CLOCK), null);

        await().until(() -> !platform.messages(TelemetryKind.ACTIVITY).isEmpty());
        List<Activity.Count> counts = platform.messages(TelemetryKind.ACTIVITY).stream()
                .flatMap(m -> ((Activity) m.data()).counts().stream())
                .toList();
        assertEquals(3, counts.stream().mapToLong(Activity.Count::count).sum(), () -> "counts are " + counts);
        await().until(() -> listener.lines().contains("configured PT5M PT10M"));
    }

    @Test
    void powerOffLetsTheLastWillTellThatTheDeviceIsGone() throws Exception {
        SimulatedDevice device = started("dead-1");

        device.powerOff();

        await().until(() -> states("dead-1").contains(Status.State.OFFLINE));
        await().until(() -> listener.lines().contains("disconnected POWERED_OFF 0x00"));
        assertFalse(device.isOn());
        assertThrows(IllegalStateException.class, device::sosByButton);
    }

    @Test
    void aCleanEndReportsWhatWasCountedAndSaysOfflineOnce() throws Exception {
        SimulatedDevice device = started("clean-1");
        device.notice(new Happening.Moved(CLOCK.instant(), Room.LOUNGE));

        device.close();

        await().until(() -> states("clean-1").contains(Status.State.OFFLINE));
        assertEquals(1, platform.messages(TelemetryKind.ACTIVITY).size());
        await().until(() -> !broker.knowsAsConnected("clean-1"));
        assertEquals(List.of(Status.State.BIRTH, Status.State.OFFLINE), states("clean-1"));
    }

    @Test
    void aRefusedConnectionFailsWithItsReasonCode() {
        broker.refuseDevice("refused-1");

        CompletionException failure = assertThrows(
                CompletionException.class, () -> device("refused-1").start().join());

        ConnectionRefusedException refused = assertInstanceOf(ConnectionRefusedException.class, failure.getCause());
        assertEquals(0x87, refused.reasonCode());
        assertEquals("not authorized", refused.getMessage());
        assertEquals(List.of("disconnected REFUSED 0x87"), listener.lines());
    }

    @Test
    void aRefusedMessageIsReportedWithItsReasonAndNotSentAgain() throws Exception {
        broker.refuseTopic("dolbom/v1/fussy-1/telemetry/medication");
        SimulatedDevice device = started("fussy-1");

        Acknowledgement refused = device.send(new Medication(Medication.Slot.MORNING, Medication.Outcome.TAKEN))
                .get(5, TimeUnit.SECONDS);
        Acknowledgement next = device.sosByButton().get(5, TimeUnit.SECONDS);

        assertEquals(0x99, refused.reasonCode());
        assertEquals("schema-violation /data: refused by the test", refused.reasonString());
        assertTrue(next.accepted());
        await().until(() -> listener.acknowledgements().contains(refused));
        UUID id = refused.message().id();
        assertEquals(
                1,
                listener.acknowledgements().stream()
                        .filter(a -> a.message().id().equals(id))
                        .count());
    }

    @Test
    void theRobotSpeaksRemindsAndSoundsWhenTold() throws Exception {
        SimulatedDevice device = started("robot-1");
        device.setTemper(Temper.fine(By.VOICE, Duration.ZERO));

        platform.give(device.id(), Observer.command(new Speak("식사하셨어요?", Language.KO), CLOCK), null);
        platform.give(
                device.id(),
                Observer.command(new Remind(Medication.Slot.NOON, "점심 약 드실 시간이에요.", Language.KO), CLOCK),
                null);
        platform.give(device.id(), Observer.command(new Locate(5), CLOCK), null);

        await().until(() -> listener.lines().containsAll(List.of("said 식사하셨어요?", "reminded NOON", "sounded PT5S")));
        await().until(() -> !platform.messages(TelemetryKind.MEDICATION).isEmpty());
        assertEquals(
                new Medication(Medication.Slot.NOON, Medication.Outcome.TAKEN),
                platform.messages(TelemetryKind.MEDICATION).getFirst().data());
    }

    @Test
    void theAnswerToACheckInGoesToTheResponseTopicWithItsCorrelation() throws Exception {
        SimulatedDevice device = started("asked-1");
        device.setTemper(Temper.fine(By.TOUCH, Duration.ofMillis(50)));
        CommandMessage command = Observer.command(new CheckIn("괜찮으세요?", Language.KO, 30), CLOCK);
        String responseTopic = "dolbom/v1/asked-1/telemetry/check-in";

        platform.give(device.id(), command, responseTopic);

        await().until(() -> !platform.messages(TelemetryKind.CHECK_IN).isEmpty());
        Observer.Seen answer = platform.seen().stream()
                .filter(s -> s.topic().equals(responseTopic))
                .findFirst()
                .orElseThrow();
        assertEquals(command.id().toString(), answer.correlation());
        assertEquals(
                new CheckInAnswer(command.id(), Answer.FINE, By.TOUCH),
                answer.message().data());
        await().until(() -> listener.lines().contains("answered FINE"));
        assertTrue(listener.lines().contains("asked 1 괜찮으세요?"));
        assertFalse(listener.lines().contains("asked 2 괜찮으세요?"), "answered before it was asked again");
    }

    @Test
    void whoeverDoesNotAnswerIsAskedTwiceAndThenReported() throws Exception {
        SimulatedDevice device = started("silent-1");
        device.setTemper(Temper.SILENT);
        CommandMessage command = Observer.command(new CheckIn("괜찮으세요?", Language.KO, 5), CLOCK);

        platform.give(device.id(), command, null);

        await().until(() -> !platform.messages(TelemetryKind.CHECK_IN).isEmpty());
        CheckInAnswer answer = assertInstanceOf(
                CheckInAnswer.class,
                platform.messages(TelemetryKind.CHECK_IN).getFirst().data());
        assertEquals(Answer.NO_ANSWER, answer.answer());
        assertNull(answer.by());
        assertEquals(1, listener.count("asked 1 괜찮으세요?"));
        assertEquals(1, listener.count("asked 2 괜찮으세요?"));
    }

    @Test
    void aRepeatedCommandIsCarriedOutOnceAndAnExpiredOneNever() throws Exception {
        SimulatedDevice device = started("twice-1");
        CommandMessage command = Observer.command(new Speak("한 번만", Language.KO), CLOCK);
        OffsetDateTime past = OffsetDateTime.now(CLOCK).minusMinutes(10);
        CommandMessage expired =
                new CommandMessage(UUID.randomUUID(), past, past.plusMinutes(5), new Speak("너무 늦음", Language.KO));

        platform.give(device.id(), command, null);
        platform.give(device.id(), command, null);
        platform.give(device.id(), expired, null);

        await().until(() -> listener.lines().containsAll(List.of("ignored repeated", "ignored expired")));
        assertEquals(1, listener.count("said 한 번만"));
        assertEquals(0, listener.count("said 너무 늦음"));
    }

    @Test
    void aKindOfCommandThatItDoesNotKnowIsPassedOver() throws Exception {
        SimulatedDevice device = started("newer-1");
        CommandMessage speak = Observer.command(new Speak("여전히 들려요", Language.KO), CLOCK);

        platform.give("dolbom/v1/newer-1/command/dance", "{\"id\":\"unheard of\"}");
        platform.give(device.id(), speak, null);

        await().until(() -> listener.lines().contains("said 여전히 들려요"));
        assertTrue(
                listener.lines().stream().anyMatch(line -> line.contains("is no command topic that this device knows")),
                listener.lines().toString());
    }

    @Test
    void whatABusyBrokerLeftUnansweredIsSentAgainBitByBit() throws Exception {
        String topic = "dolbom/v1/busy-1/telemetry/medication";
        SimulatedDevice device = started("busy-1");
        broker.holdTopic(topic);
        var answer = device.send(new Medication(Medication.Slot.EVENING, Medication.Outcome.TAKEN));
        await().until(() -> broker.heldBodies().size() == 1);

        broker.disconnectAsBusy("busy-1");

        await().until(() -> listener.lines().contains("disconnected CLOSED_BY_BROKER 0x89"));
        broker.forgetHeld();
        await().until(() -> broker.heldBodies().size() == 2);
        assertArrayEquals(broker.heldBodies().get(0), broker.heldBodies().get(1));
        assertFalse(answer.isDone(), "nothing was acknowledged yet");

        broker.releaseTopic(topic);
        broker.disconnectAsBusy("busy-1");
        await().until(() -> listener.count("disconnected CLOSED_BY_BROKER 0x89") == 2);
        broker.forgetHeld();
        Acknowledgement taken = answer.get(5, TimeUnit.SECONDS);
        assertTrue(taken.accepted());
        await().until(() -> listener.count("connected") == 3);
    }

    @Test
    void bufferedHistoryArrivesCompleteInOrderAndOnce() throws Exception {
        SimulatedDevice device = started("history-1");
        Instant to = Instant.parse("2026-05-01T00:00:00Z");
        Instant from = to.minus(Duration.ofDays(5));
        Timeline life = Timeline.of(Profile.TALKATIVE.rhythm(), 3, SEOUL);
        List<Double> shares = new ArrayList<>();

        Backfill.Outcome outcome = device.backfill(
                        life, from, to, Duration.ofMinutes(30), progress -> shares.add(progress.share()))
                .get(30, TimeUnit.SECONDS);

        assertEquals(0, outcome.refused());
        assertTrue(outcome.accepted() > 5 * (48 + 60), () -> "only " + outcome.accepted() + " messages in 5 days");
        await().until(() -> historyOf("history-1", to).size() >= outcome.accepted());
        List<TelemetryMessage> history = historyOf("history-1", to);
        assertEquals(outcome.accepted(), history.size());
        assertEquals(
                history.size(),
                new HashSet<>(history.stream().map(TelemetryMessage::id).toList()).size());
        for (int i = 1; i < history.size(); i++) {
            assertEquals(history.get(i - 1).seq() + 1, history.get(i).seq(), "a hole or a swap in seq");
            assertFalse(history.get(i).time().isBefore(history.get(i - 1).time()), "time runs backwards");
        }
        assertEquals(
                5 * 48,
                history.stream().filter(m -> m.data() instanceof Status).count(),
                "a heartbeat every 30 minutes");
        assertEquals(shares.stream().sorted().toList(), shares);
        assertEquals(1.0, shares.getLast());
    }

    @Test
    void anSosOvertakesBufferedHistory() throws Exception {
        SimulatedDevice device = started("overtake-1");
        Instant to = Instant.parse("2026-05-01T00:00:00Z");
        Timeline life = Timeline.of(Profile.ORDINARY.rhythm(), 4, SEOUL);
        var history = device.backfill(life, to.minus(Duration.ofDays(60)), to, Duration.ofMinutes(30), _ -> {});

        device.sosByVoice("도와줘").get(5, TimeUnit.SECONDS);

        assertFalse(history.isDone(), "the SOS waited for the history");
        device.powerOff();
    }

    @Test
    void historyGoesOnWhereItStoppedWhenTheBrokerComesBack() throws Exception {
        SimulatedDevice device = started("restart-1");
        Instant to = Instant.parse("2026-05-01T00:00:00Z");
        Timeline life = Timeline.of(Profile.ORDINARY.rhythm(), 5, SEOUL);
        AtomicBoolean halfway = new AtomicBoolean();

        var outcome = device.backfill(
                life, to.minus(Duration.ofDays(180)), to, Duration.ofMinutes(30), _ -> halfway.set(true));
        await().untilTrue(halfway);
        broker.stop();
        assertFalse(outcome.isDone(), "the history was through before the broker stopped");
        await().until(() -> listener.lines().stream().anyMatch(l -> l.startsWith("disconnected UNREACHABLE")));
        broker.startAgain();

        Backfill.Outcome all = outcome.get(40, TimeUnit.SECONDS);
        assertEquals(0, all.refused());
        await().until(() -> listener.acknowledgements().size() > all.accepted());
        List<Long> history = listener.acknowledgements().stream()
                .map(Acknowledgement::message)
                .filter(m -> !m.time().toInstant().isAfter(to))
                .map(TelemetryMessage::seq)
                .toList();
        assertEquals(all.accepted(), history.size());
        assertEquals(all.accepted(), history.stream().distinct().count(), "each was taken once");
        assertEquals(2, listener.count("connected"));
    }

    private SimulatedDevice started(String id) throws Exception {
        SimulatedDevice device = device(id);
        device.start().get(10, TimeUnit.SECONDS);
        return device;
    }

    private SimulatedDevice device(String id) {
        return device(config(id));
    }

    private SimulatedDevice device(DeviceConfig config) {
        SimulatedDevice device = new SimulatedDevice(config, listener, CLOCK, THREADS);
        opened.add(device);
        return device;
    }

    private static DeviceConfig config(String id) {
        return new DeviceConfig(new DeviceId(id), DeviceSecret.generate(), broker.address())
                .withReconnect(Duration.ofMillis(100), Duration.ofMillis(500));
    }

    private List<Status.State> states(String id) {
        return platform.seen().stream()
                .filter(s -> s.topic().equals("dolbom/v1/" + id + "/telemetry/status"))
                .map(s -> ((Status) s.message().data()).state())
                .toList();
    }

    private List<TelemetryMessage> historyOf(String id, Instant to) {
        return platform.seen().stream()
                .filter(s -> s.topic().startsWith("dolbom/v1/" + id + "/"))
                .map(Observer.Seen::message)
                .filter(m -> !m.time().toInstant().isAfter(to))
                .toList();
    }
}
