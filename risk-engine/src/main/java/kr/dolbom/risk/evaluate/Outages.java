package kr.dolbom.risk.evaluate;

import java.util.List;

/// The times in which the whole fleet was silent: it was the collection that failed, not the people.
///
/// @param spans in order of time
record Outages(List<Span> spans) {
    static final Outages NONE = new Outages(List.of());

    /// One outage, in seconds.
    ///
    /// @param from when the last sign before it came
    /// @param detectedAt when the fleet's rate gave it away
    /// @param to when signs came again
    record Span(long from, long detectedAt, long to) {}

    Outages {
        spans = List.copyOf(spans);
    }

    boolean contains(long second) {
        return spans.stream().anyMatch(span -> second > span.from() && second < span.to());
    }

    /// How many seconds of a time were outages.
    long within(long from, long to) {
        return spans.stream()
                .mapToLong(span -> Math.max(0, Math.min(to, span.to()) - Math.max(from, span.from())))
                .sum();
    }
}
