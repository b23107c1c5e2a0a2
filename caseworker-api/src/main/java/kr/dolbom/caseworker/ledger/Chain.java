package kr.dolbom.caseworker.ledger;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import kr.dolbom.caseworker.ledger.LedgerFault.Kind;
import org.jspecify.annotations.Nullable;

/// One alert's chain, as the database has it now.
///
/// @param alertId whose
/// @param entries in order of their numbers
/// @param head where it ends, as it was noted apart from the entries; null when there is no such note
record Chain(
        UUID alertId, List<LedgerEntry> entries, @Nullable Head head) {

    Chain {
        entries = List.copyOf(entries);
    }

    /// The end of a chain.
    ///
    /// @param entries how many there are
    /// @param hash of the last
    record Head(int entries, String hash) {}

    /// The first entry that is not as it was written; empty when all are.
    Optional<LedgerFault> findFault() {
        String before = Sha256.NOTHING;
        for (int i = 0; i < entries.size(); i++) {
            LedgerEntry entry = entries.get(i);
            if (!entry.follows(i + 1, before)) {
                return Optional.of(diagnose(i, before));
            }
            before = entry.hash();
        }
        return findFaultAtTheEnd(before);
    }

    private Optional<LedgerFault> findFaultAtTheEnd(String before) {
        int last = entries.size();
        if (head == null) {
            return last == 0
                    ? Optional.empty()
                    : Optional.of(
                            fault(Kind.INSERTED, 1, "no chain of this alert was ever begun, or its end was removed"));
        }
        if (head.entries() > last) {
            return Optional.of(fault(Kind.REMOVED, last + 1, "the chain had %d entries".formatted(head.entries())));
        }
        if (head.entries() < last) {
            return Optional.of(
                    fault(Kind.INSERTED, head.entries() + 1, "the chain had %d entries".formatted(head.entries())));
        }
        return head.hash().equals(before)
                ? Optional.empty()
                : Optional.of(fault(Kind.CHANGED, Math.max(1, last), "the chain ended with another hash"));
    }

    /// Why the entry at this place does not follow. What an entry was written as shows in its own hash.
    private LedgerFault diagnose(int place, String before) {
        int expected = place + 1;
        LedgerEntry entry = entries.get(place);
        if (entry.entryNo() != expected) {
            return entry.entryNo() > expected
                    ? fault(Kind.REMOVED, expected, "the next one there is %d".formatted(entry.entryNo()))
                    : fault(Kind.INSERTED, entry.entryNo(), "its number stands twice");
        }
        if (head != null && expected > head.entries()) {
            return fault(Kind.INSERTED, expected, "the chain had %d entries".formatted(head.entries()));
        }
        if (entry.wasWrittenAs(expected)) {
            return fault(
                    Kind.CHANGED, Math.max(1, place), "the entry after it was written after one with another hash");
        }
        boolean isPushedBack = place + 1 < entries.size()
                && entries.get(place + 1).wasWrittenAs(expected)
                && entries.get(place + 1).previous().equals(before);
        int original = writtenAs(entry);
        if (original == 0) {
            return isPushedBack
                    ? fault(Kind.INSERTED, expected, "the next one was written as %d".formatted(expected))
                    : fault(Kind.CHANGED, expected, "it has not the hash of what it says");
        }
        if (original == place) {
            return fault(Kind.INSERTED, place, "the next one was written as %d".formatted(place));
        }
        return entries.stream().skip(place).anyMatch(other -> other.wasWrittenAs(expected))
                ? fault(Kind.REORDERED, expected, "what stands there was written as %d".formatted(original))
                : fault(Kind.REMOVED, expected, "what stands there was written as %d".formatted(original));
    }

    /// As which number an entry was written; 0 when as none.
    private int writtenAs(LedgerEntry entry) {
        return IntStream.rangeClosed(1, entries.size() + 1)
                .filter(entry::wasWrittenAs)
                .findFirst()
                .orElse(0);
    }

    private LedgerFault fault(Kind kind, int entryNo, String why) {
        return LedgerFault.ofEntry(kind, alertId, entryNo, why);
    }
}
