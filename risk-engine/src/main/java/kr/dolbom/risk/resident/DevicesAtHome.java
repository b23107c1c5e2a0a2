package kr.dolbom.risk.resident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The devices in one home, taken together.
///
/// @param count how many stand there
/// @param connectedSince since when one of them has been connected; null: none is
/// @param isPowerLost whether the last words of all were that they had no mains and nearly no battery
public record DevicesAtHome(int count, @Nullable Instant connectedSince, boolean isPowerLost) {
    /// Below this much charge a device without mains has probably gone out.
    public static final int NEARLY_EMPTY_PERCENT = 10;
}
