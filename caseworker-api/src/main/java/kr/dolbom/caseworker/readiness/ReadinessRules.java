package kr.dolbom.caseworker.readiness;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.roster.Recipient;
import kr.dolbom.caseworker.roster.Roster;
import kr.dolbom.caseworker.roster.Span;

/// What makes coming shifts unready. Pure: everything that counts is an argument.
final class ReadinessRules {
    /// How far ahead each shift is looked at; what comes later is told by the month.
    static final Duration AHEAD = Duration.ofHours(24);

    private static final Duration NEXT_MONTH_SOON = Duration.ofDays(7);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Roster roster;
    private final ZoneId zone;
    private final List<Span> needed;
    private final Set<String> unusable;
    private final Set<Integer> unheard;

    /// @param roster of [#window]
    /// @param zone where the office is
    /// @param needed when somebody has to be on call at all
    /// @param unusable the phone numbers that cannot be used
    /// @param unheard the caseworkers who did not pick up their last test ring
    ReadinessRules(Roster roster, ZoneId zone, List<Span> needed, Set<String> unusable, Set<Integer> unheard) {
        this.roster = roster;
        this.zone = zone;
        this.needed = List.copyOf(needed);
        this.unusable = Set.copyOf(unusable);
        this.unheard = Set.copyOf(unheard);
    }

    /// From now to the end of the month, or of the next one in the last week of a month.
    static Span window(Instant now, ZoneId zone) {
        YearMonth month = YearMonth.from(now.plus(NEXT_MONTH_SOON).atZone(zone));
        return new Span(now, month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant());
    }

    /// All troubles, each once.
    List<Trouble> troubles() {
        List<Trouble> troubles = new ArrayList<>();
        List<Found> gaps = find(0);
        List<Found> single = find(1);
        gaps.stream().filter(this::isNear).map(this::gap).forEach(troubles::add);
        single.stream().filter(this::isNear).map(this::single).forEach(troubles::add);
        people(troubles);
        troubles.addAll(months(Trouble.Kind.MONTH_GAP, gaps));
        troubles.addAll(months(Trouble.Kind.MONTH_SINGLE, single));
        return troubles;
    }

    /// A needed time with too few phones, and whose they are.
    private record Found(Span span, List<Recipient> people) {}

    /// The needed times in which so many phones would ring.
    private List<Found> find(int phones) {
        List<Found> found = new ArrayList<>();
        for (Roster.Segment segment : roster.segments()) {
            List<Recipient> usable = segment.caseworkers().stream()
                    .map(roster::person)
                    .filter(person -> !unusable.contains(person.phone()))
                    .toList();
            if (usable.stream().map(Recipient::phone).distinct().count() == phones) {
                needed.stream()
                        .flatMap(need -> need.and(segment.span()).stream())
                        .forEach(span -> add(found, new Found(span, usable)));
            }
        }
        return found;
    }

    private static void add(List<Found> found, Found next) {
        Found last = found.isEmpty() ? null : found.getLast();
        if (last != null
                && last.span().end().equals(next.span().start())
                && last.people().equals(next.people())) {
            found.set(
                    found.size() - 1,
                    new Found(new Span(last.span().start(), next.span().end()), last.people()));
        } else {
            found.add(next);
        }
    }

    private boolean isNear(Found found) {
        return found.span().start().isBefore(roster.window().start().plus(AHEAD));
    }

    private Trouble gap(Found found) {
        // What runs already has no beginning of its own: it would be another trouble at each look.
        boolean runs = found.span().start().equals(roster.window().start());
        String about = (runs ? "" : found.span().start().toString()) + "/" + end(found.span());
        return new Trouble(Trouble.Kind.GAP, about, found.span().start(), times(found.span()));
    }

    private Trouble single(Found found) {
        Recipient alone = found.people().getFirst();
        List<String> values = new ArrayList<>(times(found.span()));
        values.add(alone.person().name());
        return new Trouble(Trouble.Kind.SINGLE, alone.person().id() + "/" + end(found.span()), null, values);
    }

    private String end(Span span) {
        return span.end().equals(roster.window().end()) ? "" : span.end().toString();
    }

    /// Those on call within the next 24 hours whose phones will probably not reach them.
    private void people(List<Trouble> troubles) {
        Map<Integer, Span> next = new TreeMap<>();
        roster.segments().stream()
                .filter(segment ->
                        segment.span().start().isBefore(roster.window().start().plus(AHEAD)))
                .forEach(segment -> segment.caseworkers().forEach(person -> next.putIfAbsent(person, segment.span())));
        next.forEach((caseworkerNo, span) -> {
            Recipient person = roster.person(caseworkerNo);
            String about = person.person().id().toString();
            List<String> values = List.of(person.person().name(), text(span.start()));
            if (unusable.contains(person.phone())) {
                troubles.add(new Trouble(Trouble.Kind.NUMBER, about, span.start(), values));
            } else if (unheard.contains(caseworkerNo)) {
                troubles.add(new Trouble(Trouble.Kind.TEST_RING, about, span.start(), values));
            }
        });
    }

    /// One trouble a month, however often it is so: what is 24 hours away is told anew.
    private List<Trouble> months(Trouble.Kind kind, List<Found> found) {
        Map<YearMonth, List<Found>> later = found.stream()
                .filter(one -> !isNear(one))
                .collect(Collectors.groupingBy(
                        one -> YearMonth.from(one.span().start().atZone(zone)), TreeMap::new, Collectors.toList()));
        List<Trouble> troubles = new ArrayList<>();
        later.forEach((month, all) -> {
            List<String> values = new ArrayList<>(List.of(month.toString(), Integer.toString(all.size())));
            values.addAll(times(all.getFirst().span()));
            troubles.add(new Trouble(kind, month.toString(), null, values));
        });
        return troubles;
    }

    private List<String> times(Span span) {
        return List.of(text(span.start()), text(span.end()));
    }

    private String text(Instant moment) {
        return MOMENT.format(moment.atZone(zone));
    }
}
