package kr.dolbom.risk.health;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether the engine works.
///
/// @param status `UP` or `DOWN`
/// @param reason why it is down; null, and left out, where it is up
/// @param caughtUpAt whatever was stored before this moment has been judged; null before the first time, and while
///     another engine does that
/// @param role `leading` or `standing-by`; null before it is known
@Serdeable
public record Health(
        String status,
        @Nullable String reason,
        @Nullable Instant caughtUpAt,
        @Nullable String role) {}
