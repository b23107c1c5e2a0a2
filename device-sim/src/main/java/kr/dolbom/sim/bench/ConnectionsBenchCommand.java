package kr.dolbom.sim.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import kr.dolbom.sim.stack.StackException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./dolbom bench connections`: how much heap the broker needs for many connected devices.
@Command(
        name = "connections",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Connects many devices to our broker, lets each publish now and then, and asks its JVM after a full",
            "garbage collection how much it holds. The broker has a heap of 1 GB. The last line is for scripts."
        })
public final class ConnectionsBenchCommand implements Callable<Integer> {
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    @Option(names = "--connections", defaultValue = "5000", description = "How many devices.")
    private int connections;

    @Option(names = "--seconds", defaultValue = "20", description = "How long they publish.")
    private int seconds;

    @Option(names = "--pace", defaultValue = "500", description = "Messages a second, of all together.")
    private int pace;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /// Made by the command line.
    public ConnectionsBenchCommand() {}

    @Override
    public Integer call() throws InterruptedException, SQLException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        String line;
        try (BenchStage stage = new BenchStage(out)) {
            BenchDatabase database = stage.database();
            List<BenchDatabase.Device> devices = database.register(connections);
            BenchStage.Broker broker = stage.broker(database, List.of());
            List<Long> serving = database.processes();
            long idle = liveBytes(broker.pid());
            stage.say("connecting " + connections + " devices …");
            try (Fleet fleet = Fleet.connect(broker.port(), devices, 1, () -> CpuTime.now(broker.pid(), serving))) {
                stage.say("publishing …");
                Fleet.Pace even = fleet.pace(pace, Duration.ofSeconds(5), Duration.ofSeconds(seconds));
                long live = liveBytes(broker.pid());
                if (fleet.acknowledged() != database.rows()) {
                    throw new StackException("acknowledged=%d rows=%d: each message must be there once"
                            .formatted(fleet.acknowledged(), database.rows()));
                }
                line = String.format(
                        Locale.ROOT,
                        "connections=%d heap_mb=%.0f heap_idle_mb=%.0f kb_per_connection=%.1f p99_ms=%.1f",
                        connections,
                        live / 1e6,
                        idle / 1e6,
                        (live - idle) / 1e3 / connections,
                        even.p99Millis());
            }
        }
        out.println(line);
        out.flush();
        return 0;
    }

    /// The bytes of all objects that are still reachable, after a full garbage collection.
    private static long liveBytes(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asking = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(asking.getInputStream(), StandardCharsets.UTF_8))) {
            String last = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line.isBlank() ? last : line;
            }
            asking.waitFor();
            List<String> words = BLANKS.splitAsStream(last.strip()).toList();
            if (!words.get(0).equals("Total")) {
                throw new StackException("jcmd did not tell the broker's heap: " + last);
            }
            return Long.parseLong(words.get(2));
        }
    }
}
