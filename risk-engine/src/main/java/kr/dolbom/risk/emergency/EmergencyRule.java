package kr.dolbom.risk.emergency;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import kr.dolbom.contract.json.JsonTypes;
import kr.dolbom.contract.telemetry.Emergency;
import kr.dolbom.risk.alert.Evidence;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Finding;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.feed.TelemetryRow;
import kr.dolbom.risk.reason.Sentences;

/// Every emergency is critical, whatever the device's confidence. One that was received long after it happened is kept
/// as a finding and pages nobody: it is the past. Pure: both lanes judge a message alike.
public final class EmergencyRule {
    private EmergencyRule() {}

    /// Judges one message.
    ///
    /// @param row the message
    /// @param emergency its data
    /// @param zone of the resident's office
    /// @param pastAfter how long after it happened a message is about the past
    public static Outcome judge(TelemetryRow row, Emergency emergency, ZoneId zone, Duration pastAfter) {
        Instant moment = row.at().isBefore(row.receivedAt()) ? row.at() : row.receivedAt();
        var finding = new Finding(
                row.residentNo(),
                Family.EMERGENCY,
                Tier.CRITICAL,
                "emergency:" + row.messageId(),
                Sentences.emergency(emergency, moment, row.receivedAt(), zone),
                new Evidence()
                        .put("trigger", JsonTypes.wireName(emergency.trigger()))
                        .put("confidence", emergency.confidence())
                        .put("room", emergency.room() == null ? null : JsonTypes.wireName(emergency.room()))
                        .put("at", row.at())
                        .put("receivedAt", row.receivedAt())
                        .put("messageId", row.messageId().toString())
                        .toJson(),
                moment);
        boolean isPast = Duration.between(moment, row.receivedAt()).compareTo(pastAfter) > 0;
        return isPast ? new Outcome.Keep(finding) : new Outcome.Raise(finding);
    }
}
