package kr.dolbom.sim.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// The steps of a run with their times, and the table of them.
final class Steps {
    private record Step(String name, double millis, boolean passed) {}

    /// What a step does.
    @FunctionalInterface
    interface Action<T> {
        /// Does it.
        T run() throws InterruptedException;
    }

    private final List<Step> steps = new ArrayList<>();

    /// Runs a step and notes its time, also when it fails.
    <T> T run(String name, Action<T> action) throws InterruptedException {
        long began = System.nanoTime();
        boolean passed = false;
        try {
            T result = action.run();
            passed = true;
            return result;
        } finally {
            steps.add(new Step(name, (System.nanoTime() - began) / 1e6, passed));
        }
    }

    /// Notes a time that was measured otherwise.
    void note(String name, Duration time) {
        steps.add(new Step(name, time.toNanos() / 1e6, true));
    }

    /// The name of the step that failed; the last that was run.
    String lastName() {
        return steps.isEmpty() ? "nothing" : steps.getLast().name();
    }

    void print(Consumer<String> out) {
        int width = steps.stream().mapToInt(step -> step.name().length()).max().orElse(0);
        for (Step step : steps) {
            out.accept(String.format(
                    Locale.ROOT,
                    "%-6s %-" + Math.max(1, width) + "s %12s",
                    step.passed() ? "ok" : "FAILED",
                    step.name(),
                    step.millis() < 10_000
                            ? String.format(Locale.ROOT, "%,.0f ms", step.millis())
                            : String.format(Locale.ROOT, "%,.1f s", step.millis() / 1000)));
        }
    }
}
