package kr.dolbom.risk.alert;

import java.time.Instant;
import kr.dolbom.risk.reason.Sentence;

/// One detector's verdict.
///
/// @param residentNo whom it concerns
/// @param family what it is about
/// @param tier how fast somebody must act
/// @param episode names the episode for ever: a finding of the same name is never written twice
/// @param reason what a person reads
/// @param evidence times, values, baseline and threshold, one JSON object
/// @param moment when the thing itself happened
public record Finding(
        int residentNo, Family family, Tier tier, String episode, Sentence reason, String evidence, Instant moment) {}
