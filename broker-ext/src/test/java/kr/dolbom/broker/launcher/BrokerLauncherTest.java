package kr.dolbom.broker.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import kr.dolbom.broker.TcpProxy;
import kr.dolbom.db.fixture.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program, in a process of its own.
class BrokerLauncherTest {
    private static final int TERMINATED = 143;

    @TempDir
    private Path folder;

    @Test
    void itSaysThatItWaitsForTheDatabaseIsUpWhenThatIsThereAndStopsCleanly() throws Exception {
        int mqtt = freePort();
        int health = freePort();
        int database = freePort();
        try (TestDatabase real = TestDatabase.create();
                HttpClient http = HttpClient.newHttpClient()) {
            Process process = start(real, real.url().replaceFirst(":\\d+/", ":" + database + "/"), mqtt, health);
            try {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> log().contains("Waiting for the database") && log().contains("listens"));
                assertEquals("503 {\"status\":\"DOWN\"}", ask(http, health));

                try (TcpProxy server = new TcpProxy(database, port(real.url()))) {
                    assertEquals(database, server.port());
                    await().atMost(Duration.ofSeconds(30))
                            .until(() -> ask(http, health).equals("200 {\"status\":\"UP\"}"));
                    new Socket(InetAddress.getLoopbackAddress(), mqtt).close();
                    process.destroy();

                    assertTrue(process.waitFor(30, TimeUnit.SECONDS), this::log);
                }
                assertEquals(TERMINATED, process.exitValue());
                assertTrue(log().contains("The broker has stopped"), this::log);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void itNamesAPortThatIsTakenAndTheWayOut() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestDatabase real = TestDatabase.create()) {
            Process process = start(real, real.url(), taken.getLocalPort(), freePort());
            try {
                assertTrue(process.waitFor(60, TimeUnit.SECONDS));
                assertEquals(1, process.exitValue());
                assertTrue(log().contains("Port " + taken.getLocalPort()), this::log);
                assertTrue(log().contains("set DOLBOM_MQTT_PORT"), this::log);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private Process start(TestDatabase database, String url, int mqtt, int health) throws IOException {
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BrokerLauncher.class.getName(),
                "--data",
                folder.resolve("data").toString());
        program.environment().put("DOLBOM_DB_URL", url);
        program.environment().put("DOLBOM_DB_USER", database.user());
        program.environment().put("DOLBOM_DB_PASSWORD", database.password());
        program.environment().put("DOLBOM_MQTT_PORT", Integer.toString(mqtt));
        program.environment().put("DOLBOM_BROKER_HEALTH_PORT", Integer.toString(health));
        return program.redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    private static String ask(HttpClient http, int port) throws Exception {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (ConnectException e) {
            return "nobody there";
        }
    }

    private static int port(String url) {
        return Integer.parseInt(url.replaceFirst("^.*:(\\d+)/.*$", "$1"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
