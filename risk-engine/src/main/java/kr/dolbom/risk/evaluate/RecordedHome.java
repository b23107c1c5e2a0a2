package kr.dolbom.risk.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.contract.telemetry.Telemetry;
import kr.dolbom.risk.watch.Rehearsal;

/// What was recorded of one resident, in order of time. The clock is the home's own: seconds since
/// 1970-01-01 in local time, so that an hour is an hour of the home's day. Nobody changes the arrays.
final class RecordedHome {
    private static final int DAY = 86_400;
    private static final int WARM_UP_DAYS = 2;
    private static final int COLD_DAYS = 13;

    private final String id;
    private final long[] at;
    private final Room[] rooms;
    private final List<Event> events;
    private final List<Case> cases;
    private final boolean hasHeartbeats;

    /// Something else that the device sent.
    record Event(long at, Telemetry data) {}

    /// @param id of the resident
    /// @param at the times
    /// @param rooms where, one for each time
    RecordedHome(String id, long[] at, Room[] rooms) {
        this(id, at, rooms, List.of(), List.of());
    }

    /// @param events what else the device sent, in order of time
    /// @param cases what truly happened, in order of time
    RecordedHome(String id, long[] at, Room[] rooms, List<Event> events, List<Case> cases) {
        this.id = id;
        this.at = at;
        this.rooms = rooms;
        this.events = List.copyOf(events);
        this.cases = List.copyOf(cases);
        this.hasHeartbeats = events.stream().anyMatch(event -> event.data() instanceof Status);
    }

    /// The same home with other signs.
    RecordedHome with(long[] otherAt, Room[] otherRooms) {
        return new RecordedHome(id, otherAt, otherRooms, events, cases);
    }

    /// The same home without the events of a time.
    RecordedHome without(long from, long to) {
        List<Event> others = events.stream()
                .filter(event -> event.at() < from || event.at() >= to)
                .toList();
        return new RecordedHome(id, at, rooms, others, cases);
    }

    List<Event> events() {
        return events;
    }

    /// What truly happened, as far as it is known.
    List<Case> cases() {
        return cases;
    }

    /// Whether something truly happened at that time.
    boolean isInCase(long second) {
        return cases.stream().anyMatch(one -> one.contains(second));
    }

    /// Whether it is recorded when the device was alive.
    boolean hasHeartbeats() {
        return hasHeartbeats;
    }

    /// When this home could not be seen: in outages of all, and while its own device was silent, as far as
    /// that is recorded.
    Outages blindTimes(Outages ofAll) {
        if (!hasHeartbeats) {
            return ofAll;
        }
        List<Outages.Span> spans = new ArrayList<>(ofAll.spans());
        long proof = Rehearsal.DEVICE_SILENT_AFTER.toSeconds();
        long[] heard = java.util.stream.LongStream.concat(
                        Arrays.stream(at), events.stream().mapToLong(Event::at))
                .sorted()
                .toArray();
        for (int i = 1; i < heard.length; i++) {
            if (heard[i] - heard[i - 1] > proof && ofAll.within(heard[i - 1], heard[i]) == 0) {
                spans.add(new Outages.Span(heard[i - 1] + proof, Long.MIN_VALUE, heard[i]));
            }
        }
        spans.sort(Comparator.comparingLong(Outages.Span::from));
        return new Outages(spans);
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

    /// The judged time in days, without outages and what truly happened.
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

    private double days(long from, long to, Outages outages) {
        if (from >= to) {
            return 0;
        }
        long inCases = cases.stream()
                .mapToLong(one -> Math.max(0, Math.min(to, one.to()) - Math.max(from, one.from())))
                .sum();
        return Math.max(0, to - from - outages.within(from, to) - inCases) / (double) DAY;
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
