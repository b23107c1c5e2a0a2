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

/// `./dolbom bench storm`: how soon everybody's phone rings when many residents call for help at once.
@Command(
        name = "storm",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Raises many critical alerts in one moment and counts, by what the phones got, when each was rung for, what"
                    + " was rung for twice and what was never rung for, and that phones stay silent afterwards.",
            "It starts a database, a caseworker-api and simulated phones of its own and ends them. The last line is for"
                    + " scripts; exit code 1 where something was lost or rung for twice."
        })
public final class StormBenchCommand implements Callable<Integer> {
    @Option(names = "--alerts", defaultValue = "300", description = "How many residents call for help at once.")
    private int alerts;

    @Option(
            names = "--offices",
            defaultValue = "300",
            description = "Over how many offices they are spread, each with two people on call; fewer offices than"
                    + " alerts: one call tells of several.")
    private int offices;

    @Option(
            names = "--calls-per-second",
            defaultValue = "30",
            description = "What the Twilio account may do; Twilio's own default is 1.")
    private double callsPerSecond;

    @Option(names = "--answer-after", defaultValue = "2", description = "Seconds that a phone rings.")
    private int answerAfterSeconds;

    @Option(names = "--warm-up", defaultValue = "30", description = "Alerts before, which are not counted.")
    private int warmUp;

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /// Made by the command line.
    public StormBenchCommand() {}

    @Override
    public Integer call() throws InterruptedException, SQLException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        StormReport report;
        Path file;
        try (BenchStage stage = new BenchStage(out)) {
            file = options.file(stage, "storm");
            report = new StormBench(
                            stage,
                            new StormBench.Settings(
                                    alerts,
                                    offices,
                                    callsPerSecond,
                                    Duration.ofSeconds(answerAfterSeconds),
                                    warmUp,
                                    options.jvmOptions()))
                    .run();
        }
        report.print(out);
        report.write(file);
        out.println("Written to " + file);
        out.println(report.line());
        out.flush();
        return report.isClean() ? 0 : 1;
    }
}
