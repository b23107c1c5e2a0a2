package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import kr.dolbom.broker.TestBroker.Device;
import org.awaitility.core.ConditionTimeoutException;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The database goes away and comes back.
class OutageTest {
    private static final int SERVER_BUSY = 0x89;
    private static final int SERVER_UNAVAILABLE = 0x88;
    private static final Duration HOLD = Duration.ofSeconds(2);

    private static TcpProxy network;
    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        network = new TcpProxy(port(TestBroker.shared().database.url()));
        broker = TestBroker.start(settings -> settings.withDbUrl(
                        settings.dbUrl().replaceFirst(":\\d+/", ":" + network.port() + "/"))
                .withHold(HOLD));
    }

    private static int port(String url) {
        return Integer.parseInt(url.replaceFirst("^.*:(\\d+)/.*$", "$1"));
    }

    @AfterEach
    void mend() {
        network.mend();
        broker.awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
        network.close();
    }

    @Test
    void aMessageIsHeldWhileTheDatabaseIsAwayAndAcknowledgedWhenItIsBack() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            network.cut();
            IMqttToken token = client.send(device.topic("activity"), Bodies.message(1, Bodies.ACTIVITY));
            assertThrows(
                    ConditionTimeoutException.class,
                    () -> await().atMost(HOLD.dividedBy(2)).until(token::isComplete));

            network.mend();

            assertEquals(0, TestClient.answer(token).code());
            assertEquals(1, broker.telemetryRows(device));
        }
    }

    @Test
    void aMessageHeldTooLongClosesTheConnectionWithoutAnAnswer() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            network.cut();
            IMqttToken token = client.send(device.topic("activity"), Bodies.message(1, Bodies.ACTIVITY));

            assertEquals(SERVER_BUSY, client.awaitDisconnect());
            assertEquals(0, token.getReasonCodes() == null ? 0 : token.getReasonCodes().length);
        }
    }

    @Test
    void aRefusalIsNoAnswerEitherBeforeItIsInQuarantine() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            network.cut();
            client.send(device.topic("activity"), Bodies.bytes("{"));

            assertEquals(SERVER_BUSY, client.awaitDisconnect());
        }
    }

    @Test
    void aStockClientThatReconnectsByItselfLosesNothingAndStoresNothingTwice() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker.uri(), device, OutageTest::patient)) {
            client.publish(device.topic("activity"), Bodies.message(0, Bodies.ACTIVITY));
            network.cut();
            for (int seq = 1; seq <= 8; seq++) {
                client.send(device.topic("activity"), Bodies.message(seq, Bodies.ACTIVITY));
            }
            assertEquals(SERVER_BUSY, client.awaitDisconnect());

            network.mend();

            await().atMost(Duration.ofSeconds(30)).until(() -> client.unacknowledged() == 0);
            assertEquals(
                    IntStream.rangeClosed(0, 8).mapToObj(Integer::toString).toList(),
                    broker.texts("select seq from telemetry where device_no = ? order by seq", device.number()));
        }
    }

    @Test
    void aStockClientLosesNothingWhenTheBrokerIsRestarted() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker.uri(), device, OutageTest::patient)) {
            network.cut();
            for (int seq = 1; seq <= 5; seq++) {
                client.send(device.topic("activity"), Bodies.message(seq, Bodies.ACTIVITY));
            }
            broker.stop();
            network.mend();
            broker.startAgain();

            await().atMost(Duration.ofSeconds(30)).until(() -> client.unacknowledged() == 0);
            assertEquals(
                    List.of("1", "2", "3", "4", "5"),
                    broker.texts("select seq from telemetry where device_no = ? order by seq", device.number()));
        }
    }

    @Test
    void anOldStockClientLosesNothingEither() throws Exception {
        Device device = broker.registerDevice();
        try (OldClient client = OldClient.connect(broker.uri(), device)) {
            network.cut();
            for (int seq = 1; seq <= 5; seq++) {
                client.send(device.topic("activity"), Bodies.message(seq, Bodies.ACTIVITY));
            }
            client.awaitLoss();

            network.mend();

            await().atMost(Duration.ofSeconds(30)).until(() -> client.unacknowledged() == 0);
            assertEquals(
                    List.of("1", "2", "3", "4", "5"),
                    broker.texts("select seq from telemetry where device_no = ? order by seq", device.number()));
        }
    }

    @Test
    void knownDevicesConnectWhileTheDatabaseIsAwayAndUnknownOnesAreToldToComeLater() throws Exception {
        Device known = broker.registerDevice();
        TestClient.connect(broker, known).close();
        network.cut();
        await().until(() -> !broker.isReady());
        Device unknown = broker.registerDevice();

        assertEquals(SERVER_UNAVAILABLE, TestClient.refusal(broker, unknown));
        TestClient.connect(broker, known).close();
    }

    @Test
    void presenceOutlastsAnOutage() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            await().until(() -> presence(device).equals(List.of("true connect")));
            network.cut();
            client.disconnect();
            await().until(() -> !broker.isReady());
            assertEquals(List.of("true connect"), presence(device));

            network.mend();

            await().until(() -> presence(device).equals(List.of("false disconnect")));
        }
    }

    @Test
    void whoeverWasConnectedWhenABrokerDiedIsNotConnectedWhenTheNextStarts() throws Exception {
        Device device = broker.registerDevice();
        broker.texts("""
                insert into device_presence (device_no, connected, changed_at, reason)
                values (?, true, now() - interval '1 hour', 'connect')""", device.number());

        broker.stop();
        broker.texts("update device_presence set connected = true where device_no = ?", device.number());
        broker.startAgain();

        assertEquals(List.of("false broker-start"), presence(device));
    }

    @Test
    void aBrokerWithoutADatabaseSaysSoAndLetsDevicesInAsSoonAsItIsThere() throws Exception {
        Device device = broker.registerDevice();
        broker.stop();
        network.cut();
        broker.startWithoutWaiting();
        assertFalse(broker.isReady());
        assertEquals(SERVER_UNAVAILABLE, TestClient.refusal(broker, device));

        network.mend();

        broker.awaitReady();
        TestClient.connect(broker, device).close();
    }

    private static void patient(MqttConnectionOptions options) {
        options.setAutomaticReconnect(true);
        options.setAutomaticReconnectDelay(1, 2);
        options.setMaxReconnectDelay(1_000);
        options.setCleanStart(false);
        options.setSessionExpiryInterval(3_600L);
    }

    private List<String> presence(Device device) {
        return broker.texts(
                "select connected::text || ' ' || reason from device_presence where device_no = ?", device.number());
    }
}
