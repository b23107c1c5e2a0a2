package kr.dolbom.risk.watch;

import java.time.Instant;
import java.time.OffsetDateTime;
import kr.dolbom.contract.telemetry.Activity;
import kr.dolbom.contract.telemetry.CheckInAnswer;
import kr.dolbom.contract.telemetry.Emergency;
import kr.dolbom.contract.telemetry.Inactivity;
import kr.dolbom.contract.telemetry.Medication;
import kr.dolbom.contract.telemetry.PresenceReport;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.contract.telemetry.Voice;
import kr.dolbom.risk.family.Families;
import kr.dolbom.risk.family.fact.Fact;
import kr.dolbom.risk.feed.TelemetryRow;

/// Which messages make which facts for the families. Pure.
final class Facts {
    private Facts() {}

    /// Tells the families what a message says.
    ///
    /// @param at when it was observed
    /// @return whether one of them thinks that it is worth judging at once
    static boolean tell(Families families, TelemetryRow row, Instant at) {
        long second = at.getEpochSecond();
        return switch (row.data()) {
            case Activity activity -> tell(families, activity, second);
            case Voice voice -> {
                boolean isNews = families.observe(new Fact.Talked(second, voice));
                boolean isSeenNews = voice.turns() > 0 && families.observe(new Fact.Seen(second, null, 1));
                yield isNews || isSeenNews;
            }
            case Medication dose -> families.observe(new Fact.Dose(second, dose.slot(), dose.outcome()));
            case Status status ->
                families.observe(new Fact.DeviceReport(second, row.deviceNo(), status, secondsAhead(row)));
            case PresenceReport report -> families.observe(presence(report, second));
            case CheckInAnswer answer ->
                answer.answer() != CheckInAnswer.Answer.NO_ANSWER && families.observe(new Fact.Seen(second, null, 1));
            case Emergency _, Inactivity _ -> false;
        };
    }

    private static boolean tell(Families families, Activity activity, long second) {
        boolean isNews = false;
        for (Activity.Count count : activity.counts()) {
            Long before = count.lastSecondsBefore();
            isNews |= families.observe(new Fact.Seen(
                    before == null ? second : second - before,
                    count.room(),
                    Math.clamp(count.count(), 1, Integer.MAX_VALUE)));
        }
        return isNews;
    }

    private static long secondsAhead(TelemetryRow row) {
        return Math.max(0, row.at().getEpochSecond() - row.receivedAt().getEpochSecond());
    }

    private static Fact presence(PresenceReport report, long second) {
        return switch (report.state()) {
            case GOING_OUT -> {
                OffsetDateTime back = report.expectedBack();
                yield new Fact.WentOut(second, back == null ? 0 : back.toEpochSecond());
            }
            case RETURNED -> new Fact.Returned(second);
            case HOSPITAL -> new Fact.Hospital(second);
        };
    }
}
