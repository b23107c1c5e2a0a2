package kr.dolbom.sim.device;

import kr.dolbom.contract.telemetry.TelemetryMessage;
import org.jspecify.annotations.Nullable;

/// The broker's answer to a message.
///
/// @param message the message
/// @param reasonCode the MQTT 5 reason code of its PUBACK; 0x80 and above: refused, and not sent again
/// @param reasonString why it was refused, in the broker's words; null: it said nothing
public record Acknowledgement(
        TelemetryMessage message, int reasonCode, @Nullable String reasonString) {
    /// Whether the broker took the message.
    public boolean accepted() {
        return reasonCode < 0x80;
    }
}
