package kr.dolbom.risk.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import kr.dolbom.contract.json.JsonTypes;
import kr.dolbom.risk.alert.Evidence;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Finding;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.family.fact.Verdict;
import kr.dolbom.risk.fusion.Fusion;
import kr.dolbom.risk.reason.Sentences;
import kr.dolbom.risk.resident.DevicesAtHome;
import kr.dolbom.risk.silence.Silence;
import org.jspecify.annotations.Nullable;

/// Puts a verdict into a finding: its tier, its episode's name, the sentence and the evidence. Pure.
final class Findings {
    private static final double SMALLEST_TAIL = 1e-12;

    private Findings() {}

    /// A silence past its deadline. The episode is named by when it began, which no restart changes;
    /// and by the outage before the deadline, as an alert from its first minutes may have been taken
    /// back.
    ///
    /// @param outage when that outage began; null: there was none
    static Verdict silence(Silence silence, @Nullable Instant outage, Instant now, ZoneId zone) {
        return new Verdict(
                Family.SILENCE,
                Math.max(SMALLEST_TAIL, Fusion.tailOfSilence(silence.ratio())),
                Tier.URGENT,
                silence.isOverdue() ? Tier.URGENT : Tier.CHECK_IN,
                silence.lastSeen().getEpochSecond() + suffix(outage),
                Sentences.silence(silence, now, zone),
                new Evidence()
                        .put("lastSeenAt", silence.lastSeen())
                        .put("room", silence.room() == null ? null : JsonTypes.wireName(silence.room()))
                        .put("context", JsonTypes.wireName(silence.context()))
                        .put("silentMinutes", silence.watched().toMinutes())
                        .put("usuallyWithinMinutes", silence.usuallyWithin().toMinutes())
                        .put("surprise", silence.surprise())
                        .put("threshold", silence.threshold())
                        .put("checkInAt", silence.checkInAt())
                        .put("deadline", silence.deadline())
                        .put("daysKnown", silence.daysKnown())
                        .put("daysAsSilent", silence.daysAsSilent()),
                silence.isOverdue() ? silence.deadline() : silence.checkInAt());
    }

    /// A home whose devices cannot be heard. The episode is named by when one was heard last, and by
    /// the outage of then.
    ///
    /// @param outage when that outage began; null: there was none
    static Finding deviceSilent(
            int residentNo,
            Instant lastHeard,
            @Nullable Instant outage,
            DevicesAtHome devices,
            Duration silentAfter,
            Instant now,
            ZoneId zone) {
        return new Finding(
                residentNo,
                Family.DEVICE,
                Tier.REVIEW,
                "device:%d:%d".formatted(residentNo, lastHeard.getEpochSecond()) + suffix(outage),
                Sentences.device(lastHeard, devices.isPowerLost(), now, zone),
                new Evidence()
                        .put("lastHeardAt", lastHeard)
                        .put("silentAfterMinutes", silentAfter.toMinutes())
                        .put("devices", devices.count())
                        .put("powerLost", Boolean.toString(devices.isPowerLost()))
                        .toJson(),
                lastHeard);
    }

    private static String suffix(@Nullable Instant outage) {
        return outage == null ? "" : ":" + outage.getEpochSecond();
    }
}
