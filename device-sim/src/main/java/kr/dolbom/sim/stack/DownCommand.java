package kr.dolbom.sim.stack;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `./dolbom down`.
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Ends everything that this checkout started, and nothing else.")
public final class DownCommand implements Callable<Integer> {
    /// Made by the command line.
    public DownCommand() {}

    @Override
    public Integer call() {
        List<String> stopped = new Stack(StackSettings.ofThisProcess("dolbom", Map.of()), System.out::println).down();
        if (stopped.isEmpty()) {
            System.out.println("Nothing of this checkout is running.");
        }
        return 0;
    }
}
