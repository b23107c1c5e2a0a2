package kr.dolbom.caseworker.report;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.report.MonthlyReport.Gaps;
import org.jspecify.annotations.Nullable;

/// Several months of an office in those figures that are drawn beside each other. They are the monthly report's.
///
/// @param officeId the public id
/// @param nameKo the office's name
/// @param nameEn the same in English
/// @param months oldest first
public record Trend(UUID officeId, String nameKo, String nameEn, List<Month> months) {
    /// Keeps its own copy.
    public Trend {
        months = List.copyOf(months);
    }

    /// One month.
    ///
    /// @param month which
    /// @param from its first moment
    /// @param to the first moment after it
    /// @param complete whether it was over
    /// @param alerts figures of the alerts that were raised in it
    /// @param gaps time in which homes were not watched
    public record Month(YearMonth month, Instant from, Instant to, boolean complete, Alerts alerts, Gaps gaps) {}

    /// What became of a month's alerts, exercises left out.
    ///
    /// @param called for so many people were called
    /// @param withdrawn of them that were over before anybody was reached; they count no further
    /// @param reached of the others that somebody took
    /// @param within60 within 60 s
    /// @param within180 within 180 s
    /// @param closed that a person or the robot closed
    /// @param falseAlarms of these as a false alarm
    public record Alerts(
            int called, int withdrawn, int reached, int within60, int within180, int closed, int falseAlarms) {
        /// Share reached within 60 s, from 0 to 1; null when nobody was called.
        public @Nullable Double within60Share() {
            return Figures.share(within60, called - withdrawn);
        }

        /// Share reached within 180 s, from 0 to 1; null when nobody was called.
        public @Nullable Double within180Share() {
            return Figures.share(within180, called - withdrawn);
        }

        /// Share of false alarms, from 0 to 1; null when nothing was closed.
        public @Nullable Double falseShare() {
            return Figures.share(falseAlarms, closed);
        }
    }
}
