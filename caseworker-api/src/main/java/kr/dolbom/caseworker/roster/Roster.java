package kr.dolbom.caseworker.roster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is written down of an office's duties in a window of time, and what follows from it: overrides
/// go before shifts, nobody who is away or has left counts, and a night centre's people go before the
/// office's own while it answers.
///
/// @param officeNo whose
/// @param window of which time
/// @param written shifts and overrides of the office and of its night centre, the first position first
/// @param away when somebody is on leave or has left, by caseworker
/// @param covered when the night centre answers; empty without one
/// @param people who they are, by caseworker
public record Roster(
        int officeNo,
        Span window,
        List<Duty> written,
        Map<Integer, List<Span>> away,
        List<Span> covered,
        Map<Integer, Recipient> people) {

    /// Takes copies.
    public Roster {
        written = List.copyOf(written);
        away = Map.copyOf(away);
        covered = List.copyOf(covered);
        people = Map.copyOf(people);
    }

    /// A stretch of time in which the same people are on call.
    ///
    /// @param span when
    /// @param duties who, whoever is called first first, nobody twice; empty: nobody
    public record Segment(Span span, List<Duty> duties) {
        /// Who, whoever is called first first.
        public List<Integer> caseworkers() {
            return duties.stream().map(Duty::caseworkerNo).toList();
        }
    }

    /// Who has which position when, in the order of calling.
    public List<Duty> duties() {
        return standing()
                .flatMap(duty -> duty.officeNo() == officeNo ? Stream.of(duty) : whileCovered(duty))
                .sorted(Comparator.comparing((Duty duty) -> duty.officeNo() == officeNo)
                        .thenComparingInt(Duty::position))
                .toList();
    }

    private Stream<Duty> whileCovered(Duty duty) {
        return covered.stream().flatMap(span -> duty.span().and(span).stream()).map(duty::during);
    }

    /// Who is on call at a moment of the window, whoever is called first first.
    public List<Duty> at(Instant moment) {
        return at(duties(), moment);
    }

    /// The window, cut where somebody else comes on call.
    public List<Segment> segments() {
        List<Duty> duties = duties();
        Set<Instant> cuts = new TreeSet<>();
        duties.forEach(
                duty -> cuts.addAll(List.of(duty.span().start(), duty.span().end())));
        cuts.add(window.end());
        List<Segment> segments = new ArrayList<>();
        Instant from = window.start();
        for (Instant cut : cuts) {
            if (cut.isAfter(from) && !cut.isAfter(window.end())) {
                add(segments, new Segment(new Span(from, cut), at(duties, from)));
                from = cut;
            }
        }
        return segments;
    }

    private static void add(List<Segment> segments, Segment next) {
        Segment last = segments.isEmpty() ? null : segments.getLast();
        if (last != null && last.caseworkers().equals(next.caseworkers())) {
            segments.set(
                    segments.size() - 1,
                    new Segment(new Span(last.span().start(), next.span().end()), last.duties()));
        } else {
            segments.add(next);
        }
    }

    private static List<Duty> at(List<Duty> duties, Instant moment) {
        return duties.stream()
                .filter(duty -> duty.span().contains(moment))
                .collect(Collectors.toMap(
                        Duty::caseworkerNo, duty -> duty, (first, second) -> first, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    private Stream<Duty> standing() {
        List<Duty> standIns =
                written.stream().filter(Duty::standsIn).flatMap(this::present).toList();
        return written.stream()
                .flatMap(duty -> duty.standsIn() ? Stream.of(duty) : replaced(duty, standIns))
                .flatMap(this::present);
    }

    private Stream<Duty> present(Duty duty) {
        return duty.span().without(away.getOrDefault(duty.caseworkerNo(), List.of())).stream()
                .map(duty::during)
                .flatMap(part -> part.span().and(window).map(part::during).stream());
    }

    private static Stream<Duty> replaced(Duty shift, List<Duty> standIns) {
        List<Span> taken = standIns.stream()
                .filter(duty -> duty.officeNo() == shift.officeNo() && duty.position() == shift.position())
                .map(Duty::span)
                .toList();
        return shift.span().without(taken).stream().map(shift::during);
    }

    /// Who somebody on this roster is.
    public Recipient person(int caseworkerNo) {
        return Optional.ofNullable(people.get(caseworkerNo))
                .orElseThrow(() ->
                        new IllegalArgumentException("caseworker %d is not on this roster".formatted(caseworkerNo)));
    }
}
