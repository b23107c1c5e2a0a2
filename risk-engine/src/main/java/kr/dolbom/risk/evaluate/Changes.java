package kr.dolbom.risk.evaluate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.evaluate.Alerts.Alert;
import kr.dolbom.risk.silence.Population;

/// Changes of a resident's days, and devices that fall silent, tried on recorded homes before the whole
/// engine. Each trial goes on from a copy of the engine's state at that moment with other messages, so
/// that the replay itself goes on undisturbed.
///
/// Days are changed from noon of the fifteenth day, the twenty-second and so on, where three weeks were
/// recorded after it and the family had raised nothing in the two weeks before. Devices fall silent at
/// ten in the morning of the same days.
final class Changes {
    private static final long HOUR = 3600;
    private static final long DAY = 86_400;
    private static final int FIRST_DAY = 15;
    private static final int BETWEEN_DAYS = 7;
    private static final int FOLLOWED_DAYS = 42;
    private static final int LEAST_DAYS = 21;
    private static final long UNFLAGGED = 14 * DAY;
    private static final int NIGHT_BEGINS = 23;
    private static final int NIGHT_ENDS = 6;
    private static final long AROUND = HOUR;

    /// Makes other signs of those from the onset on.
    @FunctionalInterface
    private interface Transform {
        void apply(long at, Room room, long sinceOnset, SplittableRandom dice, Signs to);
    }

    private record Change(String name, Family family, int withinDays, Transform transform) {}

    private static final List<Change> LIST = List.of(
            new Change("no change: decline", Family.DECLINE, 21, Changes::same),
            decline(1),
            decline(2),
            decline(5),
            new Change("no change: night", Family.NIGHT, 7, Changes::same),
            new Change("everything 2 h later", Family.NIGHT, 7, shifted(2 * HOUR)),
            new Change("everything 2 h earlier", Family.NIGHT, 7, shifted(-2 * HOUR)),
            new Change("doubled night activity", Family.NIGHT, 7, Changes::doubledNights));

    private static final int[] SILENT_HOURS = {1, 12, 72};

    /// One trial of a change of days.
    ///
    /// @param change its name
    /// @param withinDays within how many days it is to be flagged
    /// @param days until it was; infinite: not within the 42 days followed, or what was recorded of them
    record Trial(String change, int withinDays, double days) {}

    /// One trial of a device that fell silent.
    ///
    /// @param hours for how long
    /// @param minutes until the alert about the device; NaN: none
    /// @param personAlerts urgent alerts about the silence of the person from then to the next sign
    record DeviceTrial(int hours, double minutes, int personAlerts) {}

    /// What was tried on one home.
    record Tried(List<Trial> trials, List<DeviceTrial> devices) {}

    private Changes() {}

    private static Change decline(int percentADay) {
        return new Change(
                "activity −%d %% a day".formatted(percentADay), Family.DECLINE, 21, (at, room, since, dice, to) -> {
                    double kept = Math.pow(1 - percentADay / 100.0, since / (double) DAY);
                    if (dice.nextDouble() < kept) {
                        to.add(at, room);
                    }
                });
    }

    private static void same(long at, Room room, long since, SplittableRandom dice, Signs to) {
        to.add(at, room);
    }

    private static Transform shifted(long seconds) {
        return (at, room, since, dice, to) -> {
            if (since + seconds >= 0) {
                to.add(at + seconds, room);
            }
        };
    }

    /// For each sign by night another in the hour around it.
    private static void doubledNights(long at, Room room, long since, SplittableRandom dice, Signs to) {
        to.add(at, room);
        long hour = Math.floorMod(at, DAY) / HOUR;
        if (hour >= NIGHT_BEGINS || hour < NIGHT_ENDS) {
            long another = at + dice.nextLong(AROUND) - AROUND / 2;
            if (another >= at - since) {
                to.add(another, room);
            }
        }
    }

