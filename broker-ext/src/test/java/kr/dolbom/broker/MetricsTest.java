package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kr.dolbom.broker.TestBroker.Device;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What Prometheus reads, against what was published.
class MetricsTest {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{[^}]*})? (\\S+)");
    private static final int NOT_AUTHORIZED = 0x87;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static TcpProxy network;
    private static TestBroker broker;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        network =
                new TcpProxy(Integer.parseInt(TestBroker.shared().database.url().replaceFirst("^.*:(\\d+)/.*$", "$1")));
        broker = TestBroker.start(settings -> settings.with("DOLBOM_BROKER_HEALTH_PORT", Integer.toString(port))
                .with("DOLBOM_QUARANTINE_ROWS_PER_DEVICE_AND_DAY", "2")
                .withDbUrl(settings.dbUrl().replaceFirst(":\\d+/", ":" + network.port() + "/"))
                .withHold(Duration.ofSeconds(20)));
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
    void theFiguresAreThoseOfWhatWasPublished() throws Exception {
        Device device = broker.registerDevice();
        Map<String, Double> before = scrape();
        try (TestClient client = TestClient.connect(broker, device)) {
            for (int seq = 1; seq <= 3; seq++) {
                client.publish(device.topic("activity"), Bodies.message(seq, Bodies.ACTIVITY));
                client.publish(device.topic("activity"), Bodies.bytes("{" + seq));
            }
            client.publish(device.topic("emergency"), Bodies.message(4, Bodies.SOS));
            client.publish("x", Bodies.message(5, Bodies.SOS));

            Map<String, Double> after = scrape();
            Map<String, Double> more = new HashMap<>();
            after.forEach((name, value) -> more.put(name, value - before.getOrDefault(name, 0.0)));
            assertEquals(3, more.get("kr_dolbom_broker_accepted_total{kind=\"activity\"}"));
            assertEquals(1, more.get("kr_dolbom_broker_accepted_total{kind=\"emergency\"}"));
            assertEquals(3, more.get("kr_dolbom_broker_rejected_total{reason=\"malformed-json\"}"));
            assertEquals(1, more.get("kr_dolbom_broker_rejected_total{reason=\"unknown-topic\"}"));
            assertEquals(0, more.get("kr_dolbom_broker_rejected_total{reason=\"too-large\"}"));
            assertEquals(2, more.get("kr_dolbom_broker_quarantine_kept_total"));
            assertEquals(2, more.get("kr_dolbom_broker_quarantine_dropped_total"));
            assertTrue(more.get("kr_dolbom_broker_answer_seconds_count") >= 8, more::toString);
            // Each message waited for its answer, so that none could share a commit with another.
            assertTrue(more.get("kr_dolbom_broker_commit_seconds_count") >= 8, more::toString);
            assertTrue(after.get("kr_dolbom_broker_commit_seconds{quantile=\"0.99\"}") > 0);
            assertTrue(after.get("kr_dolbom_broker_commit_entries{quantile=\"0.999\"}") >= 1);
            assertEquals(1, after.get("kr_dolbom_broker_devices_online"));
            assertEquals(1, after.get("kr_dolbom_broker_ready"));
            // HiveMQ's own figures are there too.
            assertEquals(1, after.get("com_hivemq_networking_connections_current"));
        }
    }

    @Test
    void whatWaitsForTheDatabaseIsSeenWhileItWaits() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            client.publish(device.topic("activity"), Bodies.message(1, Bodies.ACTIVITY));
            assertEquals(0, scrape().get("kr_dolbom_broker_held_entries"));
            assertEquals(0, scrape().get("kr_dolbom_broker_held_oldest_seconds"));
            network.cut();
            IMqttToken token = client.send(device.topic("activity"), Bodies.message(2, Bodies.ACTIVITY));

            await().until(() -> scrape().get("kr_dolbom_broker_held_oldest_seconds") > 1);

            assertEquals(1, scrape().get("kr_dolbom_broker_held_entries"));
            assertTrue(scrape().get("kr_dolbom_broker_held_bytes") > 0);
            network.mend();
            assertEquals(0, TestClient.answer(token).code());
            assertEquals(0, scrape().get("kr_dolbom_broker_held_bytes"));
        }
    }

    @Test
    void refusedAndClosedConnectionsAreCountedByReason() throws Exception {
        Device device = broker.registerDevice();
        Device other = broker.registerDevice();
        Map<String, Double> before = scrape();

        assertEquals(
                NOT_AUTHORIZED,
                TestClient.refusal(broker.uri(), device.id(), device.id(), other.secret(), options -> {}));
        try (TestClient client = TestClient.connect(broker, device)) {
            broker.texts("update device set revoked_at = now() where device_no = ?", device.number());
            broker.texts("select pg_notify('dolbom_device', ?)", device.id());
            assertEquals(NOT_AUTHORIZED, client.awaitDisconnect());
        }

        Map<String, Double> after = scrape();
        for (String name : new String[] {
            "kr_dolbom_broker_connections_refused_total{reason=\"not-authorized\"}",
            "kr_dolbom_broker_disconnected_total{reason=\"not-authorized\"}"
        }) {
            assertEquals(1, after.get(name) - before.getOrDefault(name, 0.0), name);
        }
    }

    @Test
    void healthIsDownWhileTheDatabaseIsAway() throws Exception {
        assertEquals("200 {\"status\":\"UP\"}", health());
        network.cut();

        await().atMost(Duration.ofSeconds(30)).until(() -> health().equals("503 {\"status\":\"DOWN\"}"));

        network.mend();
        await().atMost(Duration.ofSeconds(30)).until(() -> health().equals("200 {\"status\":\"UP\"}"));
    }

    @Test
    void aCallerThatPrefersOpenMetricsGetsIt() throws Exception {
        HttpResponse<String> plain = get("/metrics", "text/plain");
        HttpResponse<String> open = get("/metrics", "application/openmetrics-text;version=1.0.0");

        assertEquals(
                "text/plain; version=0.0.4; charset=utf-8",
                plain.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(
                "application/openmetrics-text; version=1.0.0; charset=utf-8",
                open.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(open.body().endsWith("# EOF\n"));
    }

    @Test
    void aTakenPortDoesNotKeepTheBrokerFromItsWork() throws Exception {
        try (TestBroker second =
                TestBroker.start(settings -> settings.with("DOLBOM_BROKER_HEALTH_PORT", Integer.toString(port)))) {
            Device device = second.registerDevice();
            try (TestClient client = TestClient.connect(second, device)) {
                assertEquals(0, client.publish(device.topic("activity"), Bodies.message(1, Bodies.ACTIVITY)));
            }
        }
        new Socket(InetAddress.getLoopbackAddress(), port).close();
    }

    private static String health() throws IOException, InterruptedException {
        HttpResponse<String> response = get("/health", "*/*");
        return response.statusCode() + " " + response.body();
    }

    private static HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Accept", accept)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /// Every sample by its name and labels. Each line must be one, or a comment.
    private static Map<String, Double> scrape() throws IOException, InterruptedException {
        Map<String, Double> samples = new HashMap<>();
        for (String line : get("/metrics", "text/plain").body().lines().toList()) {
            if (!line.startsWith("#")) {
                Matcher sample = SAMPLE.matcher(line);
                assertTrue(sample.matches(), line);
                String labels = sample.group(2) == null ? "" : sample.group(2);
                Double earlier = samples.put(sample.group(1) + labels, Double.valueOf(sample.group(3)));
                assertEquals(null, earlier, line);
            }
        }
        return samples;
    }
}
