package kr.dolbom.sim.phone.line;

import java.time.Instant;

/// One thing that was said or played in a call.
///
/// @param at when it began
/// @param text the words; for a recording its address, for tones the digits
/// @param language BCP 47 tag of the words
/// @param voice Twilio's name of the voice, empty for the default
public record SpokenLine(Instant at, String text, String language, String voice) {}
