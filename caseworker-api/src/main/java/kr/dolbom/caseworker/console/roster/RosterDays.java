package kr.dolbom.caseworker.console.roster;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kr.dolbom.caseworker.roster.Duty;
import kr.dolbom.caseworker.roster.Roster;
import kr.dolbom.caseworker.roster.Span;

/// Cuts a roster into days. Immutable.
///
/// @param roster read from the first day's midnight to one day after the last
/// @param zone where the office is
/// @param segments the roster's own
/// @param duties the roster's own
record RosterDays(Roster roster, ZoneId zone, List<Roster.Segment> segments, List<Duty> duties) {
    private static final Duration DAY = Duration.ofDays(1);

    static RosterDays of(Roster roster, ZoneId zone) {
        return new RosterDays(roster, zone, roster.segments(), roster.duties());
    }

    /// A day's time here, 23 to 25 hours.
    Span span(LocalDate day) {
        return new Span(
                day.atStartOfDay(zone).toInstant(),
                day.plusDays(1).atStartOfDay(zone).toInstant());
    }

    /// What stands under a day: duties that begin on it, whole; of longer ones than a day, and of what reaches into
    /// the first day that is read, the part.
    List<Duty> on(LocalDate day) {
        Span span = span(day);
        return duties.stream()
                .flatMap(duty -> part(duty, span).stream()
                        .map(time -> new Duty(
                                duty.id(),
                                duty.standsIn(),
                                duty.officeNo(),
                                duty.position(),
                                duty.caseworkerNo(),
                                time)))
                .sorted(java.util.Comparator.comparing(
                                (Duty duty) -> duty.span().start())
                        .thenComparingInt(Duty::position))
                .toList();
    }

    private Optional<Span> part(Duty duty, Span day) {
        Span span = duty.span();
        if (span.length().compareTo(DAY) > 0) {
            return span.and(day);
        }
        if (day.contains(span.start())) {
            boolean reachesIn = span.start().equals(roster.window().start());
            return reachesIn ? span.and(day) : Optional.of(span);
        }
        return Optional.empty();
    }

    /// When nobody is on call on a day.
    List<Span> gaps(LocalDate day) {
        return Span.union(during(day, 0, 0).toList());
    }

    /// When so many people are on call on a day.
    Stream<Span> during(LocalDate day, int fewest, int most) {
        Span span = span(day);
        return segments.stream()
                .filter(segment ->
                        segment.duties().size() >= fewest && segment.duties().size() <= most)
                .flatMap(segment -> segment.span().and(span).stream());
    }

    /// Minutes of a day's clock until a moment of it.
    int minutes(LocalDate day, Instant moment) {
        return (int) Duration.between(span(day).start(), moment).toMinutes();
    }
}
