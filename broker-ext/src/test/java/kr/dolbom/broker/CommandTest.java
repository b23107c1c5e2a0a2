package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kr.dolbom.broker.TestBroker.Device;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.command.CheckIn;
import kr.dolbom.contract.command.CommandKind;
import kr.dolbom.contract.command.CommandMessage;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// What the platform tells a device, and what comes back.
class CommandTest {
    private static final String QUESTION = "{'question':'괜찮으세요?','language':'ko','timeLimitSeconds':120}";
    private static final String SPEAK = "{'text':'식사하셨어요?','language':'ko'}";

    private static final int IMPLEMENTATION_SPECIFIC_ERROR = 0x83;

    private final TestBroker broker = TestBroker.shared();

    @Test
    void aCheckInReachesTheDeviceAndItsAnswerReachesTheCommand() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device);
                Ear ear = new Ear("dolbom_command_state")) {
            client.subscribe(device.commands());
            String command = give(device, "check-in", QUESTION, "5 minutes");
            broker.texts("select pg_notify('dolbom_command', ?)", command);

            MqttMessage received = client.awaitCommand();
            CommandMessage message = Contract.readCommand(CommandKind.CHECK_IN, received.getPayload())
                    .orElseThrow();
            assertEquals(command, message.id().toString());
            assertTrue(message.data() instanceof CheckIn(String question, var language, long seconds)
                    && question.equals("괜찮으세요?")
                    && seconds == 120);
            assertEquals(command, new String(received.getProperties().getCorrelationData(), StandardCharsets.UTF_8));
            assertEquals("application/json", received.getProperties().getContentType());
            assertTrue(received.getProperties().getMessageExpiryInterval() <= 300);
            awaitState(command, "delivered");

            client.publish(
                    received.getProperties().getResponseTopic(),
                    Bodies.message(1, "{'commandId':'" + command + "','answer':'fine','by':'touch'}"));

            assertEquals("answered fine t t t", broker.text("""
                            select concat_ws(' ', state, answer->>'answer', sent_at <= delivered_at,
                                             delivered_at <= answered_at, answered_at <= now())
                              from device_command where command_id = ?::uuid""", command));
            // Delivered and answered; it depends on who is faster whether it was sent before.
            await().until(() -> Set.of(2, 3).contains(ear.heard().size()));
            assertEquals(Set.of(command), Set.copyOf(ear.heard()));
        }
    }

    @Test
    void aCommandWaitsUntilItsDeviceConnectsAndListens() throws Exception {
        Device device = broker.registerDevice();
        String command = give(device, "speak", SPEAK, "5 minutes");
        try (TestClient client = TestClient.connect(broker, device)) {
            assertEquals("pending", state(command));

            client.subscribe("dolbom/v1/" + device.id() + "/command/speak");

            assertTrue(new String(client.awaitCommand().getPayload(), StandardCharsets.UTF_8).contains(command));
            awaitState(command, "delivered");
            assertNull(client.commands.poll());
        }
    }

    @Test
    void commandsComeInTheirOrder() throws Exception {
        Device device = broker.registerDevice();
        String first = give(device, "speak", SPEAK, "5 minutes");
        String second = give(device, "speak", SPEAK, "5 minutes");
        String third = give(device, "speak", SPEAK, "5 minutes");
        try (TestClient client = TestClient.connect(broker, device)) {
            client.subscribe(device.commands());

            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                ids.add(awaitSpeak(client));
            }
            assertEquals(List.of(first, second, third), ids);
        }
    }

    @Test
    void aCommandThatADeviceDoesNotListenForHoldsUpNoOther() throws Exception {
        Device device = broker.registerDevice();
        String unheard = give(device, "check-in", QUESTION, "5 minutes");
        String heard = give(device, "speak", SPEAK, "5 minutes");
        try (TestClient client = TestClient.connect(broker, device)) {
            client.subscribe("dolbom/v1/" + device.id() + "/command/speak");

            assertTrue(new String(client.awaitCommand().getPayload(), StandardCharsets.UTF_8).contains(heard));
            awaitState(heard, "delivered");
            assertEquals("pending", state(unheard));
        }
    }

    @Test
    void aCommandThatNobodyFetchesLapses() throws Exception {
        Device device = broker.registerDevice();
        try (Ear ear = new Ear("dolbom_command_state")) {
            String command = give(device, "speak", SPEAK, "1 second");

            awaitState(command, "expired");
            await().until(() -> ear.heard().contains(command));
        }
    }

    @Test
    void anAnswerOfAnotherDeviceIsNoAnswer() throws Exception {
        Device device = broker.registerDevice();
        Device other = broker.registerDevice();
        String command = give(device, "check-in", QUESTION, "5 minutes");
        try (TestClient client = TestClient.connect(broker, other)) {
            client.publish(
                    other.topic("check-in"),
                    Bodies.message(1, "{'commandId':'" + command + "','answer':'fine','by':'touch'}"));

            assertEquals("pending", state(command));
        }
    }

    @ParameterizedTest
    @EnumSource(CommandKind.class)
    void everyKindIsDelivered(CommandKind kind) throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            client.subscribe(device.commands());
            String command = give(device, kind.wireName(), data(kind), "5 minutes");

            MqttMessage received = client.awaitCommand();

            CommandMessage message =
                    Contract.readCommand(kind, received.getPayload()).orElseThrow();
            assertEquals(command, message.id().toString());
            assertEquals(kind, message.data().kind());
            long left = received.getProperties().getMessageExpiryInterval();
            assertTrue(left > 240 && left <= 300, () -> "expires in " + left + " s");
            awaitState(command, "delivered");
        }
    }

    @ParameterizedTest
    @EnumSource(CommandKind.class)
    void everyKindIsDeliveredToAnOldDevice(CommandKind kind) throws Exception {
        Device device = broker.registerDevice();
        try (OldClient client = OldClient.connect(broker.uri(), device)) {
            client.subscribe(device.commands());
            String command = give(device, kind.wireName(), data(kind), "5 minutes");

            CommandMessage message = Contract.readCommand(
                            kind, client.awaitCommand().getPayload())
                    .orElseThrow();

            assertEquals(command, message.id().toString());
            awaitState(command, "delivered");
        }
    }

    @Test
    void anOldDeviceAnswersByTheIdOfTheCommandAlone() throws Exception {
        Device device = broker.registerDevice();
        try (OldClient client = OldClient.connect(broker.uri(), device)) {
            client.subscribe(device.commands());
            String command = give(device, "check-in", QUESTION, "5 minutes");
            client.awaitCommand();

            client.publish(
                    device.topic("check-in"),
                    Bodies.message(1, "{'commandId':'" + command + "','answer':'need-help','by':'voice'}"));

            assertEquals("answered need-help", broker.text("""
                            select concat_ws(' ', state, answer->>'answer')
                              from device_command where command_id = ?::uuid""", command));
        }
    }

    @Test
    void aDeviceThatRefusesACommandSaysWhy() throws Exception {
        Device device = broker.registerDevice();
        String command = give(device, "locate", "{'seconds':5}", "5 minutes");
        try (BluntClient client = BluntClient.connect(broker.port(), device, 30)) {
            client.subscribe(device.commands());

            client.refuse(client.awaitPublish().packetId(), IMPLEMENTATION_SPECIFIC_ERROR, "the speaker is broken");

            awaitState(command, "failed");
            assertEquals(
                    "implementation-specific-error: the speaker is broken",
                    broker.text("select failure from device_command where command_id = ?::uuid", command));
        }
    }

    @Test
    void whatWasNotAcknowledgedIsSentAgainOverTheNextConnectionWithTheSameIdAndInOrder() throws Exception {
        Device device = broker.registerDevice();
        String first = give(device, "speak", SPEAK, "5 minutes");
        try (BluntClient client = BluntClient.connect(broker.port(), device, 30)) {
            client.subscribe(device.commands());
            assertTrue(client.awaitPublish().rest().contains(first));
            awaitState(first, "sent");
        }
        String second = give(device, "speak", SPEAK, "5 minutes");

        try (TestClient client = TestClient.connect(broker, device)) {
            client.subscribe(device.commands());

            assertEquals(List.of(first, second), List.of(awaitSpeak(client), awaitSpeak(client)));
            awaitState(first, "delivered");
            awaitState(second, "delivered");
            assertNull(client.commands.poll());
        }
    }

    @Test
    void whatWasSentAndNeverAcknowledgedLapses() throws Exception {
        Device device = broker.registerDevice();
        try (BluntClient client = BluntClient.connect(broker.port(), device, 30)) {
            client.subscribe(device.commands());
            String command = give(device, "speak", SPEAK, "3 seconds");
            client.awaitPublish();
            awaitState(command, "sent");

            awaitState(command, "expired");
        }
    }

    @Test
    void aCommandThatMayNotWaitLapsesAtOnceWhereItsDeviceIsOffline() throws Exception {
        Device device = broker.registerDevice();
        String patient = give(device, "speak", SPEAK, "5 minutes");
        String hasty = giveNowOrNever(device);

        awaitState(hasty, "expired");

        assertEquals("pending", state(patient));
    }

    @Test
    void aCommandThatMayNotWaitReachesADeviceThatIsConnected() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            client.subscribe(device.commands());
            String hasty = giveNowOrNever(device);

            assertEquals(hasty, awaitSpeak(client));
            awaitState(hasty, "delivered");
        }
    }

    @Test
    void aCommandThatIsNotByTheContractFailsAndStopsNoOther() throws Exception {
        Device device = broker.registerDevice();
        String broken = give(device, "speak", "{'text':''}", "5 minutes");
        String whole = give(device, "speak", SPEAK, "5 minutes");
        try (TestClient client = TestClient.connect(broker, device)) {
            client.subscribe(device.commands());

            assertTrue(new String(client.awaitCommand().getPayload(), StandardCharsets.UTF_8).contains(whole));
            awaitState(broken, "failed");
        }
    }

    private String give(Device device, String kind, String data, String within) {
        return broker.text("""
                insert into device_command (device_no, kind, data, expires_at)
                values (?, ?, ?::jsonb, now() + ?::interval)
                returning command_id""", device.number(), kind, data.replace('\'', '"'), within);
    }

    private String giveNowOrNever(Device device) {
        return broker.text("""
                insert into device_command (device_no, kind, data, when_offline, expires_at)
                values (?, 'speak', ?::jsonb, 'expire', now() + interval '5 minutes')
                returning command_id""", device.number(), SPEAK.replace('\'', '"'));
    }

    private static String data(CommandKind kind) {
        return switch (kind) {
            case SPEAK -> SPEAK;
            case CHECK_IN -> QUESTION;
            case REMIND -> "{'slot':'evening','text':'저녁 약 드실 시간이에요.','language':'ko'}";
            case CONFIGURE -> "{'heartbeatSeconds':300}";
            case LOCATE -> "{'seconds':10}";
            case RENEW_SECRET -> "{}";
        };
    }

    private static String awaitSpeak(TestClient client) throws InterruptedException {
        return Contract.readCommand(CommandKind.SPEAK, client.awaitCommand().getPayload())
                .orElseThrow()
                .id()
                .toString();
    }

    private void awaitState(String command, String expected) {
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertEquals(expected, state(command)));
    }

    private String state(String command) {
        return broker.text("select state from device_command where command_id = ?::uuid", command);
    }

    /// Hears what is told on a channel.
    private final class Ear implements AutoCloseable {
        private final Connection connection;
        private final List<String> heard = new ArrayList<>();

        Ear(String channel) throws SQLException {
            connection = DriverManager.getConnection(
                    broker.database.url(), broker.database.user(), broker.database.password());
            try (Statement listen = connection.createStatement()) {
                listen.execute("listen " + channel);
            }
        }

        List<String> heard() throws SQLException {
            PGNotification[] told = connection.unwrap(PGConnection.class).getNotifications(10);
            for (PGNotification one : told == null ? new PGNotification[0] : told) {
                heard.add(one.getParameter());
            }
            return heard;
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
