package kr.dolbom.caseworker.quarantine;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import kr.dolbom.caseworker.database.Row;

/// How many messages of one device were refused for one reason in one hour.
///
/// @param deviceId from which device
/// @param reason the id of the reason
/// @param hour the hour's beginning
/// @param messages how many
/// @param kept how many of them were kept
/// @param firstAt when the first came
/// @param lastAt when the last came
@Introspected
public record RefusalCount(
        String deviceId, String reason, Instant hour, long messages, int kept, Instant firstAt, Instant lastAt) {
    static RefusalCount read(Row row) {
        return new RefusalCount(
                row.text("device_id"),
                row.text("reason"),
                row.instant("hour"),
                Long.parseLong(row.text("messages")),
                row.number("kept"),
                row.instant("first_at"),
                row.instant("last_at"));
    }
}
