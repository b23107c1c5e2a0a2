package kr.dolbom.sim.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./dolbom bench`: measurements. Without a subcommand it tells what there is and exits with 2.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures on this machine, and says how.",
        subcommands = {
            IngestBenchCommand.class,
            ConnectionsBenchCommand.class,
            CodecBenchCommand.class,
            ScoreBenchCommand.class,
            StepBenchCommand.class,
            StormBenchCommand.class,
            ConsoleBenchCommand.class
        })
public final class BenchCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /// Made by the command line.
    public BenchCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to measure, for example: ingest");
    }
}
