package kr.dolbom.caseworker.setting;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a preview found out, as the engine has written it.
///
/// @param from from when on alerts counted: not before the first stored message
/// @param to until when
/// @param residents how many residents with a device it is about
/// @param residentsReplayed how many of them were replayed: of a large office a part
/// @param caseworkers how many the office has
/// @param personDays watched and judged time of those who were replayed
/// @param leastPersonDays how much of it is enough; null: written before the engine told it
/// @param enoughData whether that is enough to say anything about alerts
/// @param advice what to do where it is not, in English
/// @param now with the settings that stood when it was worked out; null where there is not enough data
/// @param proposed with the proposed ones; null likewise
/// @param trueCases what becomes of those who were in need
@Introspected
@JsonIgnoreProperties(ignoreUnknown = true)
public record PreviewResult(
        String from,
        String to,
        int residents,
        int residentsReplayed,
        int caseworkers,
        double personDays,
        @Nullable Integer leastPersonDays,
        boolean enoughData,
        @Nullable String advice,
        @Nullable Side now,
        @Nullable Side proposed,
        TrueCases trueCases) {

    /// What one of the two settings did.
    ///
    /// @param urgent alerts of silence for which people are called
    /// @param checkIn those for which the robot asks and that did not become urgent
    /// @param injectedSilences how fast a silence is urgent that begins at any hour
    @Introspected
    public record Side(Alerts urgent, Alerts checkIn, InjectedSilences injectedSilences) {}

    /// Alerts of one tier.
    ///
    /// @param count in the period, of those who were replayed
    /// @param per30PersonDays for one resident in 30 days
    /// @param perDay for all residents
    /// @param perWorkerAndDay for one caseworker; null: of one resident, or the office has none
    @Introspected
    public record Alerts(
            int count,
            double per30PersonDays,
            double perDay,
            @Nullable Double perWorkerAndDay) {}

    /// How long it takes from when somebody is not seen any more until the alert is urgent.
    ///
    /// @param count how many silences were injected
    /// @param medianHours half of them are urgent by then; null: there were none
    /// @param daytimeMedianHours the same of those from 07 to 21 h
    /// @param p90Hours nine of ten are urgent by then
    @Introspected
    public record InjectedSilences(
            int count,
            @Nullable Double medianHours,
            @Nullable Double daytimeMedianHours,
            @Nullable Double p90Hours) {}

    /// Alerts of the period that were resolved as a real emergency or as help that was needed.
    ///
    /// @param ofSilence how many were of silence, which these settings concern
    /// @param foundNow how many the settings that stand find
    /// @param foundProposed how many the proposed ones find
    /// @param lost how many the proposed ones find no longer
    /// @param ofOtherFamilies how many were of other families, which these settings do not touch
    /// @param cases each of silence, oldest first
    @Introspected
    public record TrueCases(
            int ofSilence, int foundNow, int foundProposed, int lost, int ofOtherFamilies, List<TrueCase> cases) {}

    /// One of them.
    ///
    /// @param alertId of the alert
    /// @param residentId whom it was about
    /// @param raisedAt when it was raised
    /// @param verdict `same`, `earlier`, `later`; `lost`: no alert before the resident's next recorded sign;
    ///     `gained`: only the proposed settings find it; `missed` by both; `not-replayed`: not in what is stored
    /// @param hoursLater by how much the alert comes later, had nobody come; below 0 earlier
    @Introspected
    public record TrueCase(
            UUID alertId,
            UUID residentId,
            String raisedAt,
            String verdict,
            @Nullable Double hoursLater) {}
}
