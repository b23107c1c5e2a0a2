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

/// Every emergency is critical, whatever the device's confidence. One that was received long after it happened pages
/// nobody: it is the past. Yet the device's clock may just be slow, or its network was cut, so a person must see it: it
/// is raised for review, in a family of its own. What is older still is the history of a device that sends all it has,
/// and is kept as a finding. Pure: both lanes judge a message alike.
public final class EmergencyRule {
    /// Within a week it is worth asking the resident how it went. A device that was away for longer sends weeks of
    /// history at once, with which nobody must be flooded.
    static final Duration NOBODY_LOOKS_AFTER = Duration.ofDays(7);

    private EmergencyRule() {}

    /// Judges one message.
    ///
    /// @param row the message
    /// @param emergency its data
    /// @param zone of the resident's office
    /// @param pastAfter how long after it happened a message is about the past
    public static Outcome judge(TelemetryRow row, Emergency emergency, ZoneId zone, Duration pastAfter) {
        Instant moment = row.at().isBefore(row.receivedAt()) ? row.at() : row.receivedAt();
        Duration late = Duration.between(moment, row.receivedAt());
        boolean isPast = late.compareTo(pastAfter) > 0;
        var finding = new Finding(
                row.residentNo(),
                isPast ? Family.LATE_EMERGENCY : Family.EMERGENCY,
                isPast ? Tier.REVIEW : Tier.CRITICAL,
                "emergency:" + row.messageId(),
                isPast
                        ? Sentences.lateEmergency(emergency, moment, row.receivedAt(), zone)
                        : Sentences.emergency(emergency, moment, row.receivedAt(), zone),
                new Evidence()
                        .put("trigger", JsonTypes.wireName(emergency.trigger()))
                        .put("confidence", emergency.confidence())
                        .put("room", emergency.room() == null ? null : JsonTypes.wireName(emergency.room()))
                        .put("at", row.at())
                        .put("receivedAt", row.receivedAt())
                        .put("messageId", row.messageId().toString())
                        .toJson(),
                moment);
        boolean isHistory = isPast && late.compareTo(NOBODY_LOOKS_AFTER) > 0;
        return isHistory ? new Outcome.Keep(finding) : new Outcome.Raise(finding);
    }
}
