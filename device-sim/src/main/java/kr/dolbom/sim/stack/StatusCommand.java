package kr.dolbom.sim.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `./dolbom status`.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Tells how each program does.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all are ready", "1:at least one is not"})
public final class StatusCommand implements Callable<Integer> {
    /// Made by the command line.
    public StatusCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        List<ProgramStatus> all =
                new Stack(StackSettings.ofThisProcess("dolbom", Map.of()), System.out::println).status();
        System.out.printf("%-16s %-10s %-8s %-10s %s%n", "PROGRAM", "STATE", "PID", "UP FOR", "LOG");
        for (ProgramStatus one : all) {
            System.out.printf(
                    "%-16s %-10s %-8s %-10s %s%n",
                    one.name(),
                    one.word(),
                    one.pid().map(String::valueOf).orElse("-"),
                    one.since().map(StatusCommand::age).orElse("-"),
                    one.log());
        }
        return all.stream().allMatch(ProgramStatus::ready) ? 0 : 1;
    }

    private static String age(Instant since) {
        Duration age = Duration.between(since, Instant.now());
        return "%d:%02d:%02d".formatted(age.toHours(), age.toMinutesPart(), age.toSecondsPart());
    }
}
