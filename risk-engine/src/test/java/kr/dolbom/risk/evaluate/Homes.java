package kr.dolbom.risk.evaluate;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import kr.dolbom.contract.telemetry.Room;

/// Made-up homes: up between six and nine, to bed between nine and midnight, a sign every
/// few minutes between, out once a day, and restless at night.
final class Homes {
    static final LocalDateTime START = LocalDateTime.of(2026, 3, 2, 0, 0);

    private static final Room[] ROOMS = {Room.KITCHEN, Room.LOUNGE, Room.BATHROOM, Room.HALLWAY};

    private record Sign(long at, Room room) {}

    private Homes() {}

    static List<RecordedHome> town(int homes, int days) {
        List<RecordedHome> town = new ArrayList<>();
        for (int i = 0; i < homes; i++) {
            town.add(home("home" + i, i, days, _ -> true));
        }
        return town;
    }

    /// @param isKept which signs were recorded
    static RecordedHome home(String id, long seed, int days, LongPredicate isKept) {
        var random = new Random(seed);
        List<Sign> signs = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            var person = new Random(seed); // the same habits every day
            long midnight = START.plusDays(day).toEpochSecond(ZoneOffset.UTC);
            long usuallyUp = 6 * 3600L + person.nextInt(7200);
            long now = midnight + usuallyUp + random.nextInt(3600);
            long bedtime = midnight + 21 * 3600 + person.nextInt(7200) + random.nextInt(3600);
            long outing = midnight + 10 * 3600 + person.nextInt(6 * 3600) + random.nextInt(1800);
            while (now < bedtime) {
                if (now >= outing && now < outing + 5400) {
                    signs.add(new Sign(now, Room.FRONT_DOOR));
                    now = outing + 5400;
                    signs.add(new Sign(now, Room.FRONT_DOOR));
                }
                signs.add(new Sign(now, ROOMS[random.nextInt(ROOMS.length)]));
                now += 60 + random.nextInt(1200);
            }
            signs.add(new Sign(bedtime, Room.BEDROOM));
            for (long night = bedtime + 1200;
                    night < midnight + 86_400 + usuallyUp;
                    night += 600 + random.nextInt(3600)) {
                signs.add(new Sign(night, Room.BATHROOM));
            }
        }
        signs.sort(Comparator.comparingLong(Sign::at));
        List<Sign> kept = signs.stream().filter(sign -> isKept.test(sign.at())).toList();
        return new RecordedHome(
                id,
                kept.stream().mapToLong(Sign::at).toArray(),
                kept.stream().map(Sign::room).toArray(Room[]::new));
    }

    static long second(int day, int hour, int minute) {
        return START.plusDays(day - 1L).plusHours(hour).plusMinutes(minute).toEpochSecond(ZoneOffset.UTC);
    }
}
