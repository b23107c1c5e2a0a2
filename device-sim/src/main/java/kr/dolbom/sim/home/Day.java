package kr.dolbom.sim.home;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.sim.home.Dice.Purpose;
import kr.dolbom.sim.home.Happening.Moved;
import kr.dolbom.sim.home.Happening.WentToBed;
import kr.dolbom.sim.home.Happening.Woke;

/// One day of a resident, from waking on a date to waking on the next one. Days therefore follow on
/// each other without a gap and without an overlap, though each is made for itself.
final class Day {
    private static final Duration FALLING_ASLEEP = Duration.ofMinutes(50);
    private static final Duration BEFORE_WAKING = Duration.ofMinutes(40);
    private static final double STIRS = 0.8;

    private Day() {}

    /// What happens on a day, in order; the same for the same arguments.
    static List<Happening> of(Rhythm rhythm, long seed, ZoneId zone, LocalDate date) {
        Instant wakes = wakes(rhythm, seed, zone, date);
        Instant bedtime = bedtime(rhythm, seed, zone, date);
        Instant wakesNext = wakes(rhythm, seed, zone, date.plusDays(1));

        Diary diary = new Diary(wakes);
        diary.add(Woke::new);
        new Daytime(rhythm, new Dice(seed, date, Purpose.DAY), diary, zone, date, bedtime).live();
        diary.add(WentToBed::new);
        night(rhythm, new Dice(seed, date, Purpose.NIGHT), diary, wakesNext);
        return diary.before(wakesNext);
    }

    private static Instant wakes(Rhythm rhythm, long seed, ZoneId zone, LocalDate date) {
        Duration jitter = new Dice(seed, date, Purpose.WAKE).jitter(rhythm.wakeJitter());
        return date.atTime(rhythm.wakes()).atZone(zone).toInstant().plus(jitter);
    }

    private static Instant bedtime(Rhythm rhythm, long seed, ZoneId zone, LocalDate date) {
        LocalDate evening = rhythm.bedtimeIsAfterMidnight() ? date.plusDays(1) : date;
        Duration jitter = new Dice(seed, date, Purpose.BEDTIME).jitter(rhythm.bedtimeJitter());
        return evening.atTime(rhythm.bedtime()).atZone(zone).toInstant().plus(jitter);
    }

    private static void night(Rhythm rhythm, Dice dice, Diary diary, Instant wakes) {
        diary.pass(dice.between(Duration.ofMinutes(1), Duration.ofMinutes(8)));
        diary.add(at -> new Moved(at, Room.BEDROOM));

        Instant from = diary.now().plus(FALLING_ASLEEP);
        Instant to = wakes.minus(BEFORE_WAKING);
        int visits = dice.count(rhythm.nightVisits());
        int stirs = dice.count(STIRS);
        int wakings = visits + stirs;
        if (wakings == 0 || !from.isBefore(to)) {
            return;
        }
        // one waking in each equal part of the night: never two at once, and no sorting
        Duration part = Duration.ofSeconds(Duration.between(from, to).toSeconds() / wakings);
        int visitsLeft = visits;
        for (int i = 0; i < wakings; i++) {
            diary.passTo(from.plus(part.multipliedBy(i)).plus(dice.between(Duration.ZERO, part)));
            if (dice.happens((double) visitsLeft / (wakings - i))) {
                visitsLeft--;
                toTheBathroom(dice, diary);
            } else {
                diary.add(at -> new Moved(at, Room.BEDROOM));
            }
        }
    }

    private static void toTheBathroom(Dice dice, Diary diary) {
        for (Room room :
                List.of(Room.BEDROOM, Room.HALLWAY, Room.BATHROOM, Room.BATHROOM, Room.HALLWAY, Room.BEDROOM)) {
            diary.add(at -> new Moved(at, room));
            diary.pass(
                    room == Room.BATHROOM
                            ? dice.between(Duration.ofSeconds(40), Duration.ofSeconds(150))
                            : dice.between(Duration.ofSeconds(5), Duration.ofSeconds(30)));
        }
    }
}
