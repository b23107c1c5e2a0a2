package kr.dolbom.sim.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Starts and ends programs, one JVM each.
final class Launcher {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;

    private final RunFolder run;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    Launcher(RunFolder run) {
        this.run = run;
    }

    /// Starts a program and returns once it is ready.
    ///
    /// @throws StackException when a port is taken, or the program ends or is not ready in time
    void start(Program program) throws InterruptedException {
        requireFree(program);
        Process process = launch(program);
        run.remember(program, process.toHandle());
        awaitReady(program, process);
    }

    /// Runs a class of a program's to its end.
    ///
    /// @throws StackException when it cannot be run or fails
    void run(String name, Path jar, String main, String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                jar.toString(),
                main));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(run.log(name).toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new StackException(name + " failed: " + String.join("\n", run.lastLines(name, 12)));
            }
        } catch (IOException e) {
            throw new StackException("Cannot run " + name + ": " + e.getMessage(), e);
        }
    }

    /// Ends a program that this checkout started: politely, and after 20 s for good. Does nothing where it does not
    /// run.
    boolean stop(String name) {
        boolean[] stopped = {false};
        run.find(name).ifPresent(process -> {
            stopped[0] = true;
            process.destroy();
            try {
                process.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                process.destroyForcibly();
            } catch (ExecutionException e) {
                throw new StackException("Waiting for " + name + " to end failed", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        run.forget(name);
        return stopped[0];
    }

    boolean isReady(Program.Readiness readiness) throws InterruptedException {
        return switch (readiness) {
            case Program.Readiness.File(Path path) -> Files.exists(path);
            case Program.Readiness.Health(URI address) -> health(address) == OK;
        };
    }

    /// Whether it says that it will never be ready: it runs only to tell why.
    private boolean isLost(Program.Readiness readiness) throws InterruptedException {
        return switch (readiness) {
            case Program.Readiness.File _ -> false;
            case Program.Readiness.Health(URI address) -> health(address) == SERVER_ERROR;
        };
    }

    /// The status of the answer; 0 without one.
    private int health(URI address) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /// @throws StackException where another program has one of its ports
    void requireFree(Program program) {
        program.ports().forEach(port -> requireFree(program, port));
    }

    private static void requireFree(Program program, Program.Port port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number()));
        } catch (IOException e) {
            throw new StackException(
                    "Port %d, which %s needs, is taken by another program. End that program (`ss -ltnp "
                                    .formatted(port.number(), program.name())
                            + "'sport = :%d'` names it), or choose another port: %s=NUMBER ./dolbom …"
                                    .formatted(port.number(), port.setting()),
                    e);
        }
    }

    private Process launch(Program program) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            // in a session of its own, Ctrl-C at the terminal reaches us alone, and we end all in order
            command.add("/usr/bin/setsid");
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(program.jvmOptions());
        command.add("-jar");
        command.add(program.jar().toString());
        command.addAll(program.arguments());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(run.log(program.name()).toFile());
        builder.environment().putAll(program.environment());
        try {
            if (program.readiness() instanceof Program.Readiness.File(Path path)) {
                Files.deleteIfExists(path);
            }
            return builder.start();
        } catch (IOException e) {
            throw new StackException("Cannot start " + program.name() + ": " + e.getMessage(), e);
        }
    }

    private void awaitReady(Program program, Process process) throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!isReady(program.readiness())) {
            if (process.waitFor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failed(program, "ended with exit code " + process.exitValue() + " before it was ready");
            }
            if (isLost(program.readiness())) {
                throw failed(program, "cannot do its work");
            }
            if (System.nanoTime() > deadline) {
                throw failed(program, "was not ready within " + START_LIMIT.toMinutes() + " minutes");
            }
        }
    }

    private StackException failed(Program program, String what) {
        StringBuilder message = new StringBuilder(program.name())
                .append(' ')
                .append(what)
                .append(". Its log ")
                .append(run.log(program.name()))
                .append(" ends with:");
        run.lastLines(program.name(), 12)
                .forEach(line -> message.append("\n  | ").append(line));
        return new StackException(message.toString());
    }
}