    /// Tries all on one home.
    ///
    /// @param others makes a population without this home for each copy
    static Tried tryAll(RecordedHome home, Supplier<Population> others, Outages outages, long seed) {
        var dice = new SplittableRandom(seed ^ home.id().hashCode());
        HomePlay play = HomePlay.alone(1, others.get(), new Messages(1, home, outages, home.first()));
        List<Trial> trials = new ArrayList<>();
        List<DeviceTrial> devices = new ArrayList<>();
        for (int day = FIRST_DAY; home.startOfDay(day) < home.last(); day += BETWEEN_DAYS) {
            long ten = home.startOfDay(day) + 10 * HOUR;
            play.playUntil(ten);
            if (outages.within(ten, ten + 4 * DAY) == 0 && !home.isInCase(ten)) {
                for (int hours : SILENT_HOURS) {
                    silence(play, home, ten, hours, others, outages, devices);
                }
            }
            long noon = home.startOfDay(day) + 12 * HOUR;
            play.playUntil(noon);
            if (home.last() - noon >= LEAST_DAYS * DAY && !home.isInCase(noon)) {
                for (Change change : LIST) {
                    if (!play.alerts().hasAnySince(change.family(), noon - UNFLAGGED)) {
                        trials.add(play(change, play, home, noon, others, outages, dice.split()));
                    }
                }
            }
        }
        return new Tried(trials, devices);
    }

    private static Trial play(
            Change change,
            HomePlay play,
            RecordedHome home,
            long onset,
            Supplier<Population> others,
            Outages outages,
            SplittableRandom dice) {
        long end = Math.min(onset + FOLLOWED_DAYS * DAY, home.last());
        var signs = new Signs();
        for (int i = home.indexFrom(onset); i < home.size() && home.at()[i] < end; i++) {
            change.transform().apply(home.at()[i], home.rooms()[i], home.at()[i] - onset, dice, signs);
        }
        RecordedHome changed = signs.of(home);
        HomePlay future = play.branch(1, others.get(), new Messages(1, changed, outages, onset));
        double days = Double.POSITIVE_INFINITY;
        for (long until = onset + DAY; until < end + DAY && Double.isInfinite(days); until += DAY) {
            future.playUntil(Math.min(until, end));
            days = future.alerts().list().stream()
                    .filter(alert -> alert.family() == change.family())
                    .mapToDouble(alert -> (alert.at() - onset) / (double) DAY)
                    .findFirst()
                    .orElse(Double.POSITIVE_INFINITY);
        }
        return new Trial(change.name(), change.withinDays(), days);
    }

    private static void silence(
            HomePlay play,
            RecordedHome home,
            long onset,
            int hours,
            Supplier<Population> others,
            Outages outages,
            List<DeviceTrial> devices) {
        long back = onset + hours * HOUR;
        int next = home.indexFrom(back);
        if (next >= home.size() || play.alerts().hasAnySince(Family.SILENCE, home.at()[home.indexFrom(onset) - 1])) {
            return; // nothing left to see, or the resident is away already
        }
        List<Outages.Span> silent = new ArrayList<>(outages.spans());
        silent.add(new Outages.Span(onset - 1, onset, back));
        var signs = new Signs();
        for (int i = next; i < home.size() && home.at()[i] <= home.at()[next]; i++) {
            signs.add(home.at()[i], home.rooms()[i]);
        }
        RecordedHome quiet = signs.of(home).without(onset, back);
        var messages = new Messages(1, quiet, new Outages(silent), onset);
        HomePlay future = play.branch(1, others.get(), messages);
        future.playUntil(home.at()[next]);
        List<Alert> alerts = future.alerts().list();
        double minutes = alerts.stream()
                .filter(alert -> alert.family() == Family.DEVICE)
                .mapToDouble(alert -> (alert.at() - onset) / 60.0)
                .findFirst()
                .orElse(Double.NaN);
        int person = (int) alerts.stream()
                .filter(alert -> alert.family() == Family.SILENCE && alert.tier() == kr.dolbom.risk.alert.Tier.URGENT)
                .count();
        devices.add(new DeviceTrial(hours, minutes, person));
    }

    /// Signs in any order.
    private static final class Signs {
        private final List<long[]> at = new ArrayList<>();
        private final Map<Room, Integer> index = new EnumMap<>(Room.class);
        private final List<Room> rooms = new ArrayList<>();

        void add(long second, Room room) {
            int number = index.computeIfAbsent(room, one -> {
                rooms.add(one);
                return rooms.size() - 1;
            });
            at.add(new long[] {second, number});
        }

        RecordedHome of(RecordedHome home) {
            at.sort((one, other) -> Long.compare(one[0], other[0]));
            return home.with(
                    at.stream().mapToLong(sign -> sign[0]).toArray(),
                    at.stream().map(sign -> rooms.get((int) sign[1])).toArray(Room[]::new));
        }
    }
}
