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
import kr.dolbom.broker.TestBroker.Device;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.command.CheckIn;
import kr.dolbom.contract.command.CommandKind;
import kr.dolbom.contract.command.CommandMessage;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// What the platform tells a device, and what comes back.
class CommandTest {
    private static final String QUESTION = "{'question':'괜찮으세요?','language':'ko','timeLimitSeconds':120}";
    private static final String SPEAK = "{'text':'식사하셨어요?','language':'ko'}";

    private final TestBroker broker = TestBroker.shared();

    @Test
    void aCheckInReachesTheDeviceAndItsAnswerReachesTheCommand() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device);
                Ear ear = new Ear("dolbom_command_state")) {
            client.subscribe("dolbom/v1/" + device.id() + "/command/+");
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
            await().until(() -> state(command).equals("sent"));

            client.publish(
                    received.getProperties().getResponseTopic(),
                    Bodies.message(1, "{'commandId':'" + command + "','answer':'fine','by':'touch'}"));

            assertEquals("answered fine true true", broker.text("""
                            select concat_ws(' ', state, answer->>'answer', (sent_at <= answered_at)::text,
                                             (answered_at <= now())::text)
                              from device_command where command_id = ?::uuid""", command));
            await().until(() -> ear.heard().equals(List.of(command, command)));
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
            await().until(() -> state(command).equals("sent"));
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
            client.subscribe("dolbom/v1/" + device.id() + "/command/+");

            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                ids.add(Contract.readCommand(
                                CommandKind.SPEAK, client.awaitCommand().getPayload())
                        .orElseThrow()
                        .id()
                        .toString());
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
            await().until(() -> state(heard).equals("sent"));
            assertEquals("pending", state(unheard));
        }
    }

    @Test
    void aCommandThatNobodyFetchesLapses() throws Exception {
        Device device = broker.registerDevice();
        try (Ear ear = new Ear("dolbom_command_state")) {
            String command = give(device, "speak", SPEAK, "1 second");

            await().atMost(Duration.ofSeconds(10)).until(() -> state(command).equals("expired"));
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

    @Test
    void aCommandThatIsNotByTheContractLapsesAndStopsNoOther() throws Exception {
        Device device = broker.registerDevice();
        String broken = give(device, "speak", "{'text':''}", "5 minutes");
        String whole = give(device, "speak", SPEAK, "5 minutes");
        try (TestClient client = TestClient.connect(broker, device)) {
            client.subscribe("dolbom/v1/" + device.id() + "/command/+");

            assertTrue(new String(client.awaitCommand().getPayload(), StandardCharsets.UTF_8).contains(whole));
            await().until(() -> state(broken).equals("expired"));
        }
    }

    private String give(Device device, String kind, String data, String within) {
        return broker.text("""
                insert into device_command (device_no, kind, data, expires_at)
                values (?, ?, ?::jsonb, now() + ?::interval)
                returning command_id""", device.number(), kind, data.replace('\'', '"'), within);
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
