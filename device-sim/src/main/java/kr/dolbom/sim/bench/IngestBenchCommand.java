package kr.dolbom.sim.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./dolbom bench ingest`: how many messages a second are taken, validated, stored and acknowledged.
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Measures in turn and more than once: a bare HiveMQ, our broker, and COPY into the same database.",
            "It starts a database and brokers of its own and ends them. The last line is for scripts."
        })
public final class IngestBenchCommand implements Callable<Integer> {
    @Option(names = "--devices", defaultValue = "200", description = "How many devices publish at once.")
    private int devices;

    @Option(names = "--seconds", defaultValue = "15", description = "Length of each measurement.")
    private int seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "How often each is measured.")
    private int rounds;

    @Option(names = "--pace", defaultValue = "2000", description = "Messages a second of the run for latencies.")
    private int pace;

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /// Made by the command line.
    public IngestBenchCommand() {}

    @Override
    public Integer call() throws InterruptedException, SQLException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        IngestReport report;
        Path file;
        try (BenchStage stage = new BenchStage(out)) {
            file = options.file(stage, "ingest");
            report = new IngestBench(
                            stage,
                            new IngestBench.Settings(
                                    devices, Duration.ofSeconds(seconds), rounds, pace, options.jvmOptions()))
                    .run();
        }
        report.print(out);
        report.write(file);
        out.println("Written to " + file);
        out.println(report.line());
        out.flush();
        return 0;
    }
}
