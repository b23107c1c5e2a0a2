package kr.dolbom.caseworker.ledger;

import io.micronaut.core.annotation.Introspected;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The first thing in a chain that is not as it was written.
///
/// @param kind `changed`, `removed`, `inserted` or `reordered`
/// @param alertId whose chain; null for the seals
/// @param entryNo which entry; null for the seals
/// @param sealNo which seal; null where no seal tells it
/// @param detail the same in a sentence
@Introspected
public record LedgerFault(
        String kind,
        @Nullable UUID alertId,
        @Nullable Integer entryNo,
        @Nullable Integer sealNo,
        String detail) {

    /// What was done.
    enum Kind {
        CHANGED,
        REMOVED,
        INSERTED,
        REORDERED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static LedgerFault ofEntry(Kind kind, UUID alertId, int entryNo, String why) {
        return new LedgerFault(
                kind.word(),
                alertId,
                entryNo,
                null,
                "Entry %d of alert %s was %s: %s.".formatted(entryNo, alertId, kind.word(), why));
    }

    static LedgerFault ofSealedEntry(Kind kind, UUID alertId, int entryNo, int sealNo, String why) {
        return new LedgerFault(
                kind.word(),
                alertId,
                entryNo,
                sealNo,
                "Entry %d of alert %s, which seal %d binds, was %s: %s."
                        .formatted(entryNo, alertId, sealNo, kind.word(), why));
    }

    static LedgerFault ofSeal(Kind kind, int sealNo, String why) {
        return new LedgerFault(
                kind.word(), null, null, sealNo, "Seal %d was %s: %s.".formatted(sealNo, kind.word(), why));
    }
}
