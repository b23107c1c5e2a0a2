package kr.dolbom.risk.setting;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// The hours of the day in which the robot asks a resident nothing.
///
/// @param begins inclusive
/// @param ends exclusive, on the next day where it is before the beginning; where both are the same there are none
public record QuietHours(LocalTime begins, LocalTime ends) {
    /// From and to so long after midnight.
    public static QuietHours of(Duration begins, Duration ends) {
        return new QuietHours(LocalTime.MIDNIGHT.plus(begins), LocalTime.MIDNIGHT.plus(ends));
    }

    /// Whether a moment lies in them.
    public boolean hold(Instant at, ZoneId zone) {
        LocalTime time = at.atZone(zone).toLocalTime();
        boolean isFrom = !time.isBefore(begins);
        boolean isTo = time.isBefore(ends);
        return begins.isAfter(ends) ? isFrom || isTo : isFrom && isTo;
    }

    /// When they end next, after a moment.
    public Instant endAfter(Instant at, ZoneId zone) {
        LocalDate today = at.atZone(zone).toLocalDate();
        ZonedDateTime end = today.atTime(ends).atZone(zone);
        return end.toInstant().isAfter(at)
                ? end.toInstant()
                : today.plusDays(1).atTime(ends).atZone(zone).toInstant();
    }
}
