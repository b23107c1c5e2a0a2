package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.HiveMQServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import kr.dolbom.broker.TestBroker.Device;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The zip, unpacked into the folder of a HiveMQ CE that is not ours and started as HiveMQ's own `run.sh` starts it:
/// its main class in a process of its own, with `-Dhivemq.home`, and nothing of ours on its class path. Steps as in
/// docs/how-to/install-into-hivemq.md.
class StockHiveMqTest {
    private static final int NOT_AUTHORIZED = 0x87;
    // HiveMQ's run.sh gives these.
    private static final List<String> OPTIONS = List.of(
            "-Djava.net.preferIPv4Stack=true",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");

    private final TestBroker shared = TestBroker.shared();
    private final HttpClient http = HttpClient.newHttpClient();
    private final int mqtt = freePort();
    private final int tls = freePort();
    private final int health = freePort();
    private Process hivemq;

    @TempDir
    private Path home;

    @BeforeEach
    void install() throws Exception {
        for (String folder : List.of("bin", "conf", "data", "extensions", "log")) {
            Files.createDirectories(home.resolve(folder));
        }
        try (FileSystem zip = FileSystems.newFileSystem(shared.settings.extension());
                Stream<Path> files = Files.walk(zip.getPath("/dolbom-broker-ext"))) {
            for (Path file : files.toList()) {
                Path target = home.resolve("extensions" + file);
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @AfterEach
    void stop() throws Exception {
        http.close();
        if (hivemq != null) {
            hivemq.destroyForcibly().waitFor();
        }
    }

    @Test
    void aDeviceIsServedByTheSampleConfiguration() throws Exception {
        String sample = Files.readString(ours("conf/hivemq-config.xml"));
        String listener = Files.readString(ours("conf/hivemq-tls-listener.xml"));
        configure(sample.replace("<!-- For devices: put the listener of hivemq-tls-listener.xml here. -->", listener)
                .replace("<port>1883</port>", "<port>" + mqtt + "</port>")
                .replace("<port>8883</port>", "<port>" + tls + "</port>")
                .replace("<bind-address>0.0.0.0<", "<bind-address>127.0.0.1<"));
        set("DOLBOM_DB_URL=" + shared.database.url(), "DOLBOM_DB_USER=" + shared.database.user());
        set("DOLBOM_BROKER_HEALTH_PORT=" + health);

        start(Map.of(
                "DOLBOM_DB_PASSWORD", shared.database.password(),
                "DOLBOM_MQTT_TLS_KEYSTORE", makeStore("broker").toString(),
                "DOLBOM_MQTT_TLS_KEYSTORE_PASSWORD", "changeit",
                "DOLBOM_MQTT_TLS_TRUSTSTORE", makeStore("issuer").toString(),
                "DOLBOM_MQTT_TLS_TRUSTSTORE_PASSWORD", "changeit"));

        await().atMost(Duration.ofSeconds(60)).until(() -> ask("/health").equals("200 {\"status\":\"UP\"}"));
        Device device = shared.registerDevice();
        try (TestClient client = TestClient.connect(uri(), device, options -> {})) {
            assertEquals(0, client.publish(device.topic("activity"), Bodies.message(1, Bodies.ACTIVITY)));
            assertEquals(1, shared.telemetryRows(device));
            assertEquals(0x99, client.publish(device.topic("activity"), Bodies.bytes("{")));
        }
        assertEquals(NOT_AUTHORIZED, TestClient.refusal(uri(), device.id(), device.id(), "wrong", options -> {}));
        assertTrue(ask("/metrics").contains("kr_dolbom_broker_accepted_total{kind=\"activity\"} 1.0"));
        assertTrue(speaksTls(), this::log);
        assertFalse(log().contains("does not suit"), this::log);

        hivemq.destroy();
        assertTrue(hivemq.waitFor(30, TimeUnit.SECONDS), this::log);
    }

    @Test
    void aConfigurationThatDoesNotSuitIsWarnedOf() throws Exception {
        configure(ownDefault());
        set("DOLBOM_DB_URL=" + shared.database.url(), "DOLBOM_DB_USER=" + shared.database.user());

        // The environment goes before the file, which says nothing of it.
        start(Map.of(
                "DOLBOM_DB_PASSWORD",
                shared.database.password(),
                "DOLBOM_BROKER_HEALTH_PORT",
                Integer.toString(health)));

        await().atMost(Duration.ofSeconds(60)).until(() -> ask("/health").equals("200 {\"status\":\"UP\"}"));
        TestClient.connect(uri(), shared.registerDevice(), options -> {}).close();
        await().untilAsserted(() -> assertTrue(log().contains("Topic aliases are on"), this::log));
        assertTrue(log().contains("max-packet-size is 268435460"), this::log);
        assertTrue(log().contains("has no TLS"), this::log);
    }

    @Test
    void aSecretInTheFileIsRefusedAndNobodyIsLetIn() throws Exception {
        configure(ownDefault());
        set("DOLBOM_DB_URL=" + shared.database.url(), "DOLBOM_DB_USER=" + shared.database.user());
        set("DOLBOM_DB_PASSWORD=not-here");

        start(Map.of());

        await().atMost(Duration.ofSeconds(60)).until(() -> log().contains("Started HiveMQ"));
        assertTrue(log().contains("DOLBOM_DB_PASSWORD stands in"), this::log);
        assertFalse(log().contains("not-here"), this::log);
        Device device = shared.registerDevice();
        assertThrows(
                MqttException.class,
                () -> TestClient.connect(uri(), device, options -> {}).close());
    }

    private String ownDefault() throws IOException {
        try (InputStream config = HiveMQServer.class.getResourceAsStream("/config.xml")) {
            return new String(config.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("<port>1883</port>", "<port>" + mqtt + "</port>");
        }
    }

    private Path ours(String file) {
        return home.resolve("extensions/dolbom-broker-ext").resolve(file);
    }

    private void configure(String xml) throws IOException {
        Files.writeString(home.resolve("conf/config.xml"), xml);
    }

    private void set(String... lines) throws IOException {
        Files.write(ours("conf/dolbom.properties"), List.of(lines), StandardOpenOption.APPEND);
    }

    private void start(Map<String, String> environment) throws IOException {
        ProcessBuilder program = new ProcessBuilder(Stream.of(
                        List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        OPTIONS,
                        List.of("-Dhivemq.home=" + home, "-cp", hivemqClassPath(), "com.hivemq.HiveMQServer"))
                .flatMap(List::stream)
                .toList());
        program.environment().keySet().removeIf(name -> name.startsWith("DOLBOM_"));
        program.environment().putAll(environment);
        hivemq = program.redirectErrorStream(true)
                .redirectOutput(home.resolve("log/out").toFile())
                .start();
    }

    /// HiveMQ and what it brings, without anything that only our jar has.
    private static String hivemqClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .filter(entry -> Stream.of("firmware-contract", "care-db", "/org/postgresql/", "/io/prometheus/")
                        .noneMatch(entry::contains))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Path makeStore(String name) throws Exception {
        Path store = home.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name)
                .inheritIO()
                .start();
        assertEquals(0, keytool.waitFor());
        return store;
    }

    /// Whether a handshake comes as far as the certificate, which nobody here trusts.
    private boolean speaksTls() throws IOException {
        try (var socket = SSLSocketFactory.getDefault().createSocket("127.0.0.1", tls)) {
            socket.getOutputStream().write(0);
            return false;
        } catch (javax.net.ssl.SSLHandshakeException e) {
            return String.valueOf(e.getMessage()).contains("PKIX");
        }
    }

    private String uri() {
        return "tcp://127.0.0.1:" + mqtt;
    }

    private String ask(String path) throws Exception {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + health + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (ConnectException e) {
            return "nobody there";
        }
    }

    private String log() {
        try {
            return Files.readString(home.resolve("log/out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
