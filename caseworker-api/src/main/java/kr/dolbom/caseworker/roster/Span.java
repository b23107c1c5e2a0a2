package kr.dolbom.caseworker.roster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A stretch of time.
///
/// @param start its first moment
/// @param end the first moment after it
public record Span(Instant start, Instant end) {
    /// The end of what has none.
    public static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    /// Refuses one that is empty or runs backwards.
    public Span {
        if (!end.isAfter(start)) {
            throw new IllegalArgumentException(
                    "span from %s to %s, expected an end after the start".formatted(start, end));
        }
    }

    /// One that may have no end.
    ///
    /// @param end null for none
    public static Span of(Instant start, @Nullable Instant end) {
        return new Span(start, end == null ? NEVER : end);
    }

    /// How long it is.
    public Duration length() {
        return Duration.between(start, end);
    }

    /// Whether the moment lies in it.
    public boolean contains(Instant moment) {
        return !moment.isBefore(start) && moment.isBefore(end);
    }

    /// Whether the two share a moment.
    public boolean overlaps(Span other) {
        return start.isBefore(other.end) && other.start.isBefore(end);
    }

    /// Whether the two overlap or less time than this lies between them.
    public boolean isCloserThan(Duration gap, Span other) {
        return start.isBefore(other.end.plus(gap)) && other.start.isBefore(end.plus(gap));
    }

    /// What the two share.
    public Optional<Span> and(Span other) {
        if (!overlaps(other)) {
            return Optional.empty();
        }
        return Optional.of(
                new Span(start.isAfter(other.start) ? start : other.start, end.isBefore(other.end) ? end : other.end));
    }

    /// What is left of it without the others, in order.
    public List<Span> without(List<Span> others) {
        List<Span> left = new ArrayList<>();
        Instant from = start;
        for (Span other : union(others)) {
            if (overlaps(other)) {
                if (other.start.isAfter(from)) {
                    left.add(new Span(from, other.start));
                }
                from = other.end.isAfter(from) ? other.end : from;
            }
        }
        if (from.isBefore(end)) {
            left.add(new Span(from, end));
        }
        return left;
    }

    /// The same moments in as few spans as can be, in order.
    public static List<Span> union(List<Span> spans) {
        List<Span> merged = new ArrayList<>();
        for (Span span :
                spans.stream().sorted(Comparator.comparing(Span::start)).toList()) {
            Span last = merged.isEmpty() ? null : merged.getLast();
            if (last == null || span.start.isAfter(last.end)) {
                merged.add(span);
            } else if (span.end.isAfter(last.end)) {
                merged.set(merged.size() - 1, new Span(last.start, span.end));
            }
        }
        return merged;
    }
}
