package kr.dolbom.risk.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// When to look at each resident next, in order of time; one moment a resident.
final class Moments {
    private final Map<Integer, Instant> byResident = new HashMap<>();
    private final TreeSet<Moment> inOrder = new TreeSet<>();

    private record Moment(Instant at, int residentNo) implements Comparable<Moment> {
        @Override
        public int compareTo(Moment other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Integer.compare(residentNo, other.residentNo);
        }
    }

    /// Replaces the resident's moment.
    void set(int residentNo, Instant at) {
        clear(residentNo);
        byResident.put(residentNo, at);
        inOrder.add(new Moment(at, residentNo));
    }

    void clear(int residentNo) {
        Instant old = byResident.remove(residentNo);
        if (old != null) {
            inOrder.remove(new Moment(old, residentNo));
        }
    }

    Optional<Instant> findFirst() {
        return inOrder.isEmpty()
                ? Optional.empty()
                : Optional.of(inOrder.first().at());
    }

    /// The residents whose moment has come, the earliest first.
    List<Integer> listDue(Instant now) {
        List<Integer> due = new ArrayList<>();
        for (Moment moment : inOrder) {
            if (moment.at().isAfter(now)) {
                break;
            }
            due.add(moment.residentNo());
        }
        return due;
    }
}
