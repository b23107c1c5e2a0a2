package kr.dolbom.broker.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import kr.dolbom.broker.launcher.BrokerLauncher;
import kr.dolbom.db.DatabaseConnection;
import org.jspecify.annotations.Nullable;

/// The program `broker`.
final class BrokerProcess implements AutoCloseable {
    private final Path folder;
    private final DatabaseConnection database;
    private final int port;
    private final int healthPort;
    private @Nullable Process process;

    /// @param folder for its data and log
    /// @param port where devices connect to
    BrokerProcess(Path folder, DatabaseConnection database, int port, int healthPort) {
        this.folder = folder;
        this.database = database;
        this.port = port;
        this.healthPort = healthPort;
    }

    String uri() {
        return "tcp://127.0.0.1:" + port;
    }

    /// @param holdSeconds how long it holds a message without a database
    void start(int holdSeconds) throws IOException {
        process = Programs.start(
                folder.resolve("broker.log"),
                Map.of(
                        "DOLBOM_DB_URL", database.url(),
                        "DOLBOM_DB_USER", database.user(),
                        "DOLBOM_DB_PASSWORD", database.password(),
                        "DOLBOM_MQTT_PORT", Integer.toString(port),
                        "DOLBOM_BROKER_HEALTH_PORT", Integer.toString(healthPort),
                        "DOLBOM_BROKER_HOLD_SECONDS", Integer.toString(holdSeconds)),
                BrokerLauncher.class,
                "--data",
                folder.resolve("broker").toString());
    }

    /// SIGKILL.
    void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
