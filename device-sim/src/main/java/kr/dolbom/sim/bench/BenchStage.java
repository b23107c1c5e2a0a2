package kr.dolbom.sim.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kr.dolbom.sim.stack.Stack;
import kr.dolbom.sim.stack.StackException;

/// What is measured: a database of its own, which is deleted afterwards, and the broker as `./dolbom
/// up` runs it.
final class BenchStage implements AutoCloseable {
    /// Begins the name of its database; the rest is the checkout's, so that two of them do not end each other's.
    static final String DATABASE = "bench";

    private static final String VERSION = "0.1.0-SNAPSHOT";

    private final Path root;
    private final Path folder;
    private final PrintWriter out;
    private final List<AutoCloseable> running = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    BenchStage(PrintWriter out) {
        String told = System.getProperty("dolbom.root", "");
        if (told.isEmpty()) {
            throw new StackException("The checkout is not known; start by the script ./dolbom, which tells it");
        }
        this.root = Path.of(told);
        this.folder = root.resolve("run/bench");
        this.out = out;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StackException("Cannot make the folder " + folder + ": " + e.getMessage(), e);
        }
    }

    Path root() {
        return root;
    }

    /// Starts an empty database.
    BenchDatabase database() throws InterruptedException, SQLException {
        say("starting a database …");
        Path info = folder.resolve("database.properties");
        BenchProgram program;
        try {
            Files.deleteIfExists(info);
            program = BenchProgram.start(
                    "database",
                    List.of(
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-jar",
                            jar("care-db"),
                            "start",
                            "--fresh",
                            "--name",
                            DATABASE + "_" + Integer.toHexString(root.toString().hashCode()),
                            "--info",
                            info.toString()),
                    Map.of("DOLBOM_DB_PORT", Integer.toString(BenchProgram.freePort())),
                    folder.resolve("database.log"));
        } catch (IOException e) {
            throw new StackException("Cannot use the folder " + folder + ": " + e.getMessage(), e);
        }
        running.add(program);
        program.awaitReady(() -> Files.exists(info));
        BenchDatabase database = BenchDatabase.open(info);
        Path files = database.folder();
        running.add(0, () -> BenchDatabase.deleteFolder(files));
        running.add(database);
        say(database.version() + (database.isDurable() ? ", commits wait for the disk" : ", NOT DURABLE"));
        return database;
    }

    /// A broker that runs.
    record Broker(int port, long pid) {}

    /// Starts our broker, with the options that `./dolbom up` gives it.
    Broker broker(BenchDatabase database, List<String> jvmOptions) throws InterruptedException {
        say("starting the broker …");
        int port = BenchProgram.freePort();
        int health = BenchProgram.freePort();
        List<String> arguments = new ArrayList<>(List.of("-Xmx1g", "--sun-misc-unsafe-memory-access=allow"));
        arguments.addAll(jvmOptions);
        arguments.addAll(List.of(
                "-jar",
                jar("broker-ext"),
                "--port",
                Integer.toString(port),
                "--health-port",
                Integer.toString(health),
                "--data",
                folder.resolve("broker").toString()));
        Map<String, String> environment = new HashMap<>(database.environment());
        // No home sends as much as a device does here; its messages are counted all the same.
        environment.put("DOLBOM_RATE_PER_SECOND", "100000");
        environment.put("DOLBOM_RATE_BURST", "1000000");
        BenchProgram program = BenchProgram.start("broker", arguments, environment, folder.resolve("broker.log"));
        running.add(program);
        URI address = URI.create("http://127.0.0.1:" + health + "/health");
        program.awaitReady(() -> isHealthy(address));
        return new Broker(port, program.pid());
    }

    /// Starts the caseworkers' program with the options that `./dolbom up` gives it, and waits until it serves.
    void api(BenchDatabase database, int port, Map<String, String> settings, List<String> jvmOptions)
            throws InterruptedException {
        say("starting caseworker-api …");
        List<String> arguments = new ArrayList<>(Stack.API_OPTIONS);
        arguments.addAll(jvmOptions);
        arguments.addAll(List.of("-jar", jar("caseworker-api")));
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("DOLBOM_KEYSET", keyset());
        environment.putAll(settings);
        environment.put("DOLBOM_API_PORT", Integer.toString(port));
        BenchProgram program =
                BenchProgram.start("caseworker-api", arguments, environment, folder.resolve("caseworker-api.log"));
        running.add(program);
        URI address = URI.create("http://127.0.0.1:" + port + "/health");
        program.awaitReady(() -> isHealthy(address));
    }

    /// Keys of its own for what is stored encrypted; the database of a bench is deleted as well.
    private String keyset() throws InterruptedException {
        Path file = folder.resolve("keyset.json");
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StackException("Cannot use the folder " + folder + ": " + e.getMessage(), e);
        }
        run(
                "keyset",
                List.of(
                        "-cp",
                        jar("caseworker-api"),
                        "kr.dolbom.caseworker.secrecy.KeysetCommand",
                        "new",
                        file.toString()),
                Map.of());
        return file.toString();
    }

    /// Starts a HiveMQ with our configuration and without our extension.
    Broker bareBroker(List<String> jvmOptions) throws InterruptedException {
        say("starting a bare HiveMQ …");
        int port = BenchProgram.freePort();
        List<String> arguments = new ArrayList<>(List.of("-Xmx1g", "--sun-misc-unsafe-memory-access=allow"));
        arguments.addAll(jvmOptions);
        arguments.addAll(List.of(
                "-cp",
                jar("broker-ext"),
                "kr.dolbom.broker.launcher.BareBroker",
                Integer.toString(port),
                folder.resolve("bare").toString()));
        BenchProgram program = BenchProgram.start("bare HiveMQ", arguments, Map.of(), folder.resolve("bare.log"));
        running.add(program);
        program.awaitReady(() -> accepts(port));
        return new Broker(port, program.pid());
    }

    private boolean isHealthy(URI address) {
        try {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    /// Runs a program to its end and says what it says, until its last line.
    ///
    /// @return its exit code
    int run(String name, List<String> arguments, Map<String, String> environment) throws InterruptedException {
        try (var program = BenchProgram.start(name, arguments, environment, log(name));
                var lines = Files.newBufferedReader(log(name))) {
            StringBuilder line = new StringBuilder();
            boolean isOver = false;
            while (true) {
                int character = lines.read();
                if (character == '\n') {
                    say(line.toString());
                    line.setLength(0);
                } else if (character >= 0) {
                    line.append((char) character);
                } else if (isOver) {
                    return program.exitCode();
                } else {
                    // Once more after its end: it may have said something in between.
                    isOver = program.awaitEnd(Duration.ofMillis(200));
                }
            }
        } catch (IOException e) {
            throw new StackException("Cannot read " + log(name) + ": " + e.getMessage(), e);
        }
    }

    /// Where a program's output goes.
    Path log(String name) {
        return folder.resolve(name + ".log");
    }

    String jar(String module) {
        return root.resolve(module + "/target/" + module + "-" + VERSION + ".jar")
                .toString();
    }

    /// Ends everything, last first.
    @Override
    public void close() {
        for (AutoCloseable one : running.reversed()) {
            try {
                one.close();
            } catch (Exception e) {
                say("could not be ended: " + e);
            }
        }
    }
}
