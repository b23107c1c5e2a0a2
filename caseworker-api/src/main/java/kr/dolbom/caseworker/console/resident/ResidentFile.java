package kr.dolbom.caseworker.console.resident;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.daybook.ResidentDay;
import kr.dolbom.caseworker.response.QuietHours;
import kr.dolbom.caseworker.setting.ResidentModes;
import org.jspecify.annotations.Nullable;

/// All that the page shows of a resident, as the database has it.
///
/// @param now when it was read
/// @param countedUntil up to when telemetry was counted into days; null: never yet
/// @param sight the latest score with its visibility; null: none yet
/// @param gapSince since when nothing of the home is heard; null: it is
/// @param alerts the latest, newest first, and all of the days that are shown
/// @param findings of the days that are shown, newest first
/// @param scores the highest and the last of each hour in which the score changed, oldest first
/// @param modes newest first
/// @param days by day
/// @param spans times that say nothing, in order
/// @param spoken newest first
/// @param plan when they are asked how they are; null: never
record ResidentFile(
        Who who,
        Instant now,
        @Nullable Instant countedUntil,
        @Nullable Sight sight,
        @Nullable Instant gapSince,
        List<GuardianLine> guardians,
        List<AlertLine> alerts,
        List<FindingLine> findings,
        List<ScoreHour> scores,
        List<DeviceLine> devices,
        List<NoteLine> notes,
        List<ResidentModes.Mode> modes,
        List<ConsentLine> consents,
        QuietHours quiet,
        List<SpokenLine> spoken,
        List<CheckInLine> checkIns,
        @Nullable Plan plan,
        List<TaskLine> tasks,
        Map<LocalDate, ResidentDay> days,
        List<Span> spans) {

    /// Who they are.
    record Who(
            int number,
            UUID id,
            String name,
            int birthYear,
            String neighbourhood,
            String address,
            @Nullable String phone,
            String language,
            boolean transcripts,
            boolean checkInCalls,
            @Nullable Integer answerSeconds,
            @Nullable String spokenName,
            @Nullable String caseworker,
            String office,
            ZoneId zone) {}

    /// How they are seen.
    record Sight(Instant at, int score, String visibility) {}

    /// A guardian.
    record GuardianLine(
            UUID id,
            String name,
            String relation,
            String phone,
            @Nullable Instant consentedAt,
            @Nullable Instant withdrawnAt) {
        boolean consents() {
            return consentedAt != null && withdrawnAt == null;
        }
    }

    /// An alert.
    record AlertLine(
            UUID alertId,
            String tier,
            String state,
            String reasonKo,
            String reasonEn,
            Instant moment,
            Instant raisedAt,
            @Nullable String outcome,
            @Nullable String note,
            boolean drill) {
        boolean isOpen() {
            return !state.equals("resolved");
        }

        String reason(String language) {
            return language.equals("en") ? reasonEn : reasonKo;
        }
    }

    /// A finding.
    record FindingLine(
            Instant moment, String tier, @Nullable UUID alertId, String reasonKo, String reasonEn) {
        String reason(String language) {
            return language.equals("en") ? reasonEn : reasonKo;
        }
    }

    /// The score in an hour in which it changed.
    record ScoreHour(Instant hour, int highest, int last) {}

    /// A device.
    record DeviceLine(
            String deviceId,
            String vendor,
            String model,
            boolean revoked,
            boolean connected,
            @Nullable Instant changedAt,
            @Nullable String firmware,
            @Nullable Integer battery,
            boolean onMains,
            @Nullable Instant statusAt) {}

    /// A note.
    record NoteLine(
            UUID id, String text, String login, @Nullable String name, Instant at) {}

    /// A change of consent.
    record ConsentLine(
            String consent,
            @Nullable String guardian,
            boolean given,
            @Nullable String note,
            String by,
            Instant at) {}

    /// A sentence that the robot was to say.
    record SpokenLine(
            String text,
            String by,
            Instant at,
            String state,
            @Nullable String failure) {
        boolean isOnItsWay() {
            return state.equals("pending") || state.equals("sent");
        }
    }

    /// A planned check-in.
    record CheckInLine(
            Instant at,
            String state,
            @Nullable String leftOut,
            @Nullable String summaryKo,
            @Nullable String summaryEn) {}

    /// When they are asked how they are.
    ///
    /// @param days `mon tue`
    /// @param isOwn whether it is their own plan, and not their office's
    record Plan(String days, String at, boolean isOwn) {}

    /// Something to do.
    record TaskLine(
            String kind,
            @Nullable String words,
            Instant askedAt,
            @Nullable String takenBy) {}
}
