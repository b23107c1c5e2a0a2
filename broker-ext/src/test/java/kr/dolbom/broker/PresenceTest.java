package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import kr.dolbom.broker.TestBroker.Device;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Test;

/// What the database says of who is connected.
class PresenceTest {
    private final TestBroker broker = TestBroker.shared();

    @Test
    void comingAndGoingIsWrittenDown() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            awaitPresence(device, "true connect");

            client.disconnect();

            awaitPresence(device, "false disconnect");
            assertEquals(List.of("true connect", "false disconnect"), events(device));
        }
    }

    @Test
    void aDeviceThatVanishesLeavesItsLastWill() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(
                broker.uri(),
                device,
                options -> options.setWill(
                        device.topic("status"), new MqttMessage(Bodies.message(0, Bodies.OFFLINE), 1, false, null)))) {
            awaitPresence(device, "true connect");

            client.vanish();

            awaitPresence(device, "false last-will");
            assertEquals("4 offline true", broker.text("""
                            select concat_ws(' ', kind, telemetry_data(data)->>'state',
                                             (at = received_at)::text)
                              from telemetry where device_no = ?""", device.number()));
        }
    }

    @Test
    void aDeviceThatGoesAndAsksForItsLastWillLeavesIt() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(
                broker.uri(),
                device,
                options -> options.setWill(
                        device.topic("status"), new MqttMessage(Bodies.message(0, Bodies.OFFLINE), 1, false, null)))) {
            client.disconnectWithWill();

            awaitPresence(device, "false last-will");
            await().until(() -> broker.telemetryRows(device) == 1);
        }
    }

    @Test
    void aLastWillIsNotStoredWhenTheDeviceSaysGoodbye() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(
                broker.uri(),
                device,
                options -> options.setWill(
                        device.topic("status"), new MqttMessage(Bodies.message(0, Bodies.OFFLINE), 1, false, null)))) {
            client.disconnect();

            awaitPresence(device, "false disconnect");
            assertEquals(0, broker.telemetryRows(device));
        }
    }

    @Test
    void aDeviceThatVanishesWithoutLastWillIsLost() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            awaitPresence(device, "true connect");

            client.vanish();

            awaitPresence(device, "false connection-lost");
        }
    }

    @Test
    void aDeviceThatSaysNothingIsGoneByItsKeepAlive() throws Exception {
        Device device = broker.registerDevice();
        try (BluntClient client = BluntClient.connect(broker.port(), device, 1)) {
            awaitPresence(device, "true connect");

            awaitPresence(device, "false keep-alive");
            assertTrue(client.isConnectedSoFarAsItKnows());
        }
    }

    @Test
    void aDeviceThatTakesOverFromItselfIsConnected() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient first = TestClient.connect(broker, device);
                TestClient second = TestClient.connect(broker, device)) {
            await().until(() -> events(device).size() == 3);

            assertEquals(
                    List.of("false taken-over", "true connect", "true connect"),
                    events(device).stream().sorted().toList());
            awaitPresence(device, "true connect");
            assertTrue(second.isConnected());
            assertEquals(0x8E, first.awaitDisconnect());
        }
    }

    @Test
    void aStatusTellsOfFirmwareAndBattery() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            client.publish(device.topic("status"), Bodies.message(1, Bodies.STATUS));

            assertEquals("2.4.1 1.0 81 t 2026-02-28 22:10:00", broker.text("""
                            select concat_ws(' ', firmware, contract, battery_percent, on_mains,
                                             status_at at time zone 'UTC')
                              from device_presence where device_no = ?""", device.number()));
        }
    }

    @Test
    void anOlderStatusDoesNotOverwriteANewer() throws Exception {
        Device device = broker.registerDevice();
        byte[] older = Bodies.bytes(
                "{'id':'01980d3e-7d2c-7c4e-9a55-0d6f8a1b2c3d','time':'2026-02-01T07:10:00+09:00','seq':1,'data':"
                        + Bodies.STATUS.replace("81", "99") + "}");
        try (TestClient client = TestClient.connect(broker, device)) {
            client.publish(device.topic("status"), Bodies.message(2, Bodies.STATUS));

            client.publish(device.topic("status"), older);

            assertEquals(2, broker.telemetryRows(device));
            assertEquals(
                    "81",
                    broker.text("select battery_percent from device_presence where device_no = ?", device.number()));
        }
    }

    private void awaitPresence(Device device, String expected) {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> broker.texts("""
                        select connected::text || ' ' || reason from device_presence where device_no = ?""", device.number()).equals(List.of(expected)));
    }

    private List<String> events(Device device) {
        return broker.texts(
                "select connected::text || ' ' || reason from presence_event where device_no = ? order by at",
                device.number());
    }
}
