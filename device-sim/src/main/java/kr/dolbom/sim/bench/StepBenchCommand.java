package kr.dolbom.sim.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import kr.dolbom.sim.stack.StackException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./dolbom bench step`: the risk engine's scoring step under JMH.
@Command(
        name = "step",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "How long the risk engine takes for one message: to apply it and to look at whom it touched and whose moment"
                    + " has come. JMH, without a database.",
            "The last line is for scripts."
        })
public final class StepBenchCommand implements Callable<Integer> {
    @Option(names = "--residents", defaultValue = "10000", description = "How many residents.")
    private int residents;

    @Option(names = "--rounds", defaultValue = "10", description = "Measured seconds.")
    private int rounds;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /// Made by the command line.
    public StepBenchCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        try (BenchStage stage = new BenchStage(spec.commandLine().getOut())) {
            List<String> arguments = List.of(
                    "-cp",
                    stage.jar("risk-engine"),
                    "kr.dolbom.risk.bench.StepBench",
                    Integer.toString(residents),
                    Integer.toString(rounds));
            int exit = stage.run("step", arguments, Map.of());
            if (exit != 0) {
                throw new StackException("The bench failed with exit code " + exit + ", see " + stage.log("step"));
            }
        }
        return 0;
    }
}
