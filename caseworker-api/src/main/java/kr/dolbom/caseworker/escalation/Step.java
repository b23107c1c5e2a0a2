package kr.dolbom.caseworker.escalation;

import java.time.Instant;

/// One step of an escalation that was taken: a text and a call to one person.
///
/// @param number counted from 1
/// @param startedAt when it was taken
/// @param callOver whether the call is over without anybody reached; the text alone wakes nobody
public record Step(int number, Instant startedAt, boolean callOver) {}
