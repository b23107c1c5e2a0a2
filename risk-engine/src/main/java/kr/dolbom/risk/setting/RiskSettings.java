package kr.dolbom.risk.setting;

import java.time.Duration;

/// The settings that hold for one resident.
///
/// @param floor silence shorter than this is never urgent
/// @param cap silence as long as this always is
/// @param capOut the same after an exit door
/// @param margin added to the threshold of surprise, -1 to 2
public record RiskSettings(Duration floor, Duration cap, Duration capOut, double margin) {
    /// @throws IllegalArgumentException where floor, cap and capOut are not in this order
    public RiskSettings {
        if (floor.compareTo(cap) > 0 || cap.compareTo(capOut) > 0) {
            throw new IllegalArgumentException(
                    "floor %s, cap %s, capOut %s: expected floor ≤ cap ≤ capOut".formatted(floor, cap, capOut));
        }
    }
}
