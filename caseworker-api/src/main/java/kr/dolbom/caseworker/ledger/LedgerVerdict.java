package kr.dolbom.caseworker.ledger;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a check of the whole ledger found.
///
/// @param verifies whether everything is as it was written
/// @param alerts chains that were walked
/// @param entries entries that were walked
/// @param lastSeal the latest seal; keep its number and hash elsewhere. Null before the first
/// @param unsealedAlerts chains that have grown since
/// @param faults the first fault of each broken chain in order of the alerts' ids, then of the seals; at most 20
/// @param more whether there are further broken chains
@Introspected
public record LedgerVerdict(
        boolean verifies,
        int alerts,
        long entries,
        @Nullable LedgerSeal lastSeal,
        int unsealedAlerts,
        List<LedgerFault> faults,
        boolean more) {

    /// Keeps its own copy of the faults.
    public LedgerVerdict {
        faults = List.copyOf(faults);
    }
}
