package kr.dolbom.risk.evaluate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import kr.dolbom.risk.silence.Limits;
import kr.dolbom.risk.silence.Population;
import kr.dolbom.risk.silence.SilenceSeries;

/// Replays homes so that each is judged as a new resident of a town of all the others would be.
///
/// 1. All homes teach one population their counts.
/// 2. Each home, beside a population without it, has the daily peaks that the population is given.
/// 3. Each home is judged beside the population without it; nothing of its own is known to anybody
/// before it happens.
///
/// The others' whole record is known to the one that is judged, as it would be to a resident who joins a
/// town in service; the constants of the model are those of the source code.
final class Evaluation implements AutoCloseable {
    private final List<RecordedHome> homes;
    private final List<Outages> outages;
    private final Outages ofAll;
    private final long seed;
    private final Progress progress;
    private final ExecutorService workers =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    private Population town = new Population();
    private List<SilenceSeries> counted = List.of();
    private List<SilenceSeries> peaked = List.of();
    private double microsPerEvent;

    Evaluation(List<RecordedHome> homes, Outages outages, long seed, Progress progress) {
        this.homes = List.copyOf(homes);
        this.outages = homes.stream().map(home -> home.blindTimes(outages)).toList();
        this.ofAll = outages;
        this.seed = seed;
        this.progress = progress;
    }

    /// The first two steps.
    void learn(Limits limits) {
        Limits exact = limits.withProofWindow(Duration.ZERO);
        town = new Population();
        counted = new ArrayList<>();
        progress.begin("learning from " + homes.size() + " homes", homes.size());
        long events = 0;
        long began = System.nanoTime();
        for (int i = 0; i < homes.size(); i++) {
            var watcher = new EngineWatcher(town, exact);
            Replay.teach(homes.get(i), watcher, outages.get(i));
            counted.add(watcher.series());
            events += homes.get(i).size();
            progress.step();
        }
        microsPerEvent = (System.nanoTime() - began) / 1e3 / Math.max(1, events);
        progress.begin("learning the usual peaks", homes.size());
        peaked = each(i -> {
            var watcher = new EngineWatcher(town.without(counted.get(i), counted.get(i)), exact);
            Replay.teach(homes.get(i), watcher, outages.get(i));
            return watcher.series();
        });
        town.setPeaks(peaked);
    }

    /// The population without one home.
    Population others(int home) {
        return town.without(counted.get(home), peaked.get(home));
    }

    List<HomeFigures> engine(String name, Limits limits) {
        Limits exact = limits.withProofWindow(Duration.ZERO);
        progress.begin(name, homes.size());
        return each(i -> Replay.play(homes.get(i), new EngineWatcher(others(i), exact), outages.get(i), seed));
    }

    List<HomeFigures> baseline(Method method) {
        progress.begin(method.name(), homes.size());
        return each(i -> Replay.play(homes.get(i), method.watcher().apply(homes.get(i)), outages.get(i), seed));
    }

    /// Tries what else may happen, on every home.
    List<Scenarios.Trial> scenarios(Limits limits) {
        Limits exact = limits.withProofWindow(Duration.ZERO);
        progress.begin("scenarios", homes.size());
        return each(i -> Scenarios.tryAll(
                        homes.get(i), new EngineWatcher(others(i), exact), () -> others(i), outages.get(i), seed))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /// Tries changes of days, and silent devices, before the whole engine.
    List<Changes.Tried> changes() {
        progress.begin("changes", homes.size());
        return each(i -> Changes.tryAll(homes.get(i), () -> others(i), ofAll, seed));
    }

    /// Plays all homes together to the whole engine.
    ///
    /// @param recorded all that were recorded, unthinned
    FleetPlay.Result together(List<RecordedHome> recorded) {
        progress.begin("all families together", 1);
        FleetPlay.Result result = FleetPlay.play(recorded, homes, ofAll, this::others);
        progress.step();
        return result;
    }

    /// The judged days of each home.
    List<Double> days() {
        List<Double> days = new ArrayList<>();
        for (int i = 0; i < homes.size(); i++) {
            days.add(homes.get(i).judgedDays(outages.get(i)));
        }
        return days;
    }

    /// The mean time of one sign in the first step, which does nothing but watch; of the one thread that
    /// did it.
    double microsPerEvent() {
        return microsPerEvent;
    }

    /// What one resident takes in the heap: many copies of those that were learnt, measured.
    long bytesPerResident(Limits limits) {
        int copies = 2000;
        var watchers = new ArrayList<EngineWatcher>(copies);
        var shared = new Population();
        byte[][] snapshots = counted.stream().map(EngineWatcher::snapshotOf).toArray(byte[][]::new);
        long before = used();
        for (int i = 0; i < copies; i++) {
            watchers.add(EngineWatcher.of(snapshots[i % snapshots.length], shared, limits));
        }
        long after = used();
        return (after - before) / watchers.size();
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    <T> List<T> each(Function<Integer, T> work) {
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < homes.size(); i++) {
            int home = i;
            Callable<T> task = () -> {
                T result = work.apply(home);
                progress.step();
                return result;
            };
            futures.add(workers.submit(task));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while a home was replayed", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("A home could not be replayed", e.getCause());
            }
        }
        return results;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
