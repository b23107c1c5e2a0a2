package kr.dolbom.risk.evaluate;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import kr.dolbom.contract.telemetry.Room;

/// Makes of a home full of sensors what one care robot would notice: the rooms in which it stands,
/// kitchen and lounge, and of a day no more signs than it may hear, from 20 to 60, drawn once for the
/// home and evenly from each day's signs. It sees no door.
final class Thinning {
    private static final Set<Room> NEAR = Set.of(Room.KITCHEN, Room.LOUNGE);
    private static final int FEWEST = 20;
    private static final int MOST = 60;
    private static final long DAY = 86_400;

    private Thinning() {}

    /// The thinned home; null where the robot would have noticed nothing.
    static @org.jspecify.annotations.Nullable RecordedHome thin(RecordedHome home, long seed) {
        var dice = new SplittableRandom(seed ^ 31L * home.id().hashCode());
        int aDay = dice.nextInt(FEWEST, MOST + 1);
        long[] at = new long[home.size()];
        Room[] rooms = new Room[home.size()];
        int kept = 0;
        int begin = 0;
        while (begin < home.size()) {
            long day = Math.floorDiv(home.at()[begin], DAY);
            int end = begin;
            int near = 0;
            while (end < home.size() && Math.floorDiv(home.at()[end], DAY) == day) {
                near += NEAR.contains(home.rooms()[end]) ? 1 : 0;
                end++;
            }
            int wanted = aDay;
            for (int i = begin; i < end; i++) {
                if (NEAR.contains(home.rooms()[i])) {
                    // each of what is left is as likely as the others to be among those still wanted
                    if (dice.nextInt(near) < wanted) {
                        at[kept] = home.at()[i];
                        rooms[kept++] = home.rooms()[i];
                        wanted--;
                    }
                    near--;
                }
            }
            begin = end;
        }
        return kept == 0 ? null : home.with(Arrays.copyOf(at, kept), Arrays.copyOf(rooms, kept));
    }
}
