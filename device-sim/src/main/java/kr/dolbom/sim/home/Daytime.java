package kr.dolbom.sim.home;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import kr.dolbom.contract.telemetry.Medication;
import kr.dolbom.contract.telemetry.Medication.Outcome;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Voice;
import kr.dolbom.contract.telemetry.Voice.Feeling;
import kr.dolbom.contract.telemetry.Voice.Intent;
import kr.dolbom.sim.home.Happening.ApplianceUsed;
import kr.dolbom.sim.home.Happening.CameHome;
import kr.dolbom.sim.home.Happening.DoorUsed;
import kr.dolbom.sim.home.Happening.Medicated;
import kr.dolbom.sim.home.Happening.Moved;
import kr.dolbom.sim.home.Happening.Talked;
import kr.dolbom.sim.home.Happening.Touched;
import kr.dolbom.sim.home.Happening.WentOut;

/// A resident's day between waking and going to bed: plans (meals, medication, talks, outings) at their times, and
/// between them a semi-Markov walk through the rooms: where to next by the hour, for how long by the room.
final class Daytime {
    private static final Room ROBOT_STANDS_IN = Room.LOUNGE;
    private static final Duration TOO_LATE = Duration.ofMinutes(45);
    private static final Duration HOME_BEFORE_BED = Duration.ofMinutes(30);

    private final Rhythm rhythm;
    private final Dice dice;
    private final Diary diary;
    private final ZoneId zone;
    private final LocalDate date;
    private final Instant bedtime;
    private Room room = Room.BEDROOM;

    /// Something meant to be done at a time.
    ///
    /// @param lapses whether it is not done at all when the resident comes home long after its time
    private record Plan(Instant at, boolean lapses, Runnable doing) {}

    Daytime(Rhythm rhythm, Dice dice, Diary diary, ZoneId zone, LocalDate date, Instant bedtime) {
        this.rhythm = rhythm;
        this.dice = dice;
        this.diary = diary;
        this.zone = zone;
        this.date = date;
        this.bedtime = bedtime;
    }

    void live() {
        List<Plan> plans = plans();
        diary.add(at -> new Moved(at, Room.BEDROOM));
        diary.pass(dice.between(Duration.ofMinutes(1), Duration.ofMinutes(6)));
        stay(Room.BATHROOM, bedtime);
        for (Plan plan : plans) {
            while (diary.now().isBefore(plan.at())) {
                stay(nextRoom(), plan.at());
            }
            if (!plan.lapses() || diary.now().isBefore(plan.at().plus(TOO_LATE))) {
                plan.doing().run();
            }
        }
        while (diary.now().isBefore(bedtime)) {
            stay(nextRoom(), bedtime);
        }
        walkTo(Room.BEDROOM);
    }

    private List<Plan> plans() {
        Instant woke = diary.now();
        Instant breakfast = woke.plus(dice.between(Duration.ofMinutes(25), Duration.ofMinutes(70)));
        Instant lunch = at(LocalTime.of(12, 20)).plus(dice.jitter(Duration.ofMinutes(18)));
        Instant dinner = at(LocalTime.of(rhythm.bedtimeIsAfterMidnight() ? 19 : 18, 0))
                .plus(dice.jitter(Duration.ofMinutes(20)));

        List<Plan> plans = new ArrayList<>();
        for (Instant meal : List.of(breakfast, lunch, dinner)) {
            plans.add(new Plan(meal, true, this::eat));
        }
        if (dice.happens(rhythm.naps())) {
            plans.add(new Plan(
                    lunch.plus(dice.between(Duration.ofMinutes(45), Duration.ofMinutes(100))), true, this::rest));
        }
        for (Medication.Slot slot : Medication.Slot.values()) {
            Double taken = rhythm.medication().get(slot);
            if (taken != null) {
                Instant due = switch (slot) {
                    case MORNING -> breakfast.plus(Duration.ofMinutes(30));
                    case NOON -> lunch.plus(Duration.ofMinutes(30));
                    case EVENING -> dinner.plus(Duration.ofMinutes(30));
                    case BEDTIME -> bedtime.minus(Duration.ofMinutes(15));
                };
                Instant done = due.plus(dice.between(Duration.ZERO, Duration.ofMinutes(12)));
                plans.add(new Plan(done, false, () -> medicate(slot, taken)));
            }
        }
        int talks = dice.count(rhythm.talks());
        for (int i = 0; i < talks; i++) {
            Duration after = dice.between(Duration.ofMinutes(20), Duration.between(woke, bedtime));
            plans.add(new Plan(woke.plus(after), true, this::talk));
        }
        for (OutingHabit habit : rhythm.outings()) {
            if (habit.days().contains(date.getDayOfWeek()) && dice.happens(habit.chance())) {
                Instant leaves = at(habit.leaves()).plus(dice.jitter(Duration.ofMinutes(20)));
                plans.add(new Plan(leaves, true, () -> goOut(habit)));
            }
        }
        return plans.stream()
                .filter(plan -> plan.at().isBefore(bedtime))
                .sorted(Comparator.comparing(Plan::at))
                .toList();
    }

