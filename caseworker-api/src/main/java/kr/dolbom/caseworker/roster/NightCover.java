package kr.dolbom.caseworker.roster;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// When a night centre answers for an office.
///
/// @param centreNo the office that answers
/// @param from from this time of day on
/// @param to until this one; when it is not after `from`, on the next day
/// @param onDaysOff and all day on Saturdays, Sundays and holidays
public record NightCover(int centreNo, LocalTime from, LocalTime to, boolean onDaysOff) {

    /// The times within a window, in order and without overlaps.
    ///
    /// @param zone where the covered office is
    /// @param holidays of the covered office
    public List<Span> spans(Span window, ZoneId zone, Set<LocalDate> holidays) {
        List<Span> spans = new ArrayList<>();
        LocalDate last = window.end().atZone(zone).toLocalDate();
        // A night that began the day before may reach into the window.
        for (LocalDate day = window.start().atZone(zone).toLocalDate().minusDays(1);
                !day.isAfter(last);
                day = day.plusDays(1)) {
            spans.add(span(day, from, to, zone));
            if (onDaysOff && isDayOff(day, holidays)) {
                spans.add(span(day, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, zone));
            }
        }
        return Span.union(spans).stream()
                .flatMap(span -> span.and(window).stream())
                .toList();
    }

    /// From one time of a day to another, which is on the next day when it is not later.
    public static Span span(LocalDate day, LocalTime from, LocalTime to, ZoneId zone) {
        LocalDate lastDay = to.isAfter(from) ? day : day.plusDays(1);
        return new Span(
                day.atTime(from).atZone(zone).toInstant(),
                lastDay.atTime(to).atZone(zone).toInstant());
    }

    /// Whether it is a Saturday, a Sunday or a holiday.
    public static boolean isDayOff(LocalDate day, Set<LocalDate> holidays) {
        return day.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue() || holidays.contains(day);
    }
}
