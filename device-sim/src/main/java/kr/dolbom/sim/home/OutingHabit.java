package kr.dolbom.sim.home;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Set;

/// A reason to leave the home at about the same time on some days of the week: the senior centre, the market, church.
///
/// @param days on which days of the week
/// @param leaves at what time of day, as a mean; 20 minutes of standard deviation
/// @param away for how long, as a median
/// @param chance on such a day, 0 to 1
public record OutingHabit(Set<DayOfWeek> days, LocalTime leaves, Duration away, double chance) {
    /// Copies the days.
    public OutingHabit {
        days = Set.copyOf(days);
        if (chance < 0 || chance > 1) {
            throw new IllegalArgumentException("chance is %s, expected 0 to 1".formatted(chance));
        }
    }
}
