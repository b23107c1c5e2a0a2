package kr.dolbom.sim.home;

import java.time.ZoneId;

/// An invented resident.
///
/// @param name family name and given name, in Korean
/// @param birthYear year of birth
/// @param neighbourhood the dong where the resident lives
/// @param profile what kind of days the resident has
/// @param seed tells this life from another of the same profile
public record Resident(String name, int birthYear, String neighbourhood, Profile profile, long seed) {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    /// The resident's life, in Korean time.
    public Timeline timeline() {
        return Timeline.of(profile.rhythm(), seed, SEOUL);
    }
}
