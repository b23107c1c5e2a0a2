package kr.dolbom.risk.preview;

import java.util.UUID;

/// An alert of silence that a person has found to be true: the resident was in need.
///
/// @param alertId of the alert
/// @param raisedAt when it was raised, in seconds since the epoch
/// @param isUrgent whether it had become urgent, so that people were called; else the robot asked
record Case(UUID alertId, long raisedAt, boolean isUrgent) {}
