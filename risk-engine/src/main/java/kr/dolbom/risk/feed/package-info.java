/// The telemetry feed: read a batch after a position, commit the position and what came of the batch together.
///
/// Read [TelemetryFeed] first; [DatabaseFeed] is the one that follows the telemetry table. What rows mean does not
/// belong here.
@NullMarked
package kr.dolbom.risk.feed;

import org.jspecify.annotations.NullMarked;
