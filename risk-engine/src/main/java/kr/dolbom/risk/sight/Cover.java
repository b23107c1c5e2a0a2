package kr.dolbom.risk.sight;

import java.time.Instant;
import kr.dolbom.risk.alert.Visibility;
import org.jspecify.annotations.Nullable;

/// Why a home is not judged: it is silent with many others.
///
/// @param cause `network-silent` or `platform-fault`
/// @param since when that began
/// @param until when the home is judged again though it is not heard; null: the incident lasts
public record Cover(
        Visibility cause, Instant since, @Nullable Instant until) {}
