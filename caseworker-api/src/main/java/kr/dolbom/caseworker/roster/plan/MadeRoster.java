package kr.dolbom.caseworker.roster.plan;

import io.micronaut.core.annotation.Introspected;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;

/// A roster as it was made.
///
/// @param officeId for which office
/// @param month for which month
/// @param saved false: a preview
/// @param shifts who takes what, by start and position
/// @param unfilled what nobody can take, and why not
/// @param people what everybody has in this month, what they had before included
@Introspected
public record MadeRoster(
        UUID officeId,
        YearMonth month,
        boolean saved,
        List<MadeShift> shifts,
        List<OpenShift> unfilled,
        List<PersonsMonth> people) {

    /// A print of who takes what: another roster has another one.
    public String print() {
        return Integer.toHexString(shifts.hashCode()) + "-" + shifts.size() + "-" + unfilled.size();
    }

    /// A shift that was made.
    ///
    /// @param caseworkerId who
    /// @param name their name
    /// @param pattern from which pattern
    /// @param position 1 is called first
    /// @param startsAt from when on, in the office's time
    /// @param endsAt until when
    @Introspected
    public record MadeShift(
            UUID caseworkerId,
            String name,
            String pattern,
            int position,
            OffsetDateTime startsAt,
            OffsetDateTime endsAt) {}

    /// A shift that nobody can take.
    ///
    /// @param pattern from which pattern
    /// @param position 1 is called first
    /// @param startsAt from when on, in the office's time
    /// @param endsAt until when
    /// @param whyKo why not, one person after the other, in Korean
    /// @param whyEn the same in English
    @Introspected
    public record OpenShift(
            String pattern, int position, OffsetDateTime startsAt, OffsetDateTime endsAt, String whyKo, String whyEn) {}

    /// What somebody has in a month.
    ///
    /// @param caseworkerId who
    /// @param name their name
    /// @param shifts how many
    /// @param nights how many of them reach into the time from 00:00 to 06:00
    /// @param daysOff how many begin on a Saturday, a Sunday or a holiday
    /// @param hours how long they last, all together
    @Introspected
    public record PersonsMonth(UUID caseworkerId, String name, int shifts, int nights, int daysOff, long hours) {}
}
