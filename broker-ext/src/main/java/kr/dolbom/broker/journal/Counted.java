package kr.dolbom.broker.journal;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// How far one device has counted its messages, and which holes it left. Pure: each step gives a new value.
///
/// ```
/// 1 2 3 . . 6 7        the hole 4..5 is noticed when 6 comes
/// 1 2 3 . 5 6 7        5 came late: the hole is smaller
/// 1 2 3 4 5 6 7        4 came late: the hole is closed
/// 0 (birth, new)       the device counts anew: holes before that will never be closed
/// ```
///
/// @param highest the highest number so far
/// @param open    holes by their first number, with their last; as they were when they were noticed
record Counted(long highest, NavigableMap<Long, Long> open) {
    /// A device that counts at random must not fill the database: what it skips beyond this many open holes is passed
    /// over.
    static final int MOST_OPEN = 32;

    static Counted from(long first) {
        return new Counted(first, new TreeMap<>());
    }

    /// What a number means.
    sealed interface Step {
        /// The next, or one that came before.
        record Usual(Counted after) implements Step {}

        /// It left a hole.
        record Jump(Counted after, long from, long to) implements Step {}

        /// It lies in an open hole.
        record Late() implements Step {}

        /// It is lower than what came before, as when a device counts anew or sends a message again.
        record Back() implements Step {}
    }

    /// Takes the next message's number.
    Step next(long sequence) {
        if (sequence > highest) {
            Counted after = new Counted(sequence, open);
            if (sequence == highest + 1 || open.size() >= MOST_OPEN) {
                return new Step.Usual(after);
            }
            return new Step.Jump(after.with(highest + 1, sequence - 1), highest + 1, sequence - 1);
        }
        if (findHole(sequence).isPresent()) {
            return new Step.Late();
        }
        return sequence == highest ? new Step.Usual(this) : new Step.Back();
    }

    private Optional<Long> findHole(long sequence) {
        var hole = open.floorEntry(sequence);
        return hole != null && sequence <= hole.getValue() ? Optional.of(hole.getKey()) : Optional.empty();
    }

    private Counted with(long from, long to) {
        NavigableMap<Long, Long> more = new TreeMap<>(open);
        more.put(from, to);
        return new Counted(highest, more);
    }

    /// The same with another highest number.
    Counted atLeast(long sequence) {
        return sequence > highest ? new Counted(sequence, open) : this;
    }

    /// The same with one hole more, as the database has it.
    Counted withOpen(long from, long to) {
        return with(from, to);
    }

    /// The same without a hole that is closed.
    Counted without(long from) {
        NavigableMap<Long, Long> fewer = new TreeMap<>(open);
        fewer.remove(from);
        return new Counted(highest, fewer);
    }
}
