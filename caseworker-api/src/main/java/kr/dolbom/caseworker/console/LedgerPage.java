package kr.dolbom.caseworker.console;

import java.util.List;
import kr.dolbom.caseworker.frame.Frame;

/// An alert's ledger as a page.
///
/// @param frame what is around it
/// @param alertId whose
/// @param state whether it is as it was written
/// @param lines its entries, oldest first
public record LedgerPage(Frame frame, String alertId, AlertPage.LedgerState state, List<Line> lines) {
    /// How much of a hash is shown.
    static final int HASH_SHOWN = 12;

    /// An entry.
    ///
    /// @param number from 1
    /// @param at day and time
    /// @param type what happened, by the ledger's word
    /// @param told the same in the viewer's language
    /// @param actor who did it, by name where it is known
    /// @param hash the beginning of its hash
    public record Line(int number, String at, String type, String told, String actor, String hash) {}
}
