package kr.dolbom.sim;

import kr.dolbom.sim.bench.BenchCommand;
import kr.dolbom.sim.demo.DemoCommand;
import kr.dolbom.sim.live.SimCommand;
import kr.dolbom.sim.phone.PhonesCommand;
import kr.dolbom.sim.stack.DownCommand;
import kr.dolbom.sim.stack.StackException;
import kr.dolbom.sim.stack.StatusCommand;
import kr.dolbom.sim.stack.UpCommand;
import kr.dolbom.sim.vendor.ContractCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line of the simulators. Without a subcommand it tells what there is and exits with 2.
@Command(
        name = "dolbom",
        description = "Stand-ins for what surrounds the platform.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            SimCommand.class,
            PhonesCommand.class,
            ContractCommand.class,
            BenchCommand.class
        })
public final class Dolbom implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /// Runs one subcommand and exits with its code.
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Dolbom())
                .setExecutionExceptionHandler(Dolbom::tell)
                .execute(arguments));
    }

    private static int tell(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (e instanceof StackException) {
            command.getErr().println("dolbom: " + e.getMessage());
            return 1;
        }
        throw e;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to start, for example: phones");
    }
}
