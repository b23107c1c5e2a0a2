package kr.dolbom.sim.bench;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./dolbom bench codec`: JMH, each side in JVMs of its own.
@Command(
        name = "codec",
        mixinStandardHelpOptions = true,
        description = "How long an activity message of about 250 bytes takes to be read and fully validated: by our"
                + " codec, and by Jackson databind with networknt's validator on the same messages and schema.")
public final class CodecBenchCommand implements Callable<Integer> {
    @Option(names = "--forks", paramLabel = "N", description = "JVMs for each side; default ${DEFAULT-VALUE}.")
    private int forks = 2;

    @Option(names = "--rounds", paramLabel = "N", description = "Measured seconds in each; default ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /// Made by the command line.
    public CodecBenchCommand() {}

    @Override
    public Integer call() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(CodecBenchmark.class.getName())
                        .forks(forks)
                        .warmupIterations(5)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(rounds)
                        .measurementTime(TimeValue.seconds(1))
                        .shouldFailOnError(true)
                        .build())
                .run();
        double ours = microseconds(results, "codec");
        double theirs = microseconds(results, "databindAndNetworknt");
        double bytes = CodecBenchmark.bodies().stream()
                .mapToInt(body -> body.length)
                .average()
                .orElseThrow();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "codec_us=%.3f databind_networknt_us=%.3f ratio=%.1f message_bytes=%.0f%n",
                ours,
                theirs,
                theirs / ours,
                bytes);
        out.flush();
        return 0;
    }

    private static double microseconds(Collection<RunResult> results, String method) {
        return results.stream()
                        .filter(each -> each.getParams().getBenchmark().endsWith("." + method))
                        .findFirst()
                        .orElseThrow()
                        .getPrimaryResult()
                        .getScore()
                / 1000;
    }
}
