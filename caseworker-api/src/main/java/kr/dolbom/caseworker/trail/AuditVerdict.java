package kr.dolbom.caseworker.trail;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a check of the audit log has found.
///
/// @param verifies whether all is as it was written
/// @param entries how many events the chain has had in all
/// @param removed how many of them were removed because two years had passed
/// @param waiting how many events of the last minutes are not chained yet
/// @param hash the chain's end, in hexadecimal digits: kept outside, it proves later that nothing before it was changed
/// @param faults the first faults, at most ten; empty when it verifies
@Introspected
public record AuditVerdict(
        boolean verifies, long entries, long removed, long waiting, String hash, List<Fault> faults) {
    /// Keeps its own copy.
    public AuditVerdict {
        faults = List.copyOf(faults);
    }

    /// Something that is not as it was written.
    ///
    /// @param kind `changed`, `removed`, `gap` (an entry is missing), `unlinked` (not bound to the one before, as
    ///     where it was put in), `backdated` (its time is long before it was written), `cut` (the end
    ///     is missing), `early` (the beginning was removed before two years had passed), `unchained`
    ///     (put in beside the chain)
    /// @param eventNo the event's number; null where the event is not known
    /// @param entryNo its place in the chain; null where it has none
    /// @param at when it was chained, or happened
    @Introspected
    public record Fault(
            String kind, @Nullable Long eventNo, @Nullable Long entryNo, Instant at) {}
}
