package kr.dolbom.risk.evaluate;

import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;

/// A way to watch a home that the engine is compared with.
///
/// @param name as the table has it
/// @param watcher makes one for a home
record Method(String name, java.util.function.Function<RecordedHome, Watcher> watcher) {

    static List<Method> baselines(long seed) {
        ToLongFunction<RecordedHome> seedOf = home -> seed ^ home.id().hashCode();
        return List.of(
                new Method("fixed 8 h", _ -> new FixedTimer(Duration.ofHours(8))),
                new Method("fixed 12 h", _ -> new FixedTimer(Duration.ofHours(12))),
                new Method("fixed 24 h", _ -> new FixedTimer(Duration.ofHours(24))),
                new Method("hourly maximum", _ -> new HourlyMaximum()),
                new Method("z-score per hour", _ -> new HourlyDeviation()),
                new Method("random cut forest", home -> new ForestWatcher(seedOf.applyAsLong(home))));
    }
}
