package kr.dolbom.risk.family.fact;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// The moment at which a resident is looked at, and where the resident's clocks stand.
///
/// @param now the moment
/// @param zone of the resident's hours of the day
/// @param local the same moment by the resident's wall clock, seconds since 1970
public record Look(Instant now, ZoneId zone, long local) {
    /// A look at this moment.
    public static Look at(Instant now, ZoneId zone) {
        return new Look(
                now, zone, now.getEpochSecond() + zone.getRules().getOffset(now).getTotalSeconds());
    }

    /// The moment that a wall clock's time names.
    public Instant instant(long local) {
        return LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC)
                .atZone(zone)
                .toInstant();
    }
}
