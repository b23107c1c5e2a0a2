package kr.dolbom.caseworker.roster.plan;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a day is to a pattern. A holiday is a holiday and not its weekday.
enum DayKind {
    MON(DayOfWeek.MONDAY),
    TUE(DayOfWeek.TUESDAY),
    WED(DayOfWeek.WEDNESDAY),
    THU(DayOfWeek.THURSDAY),
    FRI(DayOfWeek.FRIDAY),
    SAT(DayOfWeek.SATURDAY),
    SUN(DayOfWeek.SUNDAY),
    HOLIDAY(null);

    private final @Nullable DayOfWeek weekday;

    DayKind(@Nullable DayOfWeek weekday) {
        this.weekday = weekday;
    }

    static DayKind of(LocalDate day, Set<LocalDate> holidays) {
        return holidays.contains(day)
                ? HOLIDAY
                : Arrays.stream(values())
                        .filter(kind -> kind.weekday == day.getDayOfWeek())
                        .findFirst()
                        .orElseThrow();
    }

    /// As the database and REST write it.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<DayKind> find(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /// Whether a day of this kind may be followed by one of the other.
    boolean mayPrecede(DayKind next) {
        return weekday == null || next.weekday == null || weekday.plus(1) == next.weekday;
    }
}
