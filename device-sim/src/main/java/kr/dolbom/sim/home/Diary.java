package kr.dolbom.sim.home;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What happened so far, in order, and what time it is. No two happenings share a second.
final class Diary {
    private final List<Happening> happenings = new ArrayList<>();
    private Instant now;

    Diary(Instant now) {
        this.now = now;
    }

    Instant now() {
        return now;
    }

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    /// Lets time pass until a moment; nothing, if it is over.
    void passTo(Instant moment) {
        if (moment.isAfter(now)) {
            now = moment;
        }
    }

    /// Writes down what happens now.
    void add(Function<Instant, Happening> happening) {
        happenings.add(happening.apply(now));
        now = now.plusSeconds(1);
    }

    /// All that happened before a moment.
    List<Happening> before(Instant moment) {
        return happenings.stream().filter(h -> h.at().isBefore(moment)).toList();
    }
}
