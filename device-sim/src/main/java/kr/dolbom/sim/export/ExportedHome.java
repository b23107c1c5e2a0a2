package kr.dolbom.sim.export;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import kr.dolbom.contract.telemetry.Medication.Outcome;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.sim.home.Happening;
import kr.dolbom.sim.home.Profile;
import kr.dolbom.sim.home.Rhythm;
import kr.dolbom.sim.home.Timeline;

/// One home's lines. The same arguments give the same lines.
final class ExportedHome {
    private static final Duration HEARTBEAT = Duration.ofMinutes(10);
    private static final double DAY_SECONDS = 86_400;
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final String id;
    private final ZoneId zone;
    private final List<TrueCase> cases;
    private final SplittableRandom dice;
    private final Consumer<String> signs;
    private final Consumer<String> events;
    private boolean isOutTold;

    private ExportedHome(
            String id,
            ZoneId zone,
            List<TrueCase> cases,
            SplittableRandom dice,
            Consumer<String> signs,
            Consumer<String> events) {
        this.id = id;
        this.zone = zone;
        this.cases = cases;
        this.dice = dice;
        this.signs = signs;
        this.events = events;
    }

    /// Writes a home.
    ///
    /// @param number of the home, from 0; says which profile it has and what happens in it
    /// @param signs takes lines `at,resident,location`
    /// @param events takes lines `at,resident,event,detail`
    /// @return lines `resident,kind,from,to`
    static List<String> write(
            int number,
            long seed,
            LocalDate first,
            int days,
            ZoneId zone,
            Consumer<String> signs,
            Consumer<String> events) {
        Profile[] profiles = Profile.values();
        Rhythm rhythm = profiles[number % profiles.length].rhythm();
        long own = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (number + 1)).nextLong();
        var dice = new SplittableRandom(own);
        Timeline life = Timeline.of(rhythm, own, zone);
        List<TrueCase> cases = TrueCase.plan(number, life, first, days, zone, dice);
        var home = new ExportedHome("home-%03d".formatted(number + 1), zone, cases, dice, signs, events);
        home.live(rhythm, life, own, first, days);
        return home.truth();
    }

    private void live(Rhythm rhythm, Timeline life, long seed, LocalDate first, int days) {
        Instant begin = first.atStartOfDay(zone).toInstant();
        Instant end = first.plusDays(days).atStartOfDay(zone).toInstant();
        List<Happening> all = new ArrayList<>();
        Instant from = begin;
        for (TrueCase one : cases) {
            Instant to = one.to().isBefore(end) ? one.to() : end;
            life.between(from, one.from()).forEach(all::add);
            change(one, rhythm, life, seed).between(one.from(), to).forEach(happening -> {
                Happening moved = moved(one, happening);
                if (!moved.at().isBefore(one.from()) && moved.at().isBefore(to)) {
                    all.add(moved);
                }
            });
            from = to;
        }
        if (from.isBefore(end)) {
            life.between(from, end).forEach(all::add);
        }
        all.forEach(this::tell);
        for (TrueCase one : cases) {
            if (one.kind() == TrueCase.Kind.HOSPITAL) {
                event(one.from(), "hospital", "");
                if (one.to().isBefore(end)) {
                    event(one.to(), "returned", "");
                }
            }
        }
        // from when the device was switched on, which is not the same moment everywhere
        Instant on = begin.plusSeconds(dice.nextInt((int) HEARTBEAT.toSeconds()));
        for (Instant at = on; at.isBefore(end); at = at.plus(HEARTBEAT)) {
            if (!isIn(TrueCase.Kind.DEVICE_SILENT, at)) {
                event(at, "heartbeat", "");
            }
        }
    }

    private Timeline change(TrueCase one, Rhythm rhythm, Timeline life, long seed) {
        return switch (one.kind()) {
            case RESTLESS_NIGHTS -> Timeline.of(with(rhythm, 2, rhythm.medication()), seed, zone);
            case MISSED_MEDICATION ->
                Timeline.of(
                        with(
                                rhythm,
                                1,
                                rhythm.medication().keySet().stream()
                                        .collect(Collectors.toMap(slot -> slot, _ -> 0.0))),
                        seed,
                        zone);
            case SILENCE, DECLINE, DEVICE_SILENT, SLEEP_SHIFT, HOSPITAL -> life;
        };
    }

    private static Rhythm with(
            Rhythm r, int nights, Map<kr.dolbom.contract.telemetry.Medication.Slot, Double> medication) {
        return new Rhythm(
                r.wakes(),
                r.wakeJitter(),
                r.bedtime(),
                r.bedtimeJitter(),
                nights * r.nightVisits(),
                r.liveliness(),
                r.naps(),
                r.outings(),
                r.tellsOfOutings(),
                r.talks(),
                medication);
    }

    private static Happening moved(TrueCase one, Happening happening) {
        return one.kind() == TrueCase.Kind.SLEEP_SHIFT
                ? happening.retimed(at -> at.plus((long) one.size(), ChronoUnit.HOURS))
                : happening;
    }

    private void tell(Happening happening) {
        Instant at = happening.at();
        if (isIn(TrueCase.Kind.DEVICE_SILENT, at) || isIn(TrueCase.Kind.HOSPITAL, at)) {
            return;
        }
        boolean isStill = isIn(TrueCase.Kind.SILENCE, at);
        if (happening instanceof Happening.Medicated dose) {
            Outcome outcome = isStill ? Outcome.NO_ANSWER : dose.outcome();
            event(at, "medication", wireName(dose.slot()) + " " + wireName(outcome));
        }
        if (isStill || isLost(at)) {
            return;
        }
        switch (happening) {
            case Happening.Moved h -> sign(at, h.room());
            case Happening.DoorUsed h -> sign(at, h.room());
            case Happening.Touched h -> sign(at, h.room());
            case Happening.ApplianceUsed h -> sign(at, h.room());
            // the robot stands there, and knows by the words that it is the resident
            case Happening.Talked _ -> sign(at, Room.LOUNGE);
            case Happening.WentOut h -> {
                if (h.expectedBack() != null) {
                    isOutTold = true;
                    event(at, "going-out", "");
                }
            }
            case Happening.CameHome _ -> {
                if (isOutTold) {
                    isOutTold = false;
                    event(at, "returned", "");
                }
            }
            case Happening.Medicated _, Happening.Woke _, Happening.WentToBed _ -> {}
        }
    }

    private boolean isIn(TrueCase.Kind kind, Instant at) {
        return cases.stream().anyMatch(one -> one.kind() == kind && one.contains(at));
    }

    /// Of a declining resident fewer and fewer signs are left.
    private boolean isLost(Instant at) {
        for (TrueCase one : cases) {
            if (one.kind() == TrueCase.Kind.DECLINE && one.contains(at)) {
                double since = Duration.between(one.from(), at).toSeconds() / DAY_SECONDS;
                return dice.nextDouble() >= Math.pow(1 - one.size(), since);
            }
        }
        return false;
    }

    private void sign(Instant at, Room room) {
        signs.accept("%s,%s,%s".formatted(local(at), id, wireName(room)));
    }

    private void event(Instant at, String event, String detail) {
        events.accept("%s,%s,%s,%s".formatted(local(at), id, event, detail));
    }

    private List<String> truth() {
        return cases.stream()
                .map(one -> "%s,%s,%s,%s".formatted(id, one.kind().id(), local(one.from()), local(one.to())))
                .toList();
    }

    private String local(Instant at) {
        return LOCAL.format(at.atZone(zone));
    }

    private static String wireName(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
