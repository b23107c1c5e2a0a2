package kr.dolbom.caseworker.console.resident;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kr.dolbom.caseworker.daybook.ResidentDay;

/// A night: from eight in the evening until noon of its day.
///
/// @param restMinutes the longest time in it without a sign of the resident
/// @param bathroomVisits how often they were in the bathroom from ten until six
record Night(int restMinutes, int bathroomVisits) {
    private static final int EVENING = 20;
    private static final int NOON = 12;
    private static final int LATE = 22;
    private static final int EARLY = 6;
    private static final int BINS_PER_HOUR = 60 / ResidentDay.BIN_MINUTES;
    private static final Duration MOST_UNSEEN = Duration.ofHours(1);

    /// The night before noon of a day; empty where it is not over or was not watched for more than an hour.
    static Optional<Night> find(
            LocalDate day, Map<LocalDate, ResidentDay> days, List<Span> spans, ZoneId zone, Instant now) {
        ResidentDay before = days.get(day.minusDays(1));
        ResidentDay known = days.get(day);
        Instant from = day.minusDays(1).atTime(EVENING, 0).atZone(zone).toInstant();
        Instant to = day.atTime(NOON, 0).atZone(zone).toInstant();
        if (before == null
                || known == null
                || to.isAfter(now)
                || Span.overlap(spans, from, to).compareTo(MOST_UNSEEN) > 0) {
            return Optional.empty();
        }
        int rest = 0;
        int longest = 0;
        int visits = 0;
        int sinceVisit = 2;
        for (int hour = EVENING; hour < ResidentDay.HOURS + NOON; hour++) {
            ResidentDay of = hour < ResidentDay.HOURS ? before : known;
            int seen = of.seen().get(hour % ResidentDay.HOURS);
            int bathroom = of.bathroom().get(hour % ResidentDay.HOURS);
            for (int bin = 0; bin < BINS_PER_HOUR; bin++) {
                rest = (seen >> bin & 1) == 1 ? 0 : rest + 1;
                longest = Math.max(longest, rest);
                boolean isVisit = (bathroom >> bin & 1) == 1;
                if (isVisit && sinceVisit > 1 && hour >= LATE && hour < ResidentDay.HOURS + EARLY) {
                    visits++;
                }
                sinceVisit = isVisit ? 0 : sinceVisit + 1;
            }
        }
        return Optional.of(new Night(longest * ResidentDay.BIN_MINUTES, visits));
    }
}
