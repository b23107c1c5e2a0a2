package kr.dolbom.risk.feed;

import java.util.List;

/// What a reader has not had yet.
///
/// @param rows in the order in which their transactions began, then of `at`; unreadable rows are left out
/// @param before the position before the batch
/// @param after the position after it; equal to `before` where there was nothing
/// @param isLast whether the reader has everything that was stored when the batch was read: only then may silence be
///     judged against now
public record TelemetryBatch(List<TelemetryRow> rows, FeedPosition before, FeedPosition after, boolean isLast) {
    /// Copies the rows.
    public TelemetryBatch {
        rows = List.copyOf(rows);
    }

    /// Whether the position does not move.
    public boolean isEmpty() {
        return before.equals(after);
    }
}
