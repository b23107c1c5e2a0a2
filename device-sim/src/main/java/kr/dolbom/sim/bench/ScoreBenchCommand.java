package kr.dolbom.sim.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import kr.dolbom.sim.stack.Stack;
import kr.dolbom.sim.stack.StackException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./dolbom bench score`: the risk engine's own bench, in a JVM of its own on a database of its own.
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Measures the risk engine: messages scored in memory and from the database, memory of a resident, and how"
                    + " soon an SOS is an alert while telemetry flows.",
            "It starts a database and an engine of its own and ends them. The last line is for scripts."
        })
public final class ScoreBenchCommand implements Callable<Integer> {
    @Option(names = "--residents", defaultValue = "100000", description = "How many residents one engine has.")
    private int residents;

    @Option(names = "--warm-days", defaultValue = "2", description = "Simulated days before those that are measured.")
    private int warmDays;

    @Option(names = "--days", defaultValue = "1", description = "Simulated days that are measured in memory.")
    private int days;

    @Option(names = "--rows", defaultValue = "500000", description = "Stored messages to catch up with.")
    private int rows;

    @Option(names = "--pace", defaultValue = "2000", description = "Messages a second that flow during the calls.")
    private int pace;

    @Option(names = "--seconds", defaultValue = "30", description = "For how long calls for help are made.")
    private int seconds;

    @Option(names = "--heap", defaultValue = "1536m", description = "The engine's largest heap.")
    private String heap = "";

    @Option(names = "--young", defaultValue = "400m", description = "Of which so much is for what is new.")
    private String young = "";

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /// Made by the command line.
    public ScoreBenchCommand() {}

    @Override
    public Integer call() throws InterruptedException, SQLException {
        PrintWriter out = spec.commandLine().getOut();
        try (BenchStage stage = new BenchStage(out)) {
            BenchDatabase database = stage.database();
            Path file = options.file(stage, "score");
            List<String> arguments = new ArrayList<>(List.of("-Xmx" + heap, "-Xmn" + young));
            arguments.addAll(Stack.ENGINE_OPTIONS);
            arguments.addAll(options.jvmOptions());
            arguments.addAll(List.of("-cp", stage.jar("risk-engine"), "kr.dolbom.risk.bench.ScoreBench"));
            for (int figure : List.of(residents, warmDays, days, rows, pace, seconds)) {
                arguments.add(Integer.toString(figure));
            }
            arguments.add(file.toString());
            int exit = stage.run("engine", arguments, database.environment());
            if (exit != 0) {
                throw new StackException(
                        "The engine's bench failed with exit code " + exit + ", see above and " + stage.log("engine"));
            }
        }
        return 0;
    }
}
