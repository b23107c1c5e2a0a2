package kr.dolbom.risk.feed;

import java.time.Instant;
import java.util.UUID;
import kr.dolbom.contract.telemetry.Telemetry;

/// One stored message of a device that stands in a resident's home.
///
/// @param at by the device's clock
/// @param receivedAt by the broker's clock
/// @param deviceNo which device
/// @param residentNo to whom it was bound on receipt
/// @param messageId the device's id of the message
/// @param seq the device's count of its messages, one more each time
/// @param data what it says
public record TelemetryRow(
        Instant at, Instant receivedAt, int deviceNo, int residentNo, UUID messageId, long seq, Telemetry data) {}