    private void eat() {
        walkTo(Room.KITCHEN);
        diary.add(at -> new DoorUsed(at, Room.KITCHEN));
        Instant end = diary.now().plus(dice.between(Duration.ofMinutes(18), Duration.ofMinutes(40)));
        pause(20, 90);
        diary.add(at -> new ApplianceUsed(at, Room.KITCHEN));
        linger(Duration.ofSeconds(100), end);
        if (dice.happens(0.6)) {
            diary.add(at -> new DoorUsed(at, Room.KITCHEN));
        }
    }

    private void rest() {
        walkTo(Room.BEDROOM);
        Instant end = earlier(bedtime, diary.now().plus(dice.between(Duration.ofMinutes(35), Duration.ofMinutes(95))));
        linger(Duration.ofMinutes(25), end);
        diary.passTo(end);
        diary.add(at -> new Moved(at, Room.BEDROOM));
    }

    private void medicate(Medication.Slot slot, double taken) {
        if (dice.happens(taken)) {
            walkTo(Room.KITCHEN);
            pause(20, 80);
            diary.add(at -> new Medicated(at, slot, Outcome.TAKEN));
        } else {
            Outcome outcome = dice.happens(0.5) ? Outcome.SKIPPED : Outcome.NO_ANSWER;
            diary.add(at -> new Medicated(at, slot, outcome));
        }
    }

    private void talk() {
        walkTo(ROBOT_STANDS_IN);
        if (dice.happens(0.55)) {
            pause(2, 15);
            diary.add(at -> new Touched(at, ROBOT_STANDS_IN));
        }
        int turns = 1 + dice.count(4.5);
        Duration spoke = Duration.ofSeconds(Math.round(turns * dice.between(3, 9)));
        // the robot speaks as long as the resident does
        diary.pass(spoke.multipliedBy(2));
        List<Voice.Code> codes = codes();
        Map<Feeling, Double> feelings = feelings();
        diary.add(at -> new Talked(at, turns, spoke, codes, feelings));
    }

    private List<Voice.Code> codes() {
        List<Voice.Code> codes = new ArrayList<>();
        codes.add(new Voice.Code(Intent.CONVERSATION, hundredths(dice.between(0.8, 0.99))));
        if (dice.happens(0.05)) {
            codes.add(new Voice.Code(Intent.LONELINESS, hundredths(dice.between(0.5, 0.9))));
        }
        if (dice.happens(0.03)) {
            codes.add(new Voice.Code(Intent.PAIN, hundredths(dice.between(0.4, 0.8))));
        }
        return codes;
    }

    private Map<Feeling, Double> feelings() {
        double joy = hundredths(dice.between(0, 0.5));
        double sadness = hundredths(dice.between(0, 0.25));
        Map<Feeling, Double> shares = new EnumMap<>(Feeling.class);
        shares.put(Feeling.JOY, joy);
        shares.put(Feeling.SADNESS, sadness);
        shares.put(Feeling.NEUTRAL, hundredths(1 - joy - sadness));
        return shares;
    }

