package kr.dolbom.sim.phone.line;

import java.time.Instant;

/// Something that Twilio's debugger would show for a call.
///
/// @param at when it happened
/// @param code Twilio's number, such as 11200
/// @param message what happened
public record CallWarning(Instant at, int code, String message) {}
