package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import kr.dolbom.broker.TestBroker.Device;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// A call for help has a lane of its own, and a message that cannot be stored stops nobody else's.
class EmergencyTest {
    private final TestBroker broker = TestBroker.shared();

    @Test
    void aCallForHelpIsCommittedWhileTelemetryWaits() throws Exception {
        Device busy = broker.registerDevice();
        Device calling = broker.registerDevice();
        try (TestClient busyClient = TestClient.connect(broker, busy);
                TestClient callingClient = TestClient.connect(broker, calling)) {
            IMqttToken stopped;
            try (Connection stopper = broker.stopper()) {
                stopped = busyClient.send(
                        busy.topic("activity"), Bodies.message(TestBroker.STOPPING_SEQ, Bodies.ACTIVITY));
                awaitStopped();

                assertEquals(0, callingClient.publish(calling.topic("emergency"), Bodies.message(1, Bodies.SOS)));

                assertEquals(1, broker.telemetryRows(calling));
                assertFalse(stopped.isComplete());
                release(stopper);
            }
            assertEquals(0, TestClient.answer(stopped).code());
        }
    }

    /// Its acknowledgement comes in its turn, after those of the messages before it, as MQTT demands.
    @Test
    void aCallForHelpIsCommittedWhileItsOwnDevicesTelemetryWaits() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            List<IMqttToken> tokens = new ArrayList<>();
            try (Connection stopper = broker.stopper()) {
                tokens.add(client.send(
                        device.topic("activity"), Bodies.message(TestBroker.STOPPING_SEQ, Bodies.ACTIVITY)));
                awaitStopped();
                tokens.add(client.send(device.topic("activity"), Bodies.message(1, Bodies.ACTIVITY)));
                tokens.add(client.send(device.topic("emergency"), Bodies.message(2, Bodies.SOS)));

                await().until(() -> broker.texts("select kind from telemetry where device_no = ?", device.number())
                        .equals(List.of("6")));
                assertTrue(tokens.stream().noneMatch(IMqttToken::isComplete));
                release(stopper);
            }
            for (IMqttToken token : tokens) {
                assertEquals(0, TestClient.answer(token).code());
            }
            assertEquals(3, broker.telemetryRows(device));
        }
    }

    @Test
    void aCallForHelpIsToldToWhoeverListens() throws Exception {
        Device device = broker.registerDevice();
        UUID id = UUID.randomUUID();
        Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        byte[] call = Bodies.message(id, time, 1, Bodies.SOS);
        try (Connection ear = DriverManager.getConnection(
                        broker.database.url(), broker.database.user(), broker.database.password());
                TestClient client = TestClient.connect(broker, device)) {
            try (Statement listen = ear.createStatement()) {
                listen.execute("listen dolbom_emergency");
                listen.execute("listen dolbom_telemetry");
            }
            client.publish(device.topic("emergency"), call);
            client.publish(device.topic("emergency"), call);

            List<String> told = new ArrayList<>();
            await().until(() -> {
                for (PGNotification one : ear.unwrap(PGConnection.class).getNotifications(100)) {
                    told.add(one.getName() + " " + one.getParameter());
                }
                return told.contains("dolbom_telemetry ");
            });
            assertEquals(
                    List.of(
                            "dolbom_emergency " + device.number() + "," + id + "," + time.toString().replace("Z", ".000000Z"),
                            "dolbom_telemetry "),
                    told.stream().sorted().distinct().toList());
            assertEquals(
                    1,
                    told.stream()
                            .filter(one -> one.startsWith("dolbom_emergency"))
                            .count());
        }
    }

    @Test
    void aMessageThatTheDatabaseCannotStoreIsQuarantinedAndTheOthersOfItsGroupAreStored() throws Exception {
        List<Device> devices = new ArrayList<>();
        List<TestClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                Device device = broker.registerDevice();
                devices.add(device);
                clients.add(TestClient.connect(broker, device));
            }
            List<IMqttToken> tokens = new ArrayList<>();
            try (Connection stopper = broker.stopper()) {
                tokens.add(clients.get(0)
                        .send(
                                devices.get(0).topic("activity"),
                                Bodies.message(TestBroker.STOPPING_SEQ, Bodies.ACTIVITY)));
                awaitStopped();
                for (int i = 1; i < 5; i++) {
                    tokens.add(clients.get(i)
                            .send(
                                    devices.get(i).topic("activity"),
                                    Bodies.message(i == 3 ? TestBroker.POISON_SEQ : i, Bodies.ACTIVITY)));
                }
                release(stopper);
            }
            List<Integer> codes = new ArrayList<>();
            for (IMqttToken token : tokens) {
                codes.add(TestClient.answer(token).code());
            }

            assertEquals(List.of(0, 0, 0, 0x99, 0), codes);
            assertEquals(
                    List.of(1, 1, 1, 0, 1),
                    devices.stream().map(broker::telemetryRows).toList());
            assertEquals(1, broker.quarantine(devices.get(3)).size());
        } finally {
            for (TestClient client : clients) {
                client.close();
            }
        }
    }

    private void awaitStopped() {
        await().until(() ->
                broker.number("select count(*) from pg_locks where locktype = 'advisory' and not granted") == 1);
    }

    private static void release(Connection stopper) throws Exception {
        try (Statement unlock = stopper.createStatement()) {
            unlock.execute("select pg_advisory_unlock_all()");
        }
    }
}
