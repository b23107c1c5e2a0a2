package kr.dolbom.broker.journal;

import java.time.Duration;

/// How much is kept of what was refused. Every refusal is counted, whatever these say.
///
/// @param rowsADeviceAndDay how many messages of one device are kept in one day (UTC), the first ones
/// @param keep              for how long a message and a count are kept
/// @param mostBytes         how much all messages together may take; the oldest go first
public record QuarantineBounds(int rowsADeviceAndDay, Duration keep, long mostBytes) {
    /// 1024 kibibytes.
    public static final long MEGABYTE = 1024L * 1024;

    /// 100 messages a device and day, for 30 days, 1 GB at most.
    public static final QuarantineBounds USUAL = new QuarantineBounds(100, Duration.ofDays(30), 1024 * MEGABYTE);
}
