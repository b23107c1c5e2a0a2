package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import kr.dolbom.broker.TestBroker.Device;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
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
    void theEndOfAConnectionTellsWhenThatOneBegan() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient first = TestClient.connect(broker, device);
                TestClient second = TestClient.connect(broker, device)) {
            await().until(() -> events(device).size() == 3);
            second.disconnect();
            await().until(() -> events(device).size() == 4);
            assertEquals(0x8E, first.awaitDisconnect());

            assertEquals("taken-over 1,disconnect 2", broker.text("""
                            select string_agg(ended.reason || ' ' || begun.place, ',' order by begun.place)
                              from presence_event as ended
                              join (select at, row_number() over (order by at) as place
                                      from presence_event where device_no = ? and connected) as begun
                                on begun.at = ended.since
                             where ended.device_no = ? and not ended.connected""", device.number(), device.number()));
        }
    }

    @Test
    void aLastWillIsStoredAtOnceWhateverDelayItAsksFor() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker.uri(), device, options -> {
            options.setWill(
                    device.topic("status"), new MqttMessage(Bodies.message(0, Bodies.OFFLINE), 1, false, null));
            MqttProperties properties = new MqttProperties();
            properties.setWillDelayInterval(3_600L);
            options.setWillMessageProperties(properties);
            options.setSessionExpiryInterval(7_200L);
        })) {
            awaitPresence(device, "true connect");

            client.vanish();

            awaitPresence(device, "false last-will");
            await().until(() -> broker.telemetryRows(device) == 1);
        }
    }

    @Test
    void aDeviceThatIsRevokedIsGoneByThat() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            awaitPresence(device, "true connect");

            broker.texts("update device set revoked_at = now() where device_no = ?", device.number());

            awaitPresence(device, "false not-authorized");
            assertEquals(0x87, client.awaitDisconnect());
        }
    }

    @Test
    void timeWithoutABrokerIsThePlatformsOwn() throws Exception {
        try (TestBroker own = TestBroker.start(settings -> settings)) {
            Device device = own.registerDevice();
            own.stop();
            own.texts("insert into device_presence values (?, true, now() - interval '1 hour', 'connect')", device.number());
            own.startAgain();
            // As one leaves it that was killed ten minutes ago.
            own.stop();
            own.texts("update broker_alive set stopped = false, seen_at = now() - interval '10 minutes'");
            own.startAgain();

            assertEquals(List.of("broker-stopped 0 min", "broker-killed 10 min"), own.texts("""
                            select reason || ' ' || round(extract(epoch from to_at - from_at) / 60) || ' min'
                              from platform_gap order by gap_no"""));
            assertEquals(List.of("broker-start 60 min"), own.texts("""
                            select reason || ' ' || round(extract(epoch from at - since) / 60) || ' min'
                              from presence_event where device_no = ?""", device.number()));
        }
    }

    @Test
    void aStatusTellsOfFirmwareAndBattery() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            client.publish(device.topic("status"), Bodies.message(1, Bodies.STATUS));

            assertEquals("2.4.1 1.0 81 t t", broker.text("""
                            select concat_ws(' ', firmware, contract, battery_percent, on_mains,
                                             status_at between now() - interval '1 minute' and now())
                              from device_presence where device_no = ?""", device.number()));
        }
    }

    @Test
    void anOlderStatusDoesNotOverwriteANewer() throws Exception {
        Device device = broker.registerDevice();
        byte[] older = Bodies.message(
                UUID.randomUUID(),
                Instant.now().minus(Duration.ofDays(1)),
                1,
                Bodies.STATUS.replace("birth", "heartbeat").replace("81", "99"));
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
