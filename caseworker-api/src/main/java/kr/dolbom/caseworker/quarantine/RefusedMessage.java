package kr.dolbom.caseworker.quarantine;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import kr.dolbom.caseworker.database.Row;
import org.jspecify.annotations.Nullable;

/// A message that the broker refused.
///
/// @param number its place in quarantine; later ones are higher
/// @param receivedAt when it came
/// @param deviceId from which device
/// @param topic the topic as it was published, cut to 256 characters
/// @param reason the id of the reason, as in docs/reference/errors.md
/// @param reasonCode the MQTT 5 reason code that was answered
/// @param pointer the JSON pointer of the fault, cut to 300 characters; empty: the whole message
/// @param detail what was found and what was expected
/// @param payload the body in base64, cut to 16 KiB; empty where it may not be kept
/// @param payloadLength how long the body was, in bytes; null where that was not noted
@Introspected
public record RefusedMessage(
        long number,
        Instant receivedAt,
        String deviceId,
        String topic,
        String reason,
        int reasonCode,
        String pointer,
        String detail,
        String payload,
        @Nullable Integer payloadLength) {
    static RefusedMessage read(Row row) {
        return new RefusedMessage(
                Long.parseLong(row.text("number")),
                row.instant("received_at"),
                row.text("device_id"),
                row.text("topic"),
                row.text("reason"),
                row.number("reason_code"),
                row.text("pointer"),
                row.text("detail"),
                row.text("payload"),
                row.findNumber("payload_length"));
    }
}
