package kr.dolbom.risk.watch;

import java.util.List;
import java.util.UUID;

/// Wishes about one resident that were heeded, and are fulfilled once the resident's state is kept:
/// until then an engine that starts would know nothing of them.
///
/// @param relearnings numbers of the wishes to learn anew
/// @param falseAlarms which alerts were called false
public record Heeded(List<Long> relearnings, List<UUID> falseAlarms) {
    static final Heeded NONE = new Heeded(List.of(), List.of());

    /// Copies both.
    public Heeded {
        relearnings = List.copyOf(relearnings);
        falseAlarms = List.copyOf(falseAlarms);
    }
}
