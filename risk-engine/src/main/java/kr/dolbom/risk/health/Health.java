package kr.dolbom.risk.health;

import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/// Whether the engine works.
///
/// @param status `UP` or `DOWN`
/// @param reason why it is down; null, and left out, where it is up
@Serdeable
public record Health(String status, @Nullable String reason) {}
