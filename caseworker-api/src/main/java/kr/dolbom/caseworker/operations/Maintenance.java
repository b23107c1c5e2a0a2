package kr.dolbom.caseworker.operations;

import io.micronaut.core.annotation.Introspected;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A time in which an office's alerts are held back, unless they are critical.
///
/// @param maintenanceId the public id
/// @param officeId of which office
/// @param beginsAt from when on, in the office's time
/// @param until when it ends by itself
/// @param reason why
/// @param begunBy the login of who began it
/// @param endedAt when it was over; null while it lasts
/// @param held how many open alerts of the office wait for its end; 0 when it is over
@Introspected
public record Maintenance(
        UUID maintenanceId,
        UUID officeId,
        OffsetDateTime beginsAt,
        OffsetDateTime until,
        String reason,
        String begunBy,
        @Nullable OffsetDateTime endedAt,
        int held) {}
