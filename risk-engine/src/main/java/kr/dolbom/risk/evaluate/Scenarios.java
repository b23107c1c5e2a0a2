package kr.dolbom.risk.evaluate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.risk.silence.Population;

/// Other silences than the plain one. Each scenario is tried on every fifth day of every home, on a copy
/// of the engine's state at that moment, so that the replay itself goes on undisturbed.
final class Scenarios {
    private static final int HOUR = 3600;
    private static final int ONSET_DAYS = 5;
    private static final int ONSET_HOUR = 10;
    private static final Duration LONGEST = Duration.ofDays(3);

    /// One scenario.
    ///
    /// @param name as the table has it
    /// @param action plays it
    record Scenario(String name, Action action) {}

    /// Plays a scenario on a watcher that has seen everything until the onset.
    @FunctionalInterface
    interface Action {
        /// When the urgent alert is raised, as far as the scenario looks; [Long#MAX_VALUE]: not.
        long play(EngineWatcher watcher, RecordedHome home, long onset, SplittableRandom dice);
    }

    /// One trial.
    ///
    /// @param scenario its name
    /// @param hours until the alert; NaN: none
    record Trial(String scenario, double hours) {}

    private Scenarios() {}

    /// All of them.
    static List<Scenario> list() {
        return Stream.of(
                        Stream.of(new Scenario("silence after the bathroom", Scenarios::silence)),
                        Stream.of(1, 3, 5).map(Scenarios::strays))
                .flatMap(scenarios -> scenarios)
                .toList();
    }

    private static long silence(EngineWatcher watcher, RecordedHome home, long onset, SplittableRandom dice) {
        return watcher.urgent(onset);
    }

    private static Scenario strays(int aDay) {
        return new Scenario("silence, %d stray signs a day".formatted(aDay), (watcher, home, onset, dice) -> {
            long end = onset + LONGEST.toSeconds();
            long[] strays = dice.longs((long) aDay * LONGEST.toDays(), onset, end)
                    .sorted()
                    .toArray();
            Room[] rooms = Arrays.stream(home.rooms()).distinct().toArray(Room[]::new);
            long before = onset;
            for (long stray : strays) {
                watcher.alive(before, stray);
                if (watcher.urgent(stray) <= stray) {
                    break;
                }
                watcher.seen(stray, rooms[dice.nextInt(rooms.length)]);
                before = stray;
            }
            return watcher.urgent(before);
        });
    }

    /// Tries all on one home.
    ///
    /// @param watcher that has seen nothing
    /// @param others makes a population without this home for each copy
    static List<Trial> tryAll(
            RecordedHome home, EngineWatcher watcher, Supplier<Population> others, Outages outages, long seed) {
        var dice = new SplittableRandom(seed ^ home.id().hashCode());
        int onsetDay = dice.nextInt(ONSET_DAYS);
        List<Trial> trials = new ArrayList<>();
        long next = onsetAfter(home, home.first(), onsetDay);
        boolean isBathroomDue = false;
        for (int i = 0; i < home.size(); i++) {
            long at = home.at()[i];
            while (i > 0 && next < at) {
                Replay.watch(watcher, home.at()[i - 1], next, outages);
                if (outages.within(next, next + LONGEST.toSeconds()) == 0
                        && !home.isInCase(next)
                        && watcher.urgent(next) > next) {
                    for (Scenario scenario : list().subList(1, list().size())) {
                        trials.add(play(scenario, watcher.copy(others.get()), home, next, dice));
                    }
                    isBathroomDue = true;
                }
                next = onsetAfter(home, next + 1, onsetDay);
            }
            if (i > 0) {
                Replay.watch(watcher, home.at()[i - 1], at, outages);
            }
            watcher.seen(at, home.rooms()[i]);
            if (isBathroomDue && home.rooms()[i] == Room.BATHROOM) {
                isBathroomDue = false;
                trials.add(play(list().getFirst(), watcher, home, at, dice));
            }
        }
        return trials;
    }

    private static Trial play(
            Scenario scenario, EngineWatcher watcher, RecordedHome home, long onset, SplittableRandom dice) {
        long alert = scenario.action().play(watcher, home, onset, dice);
        return new Trial(scenario.name(), alert == Long.MAX_VALUE ? Double.NaN : (alert - onset) / (double) HOUR);
    }

    /// The next onset, at ten in the morning of a day that is tried.
    private static long onsetAfter(RecordedHome home, long second, int onsetDay) {
        for (int day = home.day(second); ; day++) {
            long onset = home.startOfDay(day) + (long) ONSET_HOUR * HOUR;
            if (onset >= second && home.isJudged(onset) && day % ONSET_DAYS == onsetDay) {
                return onset;
            }
        }
    }
}
