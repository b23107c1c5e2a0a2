package kr.dolbom.risk.evaluate;

import kr.dolbom.contract.telemetry.Room;

/// Somebody who watches one home and says when a silence is too long. Told of what happens in order of
/// time.
interface Watcher {
    /// The home is known to be watched without a break between two times.
    default void alive(long from, long to) {}

    /// Nothing was heard between two times, of this home or any other.
    default void blind(long from, long to) {}

    /// A sign of the resident.
    void seen(long at, Room room);

    /// When the current silence began, as this watcher sees it.
    long silentSince();

    /// Before when no alert can be due; a lower bound that costs little.
    long earliest();

    /// When the current silence will be urgent if no further sign comes; [Long#MAX_VALUE]: never.
    long urgent(long now);

    /// When a question will be due likewise.
    default long checkIn(long now) {
        return urgent(now);
    }
}
