package kr.dolbom.risk.preview;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The times in which a resident was not judged: monitoring gaps, away and hospital mode. Seconds since the epoch,
/// from inclusive, to exclusive.
final class Unwatched {
    private List<Span> spans = List.of();

    private record Span(long from, long to) {}

    /// Adds one, in any order.
    void add(long from, long to) {
        if (from >= to) {
            return;
        }
        List<Span> all = new ArrayList<>(spans);
        all.add(new Span(from, to));
        all.sort(Comparator.comparingLong(Span::from));
        List<Span> merged = new ArrayList<>();
        for (Span span : all) {
            if (!merged.isEmpty() && merged.getLast().to() >= span.from()) {
                Span last = merged.removeLast();
                merged.add(new Span(last.from(), Math.max(last.to(), span.to())));
            } else {
                merged.add(span);
            }
        }
        spans = merged;
    }

    /// The first moment from this one on that is in none.
    long firstOutside(long moment) {
        for (Span span : spans) {
            if (span.from() <= moment && moment < span.to()) {
                return span.to();
            }
        }
        return moment;
    }

    boolean contains(long moment) {
        return firstOutside(moment) != moment;
    }

    /// How many seconds of a time are in none.
    long secondsOutside(long from, long to) {
        long outside = Math.max(0, to - from);
        for (Span span : spans) {
            outside -= Math.max(0, Math.min(to, span.to()) - Math.max(from, span.from()));
        }
        return Math.max(0, outside);
    }
}
