package kr.dolbom.sim.home;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import kr.dolbom.contract.telemetry.Medication;

/// What is usual for one resident.
///
/// @param wakes when the resident wakes, as a mean; 03:00 to 11:00
/// @param wakeJitter its standard deviation from day to day, at most 1 h
/// @param bedtime when the resident goes to bed, as a mean; 19:00 to 02:30, after midnight belongs to the day before
/// @param bedtimeJitter its standard deviation from day to day, at most 1 h
/// @param nightVisits how often the resident goes to the bathroom in a night, as a mean; 0 to 6
/// @param liveliness how much the resident moves about: 1 is ordinary, 0.4 sparse, 1.4 restless; 0.2 to 2
/// @param naps how likely a rest of an hour or so after lunch is, 0 to 1
/// @param outings when the resident leaves the home
/// @param tellsOfOutings how likely the resident tells the robot before leaving, 0 to 1
/// @param talks how often a day the resident talks with the robot, as a mean; 0 to 20
/// @param medication for each slot that the resident has, how likely it is taken, 0 to 1
public record Rhythm(
        LocalTime wakes,
        Duration wakeJitter,
        LocalTime bedtime,
        Duration bedtimeJitter,
        double nightVisits,
        double liveliness,
        double naps,
        List<OutingHabit> outings,
        double tellsOfOutings,
        double talks,
        Map<Medication.Slot, Double> medication) {
    private static final LocalTime NOON = LocalTime.NOON;

    /// Checks the ranges and copies the collections.
    public Rhythm {
        outings = List.copyOf(outings);
        medication = Map.copyOf(medication);
        require(!wakes.isBefore(LocalTime.of(3, 0)) && !wakes.isAfter(LocalTime.of(11, 0)), "wakes", wakes);
        require(!bedtime.isBefore(LocalTime.of(19, 0)) || !bedtime.isAfter(LocalTime.of(2, 30)), "bedtime", bedtime);
        require(wakeJitter.compareTo(Duration.ofHours(1)) <= 0, "wakeJitter", wakeJitter);
        require(bedtimeJitter.compareTo(Duration.ofHours(1)) <= 0, "bedtimeJitter", bedtimeJitter);
        require(nightVisits >= 0 && nightVisits <= 6, "nightVisits", nightVisits);
        require(liveliness >= 0.2 && liveliness <= 2, "liveliness", liveliness);
        require(naps >= 0 && naps <= 1, "naps", naps);
        require(tellsOfOutings >= 0 && tellsOfOutings <= 1, "tellsOfOutings", tellsOfOutings);
        require(talks >= 0 && talks <= 20, "talks", talks);
        require(medication.values().stream().allMatch(p -> p >= 0 && p <= 1), "medication", medication);
        require(
                usualSleep(wakes, bedtime).compareTo(Duration.ofHours(5)) >= 0,
                "bedtime to wakes",
                bedtime + " to " + wakes);
    }

    /// Whether the usual bedtime falls after midnight.
    boolean bedtimeIsAfterMidnight() {
        return bedtime.isBefore(NOON);
    }

    private static Duration usualSleep(LocalTime wakes, LocalTime bedtime) {
        Duration sinceMidnight = Duration.between(LocalTime.MIN, wakes);
        return bedtime.isBefore(NOON)
                ? Duration.between(bedtime, wakes)
                : sinceMidnight.plus(Duration.ofDays(1)).minus(Duration.between(LocalTime.MIN, bedtime));
    }

    private static void require(boolean fits, String name, Object value) {
        if (!fits) {
            throw new IllegalArgumentException(
                    "%s is %s, which is out of the range that Rhythm's Javadoc states".formatted(name, value));
        }
    }
}
