package kr.dolbom.caseworker.console.resident;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import kr.dolbom.caseworker.daybook.ResidentDay;

/// What is usual for a resident in each hour of the day: the median of the minutes in which they were seen, and between
/// which values eight of ten days lie. Hours that were not watched are left out.
///
/// @param median by hour; -1 where too few days are known
/// @param low a tenth of the days was below
/// @param high a tenth of the days was above
/// @param isOfBefore whether it is of the eight weeks before what is shown, and not of what is shown itself
record Usual(List<Integer> median, List<Integer> low, List<Integer> high, boolean isOfBefore) {
    /// How many days of before are looked at.
    static final int DAYS_BEFORE = 56;

    private static final int LEAST_DAYS = 14;
    private static final int LEAST_DAYS_SHOWN = 5;
    private static final int CLEARLY_MINUTES = 15;
    private static final double TENTH = 0.1;

    /// From the days that are known.
    ///
    /// @param first the first day that is shown
    /// @param today the last one, which is not over
    static Usual of(Map<LocalDate, ResidentDay> days, List<Span> spans, LocalDate first, LocalDate today, ZoneId zone) {
        List<ResidentDay> before =
                days.values().stream().filter(day -> day.day().isBefore(first)).toList();
        boolean isOfBefore = before.size() >= LEAST_DAYS;
        List<ResidentDay> known = isOfBefore
                ? before
                : days.values().stream()
                        .filter(day -> day.day().isBefore(today))
                        .toList();
        var median = new ArrayList<Integer>();
        var low = new ArrayList<Integer>();
        var high = new ArrayList<Integer>();
        for (int hour = 0; hour < ResidentDay.HOURS; hour++) {
            List<Integer> minutes = new ArrayList<>();
            for (ResidentDay day : known) {
                Instant from = day.day().atTime(hour, 0).atZone(zone).toInstant();
                if (Span.overlap(spans, from, from.plus(Duration.ofHours(1))).isZero()) {
                    minutes.add(day.minutesSeen(hour));
                }
            }
            Collections.sort(minutes);
            boolean isKnown = minutes.size() >= LEAST_DAYS_SHOWN;
            median.add(isKnown ? quantile(minutes, 0.5) : -1);
            low.add(isKnown ? quantile(minutes, TENTH) : -1);
            high.add(isKnown ? quantile(minutes, 1 - TENTH) : -1);
        }
        return new Usual(List.copyOf(median), List.copyOf(low), List.copyOf(high), isOfBefore);
    }

    /// Whether an hour is known well enough.
    boolean isKnown(int hour) {
        return median.get(hour) >= 0;
    }

    /// Whether so many minutes are clearly fewer than usual: below nine of ten days, and by a quarter of an hour.
    boolean isLess(int hour, int minutes) {
        return isKnown(hour) && minutes < low.get(hour) && median.get(hour) - minutes >= CLEARLY_MINUTES;
    }

    /// Whether they are clearly more.
    boolean isMore(int hour, int minutes) {
        return isKnown(hour) && minutes > high.get(hour) && minutes - median.get(hour) >= CLEARLY_MINUTES;
    }

    private static int quantile(List<Integer> sorted, double share) {
        return sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }
}
