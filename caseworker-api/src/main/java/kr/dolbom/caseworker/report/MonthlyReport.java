package kr.dolbom.caseworker.report;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One month of some offices, as REST writes it. Shares are from 0 to 1; a figure over nothing is missing.
///
/// @param month such as `2026-11`
/// @param madeAt when the figures were computed
/// @param seal the latest seal of the ledger then, `number hash`; missing before the first
/// @param canary how often the canary home's phone rang in time; missing where there was none
/// @param offices one for each, in order of their Korean names
@Introspected
public record MonthlyReport(
        String month,
        Instant madeAt,
        @Nullable String seal,
        @Nullable Canary canary,
        List<OfficeMonth> offices) {

    /// Keeps its own copy.
    public MonthlyReport {
        offices = List.copyOf(offices);
    }

    /// The canary home's calls for help, which show whether one comes to a phone.
    ///
    /// @param runs so many
    /// @param inTime of them those with which the phone rang in time
    /// @param share of the runs
    @Introspected
    public record Canary(int runs, int inTime, double share) {}

    /// One month of one office.
    ///
    /// @param officeId the public id
    /// @param nameKo the office's name
    /// @param nameEn the same in English
    /// @param timeZone by whose days the month begins and ends
    /// @param from its first moment
    /// @param to the first moment after it
    /// @param complete whether it was over when the figures were computed
    /// @param alerts all that were raised
    /// @param open of them that were not closed yet
    /// @param tiers the same by tier, most urgent first
    /// @param fromCall how soon somebody was reached, counted from when people were called
    /// @param fromAlert the same counted from when the alert was raised: with the robot's question
    /// @param falseAlarms alarms about nothing
    /// @param robot what the robot's question solved
    /// @param gaps time in which homes were not watched
    /// @param attempts texts and calls
    /// @param nobodyReached alerts for which nobody was reached for long, oldest first
    @Introspected
    public record OfficeMonth(
            UUID officeId,
            String nameKo,
            String nameEn,
            String timeZone,
            Instant from,
            Instant to,
            boolean complete,
            int alerts,
            int open,
            List<TierCount> tiers,
            Response fromCall,
            Response fromAlert,
            FalseAlarms falseAlarms,
            Robot robot,
            Gaps gaps,
            Attempts attempts,
            List<Unreached> nobodyReached) {}

    /// The alerts of one tier.
    ///
    /// @param tier as it was at the end
    /// @param alerts all
    /// @param open not closed yet
    /// @param outcomes how many ended how
    @Introspected
    public record TierCount(String tier, int alerts, int open, Map<String, Integer> outcomes) {}

    /// Response times, of alerts for which people were called.
    ///
    /// @param called for so many people were called
    /// @param withdrawn of them that were over before anybody was reached; they count no further
    /// @param reached of the others that somebody took
    /// @param within60Share reached within 60 s
    /// @param within180Share reached within 180 s
    /// @param medianSeconds half of them were reached by then
    /// @param p90Seconds nine of ten were
    @Introspected
    public record Response(
            int called,
            int withdrawn,
            int reached,
            @Nullable Double within60Share,
            @Nullable Double within180Share,
            @Nullable Double medianSeconds,
            @Nullable Double p90Seconds) {}

    /// Alarms about nothing.
    ///
    /// @param closed alerts that a person or the robot closed
    /// @param falseAlarms of them as a false alarm
    /// @param share of the closed ones
    /// @param per30ResidentDays in 30 days of one resident
    @Introspected
    public record FalseAlarms(
            int closed,
            int falseAlarms,
            @Nullable Double share,
            @Nullable Double per30ResidentDays) {}

    /// The robot's question.
    ///
    /// @param asked alerts for which it was asked
    /// @param solved of them closed by the resident's answer, with nobody called
    /// @param share of the asked ones
    @Introspected
    public record Robot(int asked, int solved, @Nullable Double share) {}

    /// Monitoring gaps.
    ///
    /// @param residents that the office had in the month
    /// @param residentHours hours in which each of them was to be watched, together
    /// @param hours in which they were not
    /// @param share of the resident-hours
    /// @param hoursByCause the same by cause
    @Introspected
    public record Gaps(
            int residents,
            double residentHours,
            double hours,
            @Nullable Double share,
            Map<String, Double> hoursByCause) {}

    /// Texts and calls of the month's alerts.
    ///
    /// @param byChannel how many of each
    /// @param perAlert for an alert for which people were called, on average
    /// @param most for one alert
    @Introspected
    public record Attempts(
            Map<String, Integer> byChannel, @Nullable Double perAlert, int most) {}

    /// An alert for which nobody was reached for long, or nobody was on call, or nobody has been reached at all.
    ///
    /// @param alertId the public id
    /// @param tier how urgent it was
    /// @param raisedAt when it was raised
    /// @param why `nobody-on-call`, `nobody-reached` or `not-yet-reached`
    /// @param reachedAt when somebody was reached after all; missing for never
    @Introspected
    public record Unreached(
            UUID alertId,
            String tier,
            Instant raisedAt,
            String why,
            @Nullable Instant reachedAt) {}
}
