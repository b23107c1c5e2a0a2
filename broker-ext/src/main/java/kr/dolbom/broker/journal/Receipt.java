package kr.dolbom.broker.journal;

/// What became of an entry.
public sealed interface Receipt {
    /// It is kept.
    record Stored() implements Receipt {}

    /// It can never be kept, and stands in quarantine instead.
    ///
    /// @param detail why, for the device
    record Unstorable(String detail) implements Receipt {}

    /// It could not be kept in time. It may still come to be: whoever sends it again does no harm.
    ///
    /// @param detail why
    record Busy(String detail) implements Receipt {}
}
