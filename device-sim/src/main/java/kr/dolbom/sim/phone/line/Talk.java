package kr.dolbom.sim.phone.line;

import java.time.Instant;

/// An AlimTalk message on a phone.
///
/// @param id the provider's name for it
/// @param at when it came
/// @param text the words
/// @param link where its button leads, empty for no button
public record Talk(String id, Instant at, String text, String link) {}
