package kr.dolbom.broker.fault;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kr.dolbom.db.DatabaseConnection;
import kr.dolbom.db.server.DatabaseCommand;
import kr.dolbom.db.server.DatabaseSettings;
import org.jspecify.annotations.Nullable;

/// The program `care-db` with a PostgreSQL whose data survive its death, and are deleted in the end.
final class DatabaseProcess implements AutoCloseable {
    private static final Duration TO_START = Duration.ofMinutes(2);

    private final String name = "fault_" + UUID.randomUUID().toString().substring(0, 8);
    private final Path folder;
    private final Path data;
    private final int port;
    private @Nullable Process supervisor;

    /// @param folder for its log
    /// @param port where it listens
    DatabaseProcess(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        String cache = System.getenv().getOrDefault("DOLBOM_CACHE", "");
        data = DatabaseSettings.of(Map.of("DOLBOM_CACHE", cache), name).folder();
    }

    /// Starts it, as it was when it died.
    void start() throws IOException {
        Files.deleteIfExists(info());
        supervisor = Programs.start(
                folder.resolve("database.log"),
                Map.of("DOLBOM_DB_URL", "", "DOLBOM_DB_PORT", Integer.toString(port)),
                DatabaseCommand.class,
                "start",
                "--name",
                name,
                "--info",
                info().toString());
    }

    /// Waits until it can be reached.
    DatabaseConnection awaitConnection() throws IOException {
        await().atMost(TO_START).until(() -> Files.exists(info()));
        Properties told = new Properties();
        try (var text = Files.newBufferedReader(info())) {
            told.load(text);
        }
        return DatabaseConnection.fromEnvironment(
                told.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, told::getProperty)));
    }

    private Path info() {
        return folder.resolve("database.env");
    }

    /// SIGKILL to PostgreSQL and each of its processes. The program that watches over it starts it again.
    void killServer() throws IOException {
        ProcessHandle postmaster = findPostmaster();
        List<ProcessHandle> children = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /// SIGKILL to PostgreSQL and to the program that would start it again.
    void killAll() throws IOException {
        if (supervisor != null) {
            supervisor.destroyForcibly().onExit().join();
        }
        killServer();
    }

    private ProcessHandle findPostmaster() throws IOException {
        try (Stream<Path> kinds = Files.list(data)) {
            Path pid = kinds.map(kind -> kind.resolve("postmaster.pid"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no PostgreSQL runs in " + data));
            return ProcessHandle.of(
                            Long.parseLong(Files.readAllLines(pid).get(0).strip()))
                    .orElseThrow(() -> new AssertionError("PostgreSQL is not there: " + pid));
        }
    }

    @Override
    public void close() throws IOException {
        killAll();
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder()).forEach(DatabaseProcess::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
