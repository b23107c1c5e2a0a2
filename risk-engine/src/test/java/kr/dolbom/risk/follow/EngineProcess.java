package kr.dolbom.risk.follow;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import kr.dolbom.db.fixture.TestDatabase;
import kr.dolbom.risk.RiskEngine;
import org.awaitility.Awaitility;

/// The program in a process of its own, which can be killed and stopped.
final class EngineProcess implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final int port;

    private EngineProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    static EngineProcess start(TestDatabase database, Duration lease, Duration snapshotEvery) throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path log = Files.createTempFile("risk-engine", ".log");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RiskEngine.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("DOLBOM_DB_URL", database.url());
        builder.environment().put("DOLBOM_DB_USER", database.user());
        builder.environment().put("DOLBOM_DB_PASSWORD", database.password());
        builder.environment().put("DOLBOM_ENGINE_PORT", Integer.toString(port));
        builder.environment().put("DOLBOM_ENGINE_FEED_LEASE", lease.toString());
        builder.environment().put("DOLBOM_ENGINE_FEED_SNAPSHOT_EVERY", snapshotEvery.toString());
        return new EngineProcess(builder.start(), log, port);
    }

    /// Waits until it is healthy in this role.
    void await(EngineStatus.Role role, Duration atMost) {
        String up = "\"status\":\"UP\"";
        String told = "\"role\":\"" + role.id() + "\"";
        Awaitility.await()
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(100))
                .failFast("the engine has ended; its log is " + log, () -> !process.isAlive())
                .until(this::health, body -> body.contains(up) && body.contains(told));
    }

    private String health() throws IOException, InterruptedException {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (ConnectException e) {
            return "not yet";
        }
    }

    void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill -" + name + " gave " + exit);
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// What it has logged.
    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                signal("CONT");
                process.destroy();
                if (!process.waitFor(15, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(log);
    }
}
