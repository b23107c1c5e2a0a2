package kr.dolbom.risk.evaluate;

import java.util.Arrays;
import kr.dolbom.contract.telemetry.Room;

/// What was recorded of one resident, in order of time. The clock is the home's own: seconds since
/// 1970-01-01 in local time, so that an hour is an hour of the home's day. Nobody changes the arrays.
final class RecordedHome {
    private static final int DAY = 86_400;
    private static final int WARM_UP_DAYS = 2;
    private static final int COLD_DAYS = 13;

    private final String id;
    private final long[] at;
    private final Room[] rooms;

    /// @param id of the resident
    /// @param at the times
    /// @param rooms where, one for each time
    RecordedHome(String id, long[] at, Room[] rooms) {
        this.id = id;
        this.at = at;
        this.rooms = rooms;
    }

    String id() {
        return id;
    }

    long[] at() {
        return at;
    }

    Room[] rooms() {
        return rooms;
    }

    int size() {
        return at.length;
    }

    long first() {
        return at[0];
    }

    long last() {
        return at[at.length - 1];
    }

    /// Which day of this home a time is in; its first is 1.
    int day(long second) {
        return (int) (Math.floorDiv(second, (long) DAY) - Math.floorDiv(first(), (long) DAY)) + 1;
    }

    /// Whether alerts count: from the third day on.
    boolean isJudged(long second) {
        return day(second) > WARM_UP_DAYS;
    }

    /// The third to the thirteenth day.
    boolean isCold(long second) {
        return isJudged(second) && day(second) <= COLD_DAYS;
    }

    long startOfDay(int day) {
        return (Math.floorDiv(first(), (long) DAY) + day - 1) * DAY;
    }

    /// The judged time in days, without outages.
    double judgedDays(Outages outages) {
        return days(startOfDay(WARM_UP_DAYS + 1), startOfDay(day(last()) + 1), outages);
    }

    /// The part of it until the thirteenth day.
    double coldDays(Outages outages) {
        return days(
                startOfDay(WARM_UP_DAYS + 1),
                Math.min(startOfDay(COLD_DAYS + 1), startOfDay(day(last()) + 1)),
                outages);
    }

    private static double days(long from, long to, Outages outages) {
        return from >= to ? 0 : (to - from - outages.within(from, to)) / (double) DAY;
    }

    /// The index of the first record that is not before a time.
    int indexFrom(long second) {
        int found = Arrays.binarySearch(at, second);
        if (found < 0) {
            return -found - 1;
        }
        while (found > 0 && at[found - 1] == second) {
            found--;
        }
        return found;
    }
}
