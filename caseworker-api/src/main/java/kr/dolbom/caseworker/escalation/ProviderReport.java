package kr.dolbom.caseworker.escalation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a provider said of an attempt, as it said it, for the ledger.
///
/// @param status in the provider's own word
/// @param at by the provider's own clock; null when it gave no time
public record ProviderReport(String status, @Nullable Instant at) {}
