package kr.dolbom.risk.bench;

import java.util.Locale;
import kr.dolbom.risk.watch.StepBenchmark;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// The program: the scoring step of one message under JMH, in a JVM of its own. Its last line is for scripts.
public final class StepBench {
    private StepBench() {}

    /// Runs it.
    ///
    /// @param arguments how many residents, and how many seconds are measured
    public static void main(String[] arguments) throws RunnerException {
        if (arguments.length != 2) {
            System.err.println("expected RESIDENTS ROUNDS");
            System.exit(2);
        }
        double nanos = new Runner(new OptionsBuilder()
                        .include(StepBenchmark.class.getName())
                        .param("residents", arguments[0])
                        .forks(1)
                        .jvmArgsAppend("-Xmx1536m", "-XX:+UseParallelGC")
                        .warmupIterations(5)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(Integer.parseInt(arguments[1]))
                        .measurementTime(TimeValue.seconds(1))
                        .shouldFailOnError(true)
                        .build())
                .runSingle()
                .getPrimaryResult()
                .getScore();
        System.out.printf(
                Locale.ROOT, "step_us=%.2f steps_per_s=%.0f residents=%s%n", nanos / 1e3, 1e9 / nanos, arguments[0]);
        System.exit(0);
    }
}
