package kr.dolbom.caseworker.roster.plan;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import kr.dolbom.caseworker.roster.NightCover;
import kr.dolbom.caseworker.roster.Span;

/// What somebody's shifts of a month weigh.
///
/// @param shifts how many
/// @param nights how many of them reach into the time from 00:00 to 06:00
/// @param daysOff how many of them begin on a Saturday, a Sunday or a holiday
/// @param minutes how long they last, all together
/// @param primary in how many of them they are called first
record Load(int shifts, int nights, int daysOff, long minutes, int primary) {
    static final Load NONE = new Load(0, 0, 0, 0, 0);
    private static final LocalTime NIGHT_ENDS = LocalTime.of(6, 0);

    static Load of(Vacancy vacancy) {
        return new Load(
                1,
                vacancy.night() ? 1 : 0,
                vacancy.dayOff() ? 1 : 0,
                vacancy.span().length().toMinutes(),
                vacancy.primary() ? 1 : 0);
    }

    static Load of(Span span, int position, ZoneId zone, Set<LocalDate> holidays) {
        LocalDate day = span.start().atZone(zone).toLocalDate();
        return new Load(
                1,
                isNight(span, zone) ? 1 : 0,
                NightCover.isDayOff(day, holidays) ? 1 : 0,
                span.length().toMinutes(),
                position == 1 ? 1 : 0);
    }

    Load plus(Load other) {
        return new Load(
                shifts + other.shifts,
                nights + other.nights,
                daysOff + other.daysOff,
                minutes + other.minutes,
                primary + other.primary);
    }

    Load minus(Load other) {
        return new Load(
                shifts - other.shifts,
                nights - other.nights,
                daysOff - other.daysOff,
                minutes - other.minutes,
                primary - other.primary);
    }

    /// Whether a shift of at most a day reaches into the time from 00:00 to 06:00.
    static boolean isNight(Span span, ZoneId zone) {
        LocalDate first = span.start().atZone(zone).toLocalDate();
        return span.overlaps(NightCover.span(first, LocalTime.MIDNIGHT, NIGHT_ENDS, zone))
                || span.overlaps(NightCover.span(first.plusDays(1), LocalTime.MIDNIGHT, NIGHT_ENDS, zone));
    }
}
