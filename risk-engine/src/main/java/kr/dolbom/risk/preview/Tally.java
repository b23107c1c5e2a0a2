package kr.dolbom.risk.preview;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What all homes of a preview add up to.
final class Tally {
    private final long from;
    private final long to;
    private final Figures now = new Figures();
    private final Figures proposed = new Figures();
    private final List<CaseOutcome> cases = new ArrayList<>();
    private long watchedSeconds;

    /// @param from the first second whose alerts count
    /// @param to until when, exclusive
    Tally(long from, long to) {
        this.from = from;
        this.to = to;
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    /// With the settings that stand.
    Figures now() {
        return now;
    }

    /// With the proposed ones.
    Figures proposed() {
        return proposed;
    }

    void add(CaseOutcome outcome) {
        cases.add(outcome);
    }

    /// Oldest first.
    List<CaseOutcome> cases() {
        return cases.stream()
                .sorted(Comparator.comparingLong(CaseOutcome::raisedAt))
                .toList();
    }

    void addWatched(long seconds) {
        watchedSeconds += seconds;
    }

    long watchedSeconds() {
        return watchedSeconds;
    }
}