    private void goOut(OutingHabit habit) {
        Duration away = dice.around(habit.away(), 0.25);
        if (diary.now().plus(away).plus(HOME_BEFORE_BED).isAfter(bedtime)) {
            return;
        }
        walkTo(Room.HALLWAY);
        pause(20, 90);
        diary.add(at -> new DoorUsed(at, Room.FRONT_DOOR));
        boolean tells = dice.happens(rhythm.tellsOfOutings());
        diary.add(at -> new WentOut(at, tells ? at.plus(habit.away()) : null));
        diary.pass(away);
        diary.add(CameHome::new);
        diary.add(at -> new DoorUsed(at, Room.FRONT_DOOR));
        pause(2, 20);
        diary.add(at -> new Moved(at, Room.HALLWAY));
        room = Room.HALLWAY;
    }

    private Room nextRoom() {
        int hour = diary.now().atZone(zone).getHour();
        Map<Room, Double> weights = new EnumMap<>(Room.class);
        boolean morning = hour < 10;
        boolean evening = hour >= 18;
        weights.put(Room.LOUNGE, morning ? 0.30 : evening ? 0.50 : 0.42);
        weights.put(Room.KITCHEN, morning ? 0.30 : evening ? 0.18 : 0.25);
        weights.put(Room.BATHROOM, morning ? 0.18 : 0.14);
        weights.put(Room.BEDROOM, morning ? 0.14 : evening ? 0.16 : 0.11);
        weights.put(Room.BALCONY, evening ? 0.02 : 0.08);
        weights.remove(room);
        double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        double ticket = dice.between(0, sum);
        Room chosen = room;
        for (Map.Entry<Room, Double> weight : weights.entrySet()) {
            chosen = weight.getKey();
            ticket -= weight.getValue();
            if (ticket < 0) {
                break;
            }
        }
        return chosen;
    }

    private void stay(Room where, Instant atMostUntil) {
        walkTo(where);
        Duration usual = switch (where) {
            case LOUNGE -> Duration.ofMinutes(20);
            case BEDROOM -> Duration.ofMinutes(10);
            case KITCHEN -> Duration.ofMinutes(7);
            case BATHROOM -> Duration.ofMinutes(4);
            case BALCONY -> Duration.ofMinutes(5);
            case HALLWAY, FRONT_DOOR, BACK_DOOR, OTHER -> Duration.ofMinutes(1);
        };
        Instant end = earlier(atMostUntil, diary.now().plus(lively(dice.around(usual, 0.7))));
        if (where == Room.KITCHEN && dice.happens(0.4)) {
            pause(5, 40);
            diary.add(at -> new DoorUsed(at, Room.KITCHEN));
        }
        if ((where == Room.KITCHEN || where == Room.LOUNGE) && dice.happens(0.15)) {
            pause(5, 60);
            diary.add(at -> new ApplianceUsed(at, where));
        }
        linger(
                switch (where) {
                    case LOUNGE -> Duration.ofMinutes(7);
                    case BEDROOM -> Duration.ofMinutes(6);
                    case KITCHEN -> Duration.ofSeconds(110);
                    case BATHROOM, BALCONY -> Duration.ofMinutes(2);
                    case HALLWAY, FRONT_DOOR, BACK_DOOR, OTHER -> Duration.ofMinutes(1);
                },
                end);
        diary.passTo(end);
    }

    /// Moves now and then in the room until a moment.
    private void linger(Duration meanGap, Instant end) {
        while (true) {
            Duration gap = lively(dice.waiting(meanGap));
            if (!diary.now().plus(gap).isBefore(end)) {
                return;
            }
            diary.pass(gap);
            diary.add(at -> new Moved(at, room));
        }
    }

    private void walkTo(Room where) {
        if (room != where && room != Room.HALLWAY && where != Room.HALLWAY && dice.happens(0.6)) {
            diary.add(at -> new Moved(at, Room.HALLWAY));
            pause(3, 12);
        }
        room = where;
        diary.add(at -> new Moved(at, where));
    }

    private void pause(int fromSeconds, int toSeconds) {
        diary.pass(dice.between(Duration.ofSeconds(fromSeconds), Duration.ofSeconds(toSeconds)));
    }

    private Duration lively(Duration usual) {
        return Duration.ofSeconds(Math.max(1, Math.round(usual.toSeconds() / rhythm.liveliness())));
    }

    private Instant at(LocalTime time) {
        return date.atTime(time).atZone(zone).toInstant();
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static double hundredths(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
