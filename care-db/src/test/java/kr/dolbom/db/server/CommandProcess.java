package kr.dolbom.db.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// The program `care-db` in a process of its own.
final class CommandProcess implements AutoCloseable {
    private static final String READY = "Database ready: ";

    private final Process process;
    private final Path output;
    private final Path errors;

    /// @param folder      where its output goes
    /// @param environment replaces the variables of this process that have the same names
    /// @param prefix      put before the command, to run it as another user
    CommandProcess(Path folder, Map<String, String> environment, List<String> prefix, String classPath, String... words)
            throws IOException {
        output = Files.createTempFile(folder, "output", ".txt");
        errors = Files.createTempFile(folder, "errors", ".txt");
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", classPath, DatabaseCommand.class.getName()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        List.of("DOLBOM_DB_URL", "DOLBOM_DB_USER", "DOLBOM_DB_PASSWORD", "DOLBOM_DB_PORT")
                .forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        process = builder.start();
    }

    static CommandProcess start(ScratchCache cache, String... words) throws IOException {
        return new CommandProcess(
                cache.path, cache.environment(), List.of(), System.getProperty("java.class.path"), words);
    }

    /// A class path like this process's where any user can read it.
    static String readableClassPath(Path folder) throws IOException {
        List<String> copies = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path copy = folder.resolve(copies.size() + "-" + Path.of(entry).getFileName());
            copy(Path.of(entry), copy);
            copies.add(copy.toString());
        }
        return String.join(File.pathSeparator, copies);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.copy(file, copy);
                Files.setPosixFilePermissions(
                        copy, PosixFilePermissions.fromString(Files.isDirectory(copy) ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }

    /// Waits for the line that says where the database is; returns that line.
    String awaitReady() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> ready().isPresent() || !process.isAlive());
        return ready().orElseThrow(() -> new AssertionError("not ready: " + errors()));
    }

    /// The JDBC URL in that line.
    static String url(String readyLine) {
        return Arrays.stream(readyLine.split(" ", -1))
                .filter(word -> word.startsWith("jdbc:"))
                .findFirst()
                .orElseThrow();
    }

    private Optional<String> ready() {
        return output().lines().filter(line -> line.startsWith(READY)).findFirst();
    }

    /// Waits for its end; returns the exit code.
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still running: " + output() + errors());
        }
        return process.exitValue();
    }

    String output() {
        return read(output);
    }

    String errors() {
        return read(errors);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// SIGTERM.
    void end() throws InterruptedException {
        process.destroy();
        awaitEnd();
    }

    /// SIGKILL.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
