package kr.dolbom.sim.device;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kr.dolbom.contract.telemetry.Activity;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Sensor;

/// Counts what the sensors notice until the window ends. Windows end at whole multiples of their length since 1970.
/// Not safe for use by many threads.
final class ActivityWindow {
    private final Instant begin;
    private final Instant end;
    // the latest last, as the contract wants it
    private final Map<Place, Tally> tallies = new LinkedHashMap<>();

    private record Place(Sensor sensor, Room room) {}

    private record Tally(long count, Instant last) {}

    private ActivityWindow(Instant begin, Instant end) {
        this.begin = begin;
        this.end = end;
    }

    /// A window that begins now and ends at the next whole multiple of the length, which may be sooner than a length.
    static ActivityWindow open(Instant now, Duration length) {
        long seconds = length.toSeconds();
        long windows = Math.floorDiv(now.getEpochSecond(), seconds);
        return new ActivityWindow(now, Instant.ofEpochSecond((windows + 1) * seconds));
    }

    Instant end() {
        return end;
    }

    void count(Sensor sensor, Room room, Instant at) {
        Place place = new Place(sensor, room);
        Tally before = tallies.remove(place);
        tallies.put(place, new Tally(before == null ? 1 : before.count() + 1, at));
    }

    /// What was counted, as of a moment; empty, if nothing was.
    ///
    /// @param until the window's end, or earlier where it is cut short
    Optional<Activity> close(Instant until) {
        if (tallies.isEmpty()) {
            return Optional.empty();
        }
        List<Activity.Count> counts = new ArrayList<>(tallies.size());
        tallies.forEach((place, tally) -> counts.add(new Activity.Count(
                place.sensor(),
                place.room(),
                Math.min(tally.count(), 10_000),
                Math.max(0, Duration.between(tally.last(), until).toSeconds()))));
        long openSeconds = Math.ceilDiv(Duration.between(begin, until).toMillis(), 1000);
        return Optional.of(new Activity(Math.max(1, openSeconds), counts));
    }
}
