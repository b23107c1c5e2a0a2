package kr.dolbom.risk.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The times in which nothing proves that the device was alive, in order. Whether the resident moved in them is not
/// known, so they count neither as silence nor as experience.
final class BlindTimes {
    private static final int MOST = 200;

    private final List<Span> spans = new ArrayList<>();

    /// From inclusive, to exclusive.
    record Span(Instant from, Instant to) {}

    /// Adds a time after all that are known.
    void add(Instant from, Instant to) {
        if (from.isBefore(to)) {
            spans.add(new Span(from, to));
        }
        if (spans.size() > MOST) {
            // A device that comes and goes for weeks: the oldest are told apart no longer.
            Span first = spans.removeFirst();
            spans.set(0, new Span(first.from(), spans.getFirst().to()));
        }
    }

    /// Takes out a time that is proven after all.
    void prove(Instant from, Instant to) {
        if (spans.isEmpty() || !from.isBefore(to) || !spans.getLast().to().isAfter(from)) {
            return;
        }
        List<Span> left = new ArrayList<>();
        for (Span span : spans) {
            if (!span.from().isBefore(to) || !from.isBefore(span.to())) {
                left.add(span);
                continue;
            }
            if (span.from().isBefore(from)) {
                left.add(new Span(span.from(), from));
            }
            if (to.isBefore(span.to())) {
                left.add(new Span(to, span.to()));
            }
        }
        spans.clear();
        spans.addAll(left);
    }

    void forgetBefore(Instant at) {
        spans.removeIf(span -> !span.to().isAfter(at));
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(spans.size());
        for (Span span : spans) {
            Times.write(span.from(), out);
            Times.write(span.to(), out);
        }
    }

    void read(DataInput in) throws IOException {
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            add(Times.read(in), Times.read(in));
        }
    }

    List<Span> list() {
        return List.copyOf(spans);
    }
}
