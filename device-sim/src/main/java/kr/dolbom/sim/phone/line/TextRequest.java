package kr.dolbom.sim.phone.line;

import org.jspecify.annotations.Nullable;

/// A text message as it was ordered.
///
/// @param from sender's number, E.164
/// @param to receiver's number, E.164
/// @param body the words
/// @param statusCallback who is told how it fares; null for nobody
public record TextRequest(
        String from, String to, String body, @Nullable Callback statusCallback) {}
