package kr.dolbom.sim.bench;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What several benches are told alike.
final class RunOptions {
    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Where the figures go; else bench-NAME.json in the folder run/.")
    private @Nullable Path json;

    @Option(names = "--jvm", paramLabel = "OPTION", description = "One more JVM option for what is measured.")
    private List<String> jvmOptions = List.of();

    /// Where the figures of a bench go.
    Path file(BenchStage stage, String bench) {
        return json == null ? stage.root().resolve("run/bench-" + bench + ".json") : json;
    }

    List<String> jvmOptions() {
        return jvmOptions;
    }
}
