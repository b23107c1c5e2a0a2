package kr.dolbom.caseworker.roster.plan;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.roster.NightCover;
import kr.dolbom.caseworker.roster.Span;
import org.jspecify.annotations.Nullable;

/// A shift that comes again every week.
///
/// @param patternNo the database's number
/// @param patternId the public id
/// @param teamNo whose people take it; null: everybody of the office but supervisors
/// @param name such as `Night`
/// @param days on which kinds of days it begins
/// @param startsAt from this time of day on
/// @param endsAt until this one; when it is not after `startsAt`, on the next day
/// @param position of the first of its people; 1 is called first
/// @param people how many are needed: a primary and backups
record ShiftPattern(
        int patternNo,
        UUID patternId,
        @Nullable Integer teamNo,
        String name,
        Set<DayKind> days,
        LocalTime startsAt,
        LocalTime endsAt,
        int position,
        int people) {

    ShiftPattern {
        days = Set.copyOf(days);
    }

    /// The shifts of a month, each person's place one vacancy.
    ///
    /// @param eligible who may take them, by number
    List<Vacancy> vacancies(YearMonth month, ZoneId zone, Set<LocalDate> holidays, Set<Integer> eligible) {
        List<Vacancy> vacancies = new ArrayList<>();
        for (LocalDate day = month.atDay(1); !day.isAfter(month.atEndOfMonth()); day = day.plusDays(1)) {
            if (days.contains(DayKind.of(day, holidays))) {
                Span span = NightCover.span(day, startsAt, endsAt, zone);
                for (int i = 0; i < people; i++) {
                    vacancies.add(new Vacancy(
                            patternNo,
                            name,
                            position + i,
                            i == 0,
                            span,
                            Load.isNight(span, zone),
                            NightCover.isDayOff(day, holidays),
                            eligible));
                }
            }
        }
        return vacancies;
    }

    /// Whether the two could ever need the same position at the same time.
    boolean clashesWith(ShiftPattern other) {
        boolean sharesPosition = position < other.position + other.people && other.position < position + people;
        return sharesPosition && (meets(other, 0) || meets(other, 1) || other.meets(this, 1));
    }

    private boolean meets(ShiftPattern later, int daysLater) {
        LocalDate day = LocalDate.EPOCH;
        boolean overlaps = NightCover.span(day, startsAt, endsAt, ZoneOffset.UTC)
                .overlaps(NightCover.span(day.plusDays(daysLater), later.startsAt, later.endsAt, ZoneOffset.UTC));
        return overlaps
                && days.stream()
                        .anyMatch(first -> later.days.stream()
                                .anyMatch(second -> daysLater == 0 ? first == second : first.mayPrecede(second)));
    }
}
