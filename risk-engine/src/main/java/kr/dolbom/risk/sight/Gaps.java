package kr.dolbom.risk.sight;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.alert.Visibility;
import org.jspecify.annotations.Nullable;

/// The times of the last week in which one home was not watched, and what of them is written.
///
/// Begin one with [#blind]; a proof that a device was alive ends it, cuts it or takes it back, however
/// late the proof arrives, within the week. Put in proofs and blindness as they become known; [#write]
/// says what has changed since.
public final class Gaps {
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final int residentNo;
    private List<Span> spans = List.of();
    private List<Span> written = List.of();

    /// From inclusive, to exclusive; `to` is null while it lasts.
    private record Span(Instant from, @Nullable Instant to, Visibility cause) {
        private boolean isOpen() {
            return to == null;
        }
    }

    /// None.
    ///
    /// @param residentNo whose home it is
    public Gaps(int residentNo) {
        this.residentNo = residentNo;
    }

    /// Takes up a gap that is written already; in order of time.
    void resume(Instant from, @Nullable Instant to, Visibility cause) {
        written = plus(written, new Span(from, to, cause));
        spans = written;
    }

    /// The home is not watched now.
    ///
    /// @param from since when, where no gap lasts
    /// @param cause why; where a gap lasts for a lesser cause, this was its cause all the time
    /// @param now where a gap lasts for a greater cause that is over, another begins now
    public void blind(Instant from, Visibility cause, Instant now) {
        Span last = spans.isEmpty() ? null : spans.getLast();
        if (last == null || !last.isOpen()) {
            Instant begins = last != null && last.to() != null && last.to().isAfter(from) ? last.to() : from;
            spans = plus(spans, new Span(begins, null, cause));
        } else if (cause.compareTo(last.cause()) > 0 || !last.from().isBefore(now)) {
            spans = plus(spans.subList(0, spans.size() - 1), new Span(last.from(), null, cause));
        } else if (cause != last.cause()) {
            List<Span> closed = plus(spans.subList(0, spans.size() - 1), new Span(last.from(), now, last.cause()));
            spans = plus(closed, new Span(now, null, cause));
        }
    }

    /// A time that is over turns out not to have been watched. What of it is in other gaps stays theirs.
    public void add(Instant from, Instant to, Visibility cause) {
        List<Span> added = new ArrayList<>();
        Instant begin = from;
        for (Span span : spans) {
            if (begin.isBefore(span.from())) {
                Instant end = to.isBefore(span.from()) ? to : span.from();
                if (begin.isBefore(end)) {
                    added.add(new Span(begin, end, cause));
                }
            }
            Instant spanEnd = span.to();
            begin = spanEnd == null ? to : (spanEnd.isAfter(begin) ? spanEnd : begin);
            added.add(span);
        }
        if (begin.isBefore(to)) {
            added.add(new Span(begin, to, cause));
        }
        spans = joined(added);
    }

    private static List<Span> joined(List<Span> spans) {
        List<Span> joined = new ArrayList<>();
        for (Span span : spans) {
            Span last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && span.from().equals(last.to()) && span.cause() == last.cause()) {
                joined.set(joined.size() - 1, new Span(last.from(), span.to(), last.cause()));
            } else {
                joined.add(span);
            }
        }
        return List.copyOf(joined);
    }

    /// A device was alive in that time. A gap that lasts ends with it: what comes after is blind only
    /// if [#blind] says so.
    public void prove(Instant from, Instant to) {
        if (spans.isEmpty() || !from.isBefore(to)) {
            return;
        }
        Instant end = spans.getLast().to();
        if (end != null && !end.isAfter(from)) {
            return;
        }
        List<Span> left = new ArrayList<>();
        for (Span span : spans) {
            boolean isOutside = !span.from().isBefore(to)
                    || (span.to() != null && !span.to().isAfter(from));
            if (isOutside) {
                left.add(span);
                continue;
            }
            if (span.from().isBefore(from)) {
                left.add(new Span(span.from(), from, span.cause()));
            }
            if (span.to() != null && to.isBefore(span.to())) {
                left.add(new Span(to, span.to(), span.cause()));
            }
        }
        spans = List.copyOf(left);
    }

    /// Reads a little, and says nothing.
    public int glance() {
        return residentNo;
    }

    /// Adds what has changed since it was written last, and forgets what is older than a week.
    public void write(Instant now, List<Outcome> outcomes) {
        if (spans.equals(written)) {
            return;
        }
        for (Span span : written) {
            if (spans.stream().noneMatch(s -> s.from().equals(span.from()))) {
                outcomes.add(new Outcome.GapWithdrawn(residentNo, span.from()));
            }
        }
        // In order of time, so that the one that lasts is the last.
        for (Span span : spans) {
            if (!written.contains(span)) {
                outcomes.add(new Outcome.Gap(residentNo, span.from(), span.to(), span.cause()));
            }
        }
        Instant limit = now.minus(REMEMBERED);
        spans = spans.stream()
                .filter(span -> span.to() == null || span.to().isAfter(limit))
                .toList();
        written = spans;
    }

    private static List<Span> plus(List<Span> spans, Span another) {
        List<Span> more = new ArrayList<>(spans);
        more.add(another);
        return List.copyOf(more);
    }
}
