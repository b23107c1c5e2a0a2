package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kr.dolbom.broker.TestBroker.Device;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Devices that send too much, and too many devices.
class LimitTest {
    private static final int SERVER_BUSY = 0x89;
    private static final int CONNECTION_RATE_EXCEEDED = 0x9F;
    private static final int OLD_SERVER_UNAVAILABLE = 3;
    private static final int BURST = 200;
    private static final int FLOOD = 600;
    private static final int CONNECTIONS_PER_MINUTE = 800;
    private static final int DISTRICT = 1_000;

    private static TestBroker broker;

    @BeforeAll
    static void start() {
        broker = TestBroker.start(settings -> settings.with("DOLBOM_RATE_PER_SECOND", "50")
                .with("DOLBOM_RATE_BURST", Integer.toString(BURST))
                .with("DOLBOM_CONNECTIONS_PER_MINUTE", Integer.toString(CONNECTIONS_PER_MINUTE)));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void aDeviceThatFloodsIsToldToComeBackLaterAndAStockClientLosesNothingAndNobodyElseNoticesIt() throws Exception {
        Device noisy = broker.registerDevice();
        Device other = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker.uri(), noisy, LimitTest::patient);
                TestClient quiet = TestClient.connect(broker, other)) {
            for (int seq = 1; seq <= FLOOD; seq++) {
                byte[] body = Bodies.message(seq, seq == FLOOD / 2 ? Bodies.SOS : Bodies.ACTIVITY);
                sendWhenPossible(client, noisy.topic(seq == FLOOD / 2 ? "emergency" : "activity"), body);
                if (seq % 100 == 0) {
                    assertEquals(0, quiet.publish(other.topic("activity"), Bodies.message(seq, Bodies.ACTIVITY)));
                }
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> client.unacknowledged() == 0);

            assertEquals(
                    IntStream.rangeClosed(1, FLOOD).mapToObj(Integer::toString).toList(),
                    broker.texts("select seq from telemetry where device_no = ? order by seq", noisy.number()));
            assertEquals(SERVER_BUSY, client.awaitDisconnect());
            String reason = client.reasons.remove();
            assertTrue(
                    reason.matches("rate-exceeded DC-CON-016: more than 50 messages a second, 200 at once;"
                            + " retry in [1-9][0-9]* s"),
                    reason);
            assertTrue(quiet.isConnected());
            assertTrue(quiet.disconnects.isEmpty());
        }
    }

    @Test
    void emergenciesPassWhereNothingElseDoes() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            int sent = sendUntilDisconnected(client, device);
            assertTrue(sent >= BURST, sent + " were taken at once");
            assertEquals(SERVER_BUSY, client.awaitDisconnect());
        }
        try (TestClient client = TestClient.connect(broker, device)) {
            for (int seq = 1; seq <= 2 * BURST; seq++) {
                assertEquals(0, client.publish(device.topic("emergency"), Bodies.message(seq, Bodies.SOS)));
            }
            assertTrue(client.isConnected());
            assertEquals(
                    2 * BURST,
                    broker.number("select count(*) from telemetry where device_no = ? and kind = 6", device.number()));
        }
    }

    @Test
    void whatIsNoEmergencyCountsOnItsTopicToo() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            while (client.isConnected()) {
                try {
                    client.send(device.topic("emergency"), Bodies.bytes("{"));
                } catch (MqttException e) {
                    // ten are on the way already, or the connection is closed
                }
            }
            assertEquals(SERVER_BUSY, client.awaitDisconnect());
        }
        await().until(() -> "rate-exceeded"
                .equals(broker.text("select reason from device_presence where device_no = ?", device.number())));
    }

    @Test
    void refusedMessagesCountToo() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            List<IMqttToken> tokens = new ArrayList<>();
            while (client.isConnected()) {
                try {
                    tokens.add(client.send("x", Bodies.bytes("{")));
                } catch (MqttException e) {
                    // ten are on the way already, or the connection is closed
                }
            }
            assertEquals(SERVER_BUSY, client.awaitDisconnect());
            assertTrue(tokens.size() >= BURST, tokens.size() + " were answered");
        }
    }

    @Test
    void anOldDeviceThatFloodsLosesItsConnectionAndNothingElse() throws Exception {
        Device device = broker.registerDevice();
        try (OldClient client = OldClient.connect(broker.uri(), device)) {
            for (int seq = 1; seq <= BURST + 100; seq++) {
                int number = seq;
                await().atMost(Duration.ofSeconds(30))
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(2))
                        .ignoreExceptionsInstanceOf(org.eclipse.paho.client.mqttv3.MqttException.class)
                        .until(() -> {
                            client.send(device.topic("activity"), Bodies.message(number, Bodies.ACTIVITY));
                            return true;
                        });
            }
            client.awaitLoss();
            await().atMost(Duration.ofSeconds(60)).until(() -> client.unacknowledged() == 0);

            assertEquals(BURST + 100, broker.telemetryRows(device));
        }
    }

    /// A power cut in a district ends. Each device tries again when it was told.
    @Test
    void aDistrictThatComesBackAtOnceGetsInByAndByAndAnSosAtOnce() throws Exception {
        List<Device> devices = IntStream.range(0, DISTRICT)
                .mapToObj(i -> broker.registerDevice())
                .toList();
        Device old = broker.registerDevice();
        Device urgent = broker.registerDevice();
        // So that it knows them, and has let nobody in yet.
        broker.stop();
        broker.startAgain();
        AtomicInteger turnedAway = new AtomicInteger();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> letIn = new ArrayList<>();
            for (Device device : devices) {
                CompletableFuture<Void> in = new CompletableFuture<>();
                letIn.add(in);
                threads.execute(() -> connectByBackOff(device, in, turnedAway, threads));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> turnedAway.get() > 0);

            try (Newcomer sos = Newcomer.connect(broker.port(), urgent, 5, true)) {
                assertEquals(0, sos.code());
            }
            assertEquals(CONNECTION_RATE_EXCEEDED, firstRefusal(urgent, 5));
            assertEquals(OLD_SERVER_UNAVAILABLE, firstRefusal(old, 4));
            CompletableFuture.allOf(letIn.toArray(CompletableFuture[]::new)).get(2, TimeUnit.MINUTES);
        }

        assertTrue(turnedAway.get() >= DISTRICT - CONNECTIONS_PER_MINUTE - 100, turnedAway + " were turned away");
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        // The 200 or so beyond the limit at 13 a second.
        assertTrue(took.compareTo(Duration.ofSeconds(60)) < 0, took::toString);
    }

    /// The code of a device that may just happen to come when there is room, so that it tries a few times.
    private static int firstRefusal(Device device, int version) throws IOException {
        int code = 0;
        for (int i = 0; i < 50 && code == 0; i++) {
            try (Newcomer newcomer = Newcomer.connect(broker.port(), device, version, false)) {
                code = newcomer.code();
            }
        }
        return code;
    }

    /// Tries again when it was told, until it is let in.
    private static void connectByBackOff(
            Device device, CompletableFuture<Void> in, AtomicInteger turnedAway, Executor threads) {
        try (Newcomer newcomer = Newcomer.connect(broker.port(), device, 5, false)) {
            if (newcomer.code() == 0) {
                in.complete(null);
                return;
            }
            assertEquals(CONNECTION_RATE_EXCEEDED, newcomer.code());
            turnedAway.incrementAndGet();
            CompletableFuture.delayedExecutor(newcomer.retrySeconds(), TimeUnit.SECONDS, threads)
                    .execute(() -> connectByBackOff(device, in, turnedAway, threads));
        } catch (IOException | AssertionError e) {
            in.completeExceptionally(e);
        }
    }

    private static int sendUntilDisconnected(TestClient client, Device device) {
        int sent = 0;
        while (client.isConnected()) {
            try {
                client.send(device.topic("activity"), Bodies.message(sent + 1, Bodies.ACTIVITY));
                sent++;
            } catch (MqttException e) {
                // ten are on the way already, or the connection is closed
            }
        }
        return sent;
    }

    private static void sendWhenPossible(TestClient client, String topic, byte[] body) {
        await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .ignoreExceptionsInstanceOf(MqttException.class)
                .until(() -> client.isConnected() ? client.send(topic, body) : null, Objects::nonNull);
    }

    private static void patient(MqttConnectionOptions options) {
        options.setAutomaticReconnect(true);
        options.setAutomaticReconnectDelay(1, 2);
        options.setMaxReconnectDelay(1_000);
        options.setCleanStart(false);
        options.setSessionExpiryInterval(3_600L);
    }
}
