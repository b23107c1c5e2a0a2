package kr.dolbom.risk.emergency;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/// What the broker's notification names: the key of one row of telemetry.
///
/// @param deviceNo of the device
/// @param messageId of the message
/// @param at the message's time
record EmergencyNotice(int deviceNo, UUID messageId, OffsetDateTime at) {
    /// Reads `DEVICE_NO,MESSAGE_ID,AT` with the time after RFC 3339; empty where it is anything else.
    static Optional<EmergencyNotice> find(String payload) {
        String[] parts = payload.split(",", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new EmergencyNotice(
                    Integer.parseInt(parts[0]), UUID.fromString(parts[1]), OffsetDateTime.parse(parts[2])));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
