package kr.dolbom.caseworker.checkin;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// On which days and when a resident is asked, and what.
///
/// @param days none: never
/// @param at the time of day, office time
/// @param questions in the order in which they are asked
record CheckInPlan(List<DayOfWeek> days, LocalTime at, List<CheckInQuestion> questions) {
    private static final int LETTERS = 3;

    /// Keeps its own copies.
    CheckInPlan {
        days = List.copyOf(days);
        questions = List.copyOf(questions);
    }

    /// A day as the database and REST write it: `mon`.
    static String word(DayOfWeek day) {
        return day.name().substring(0, LETTERS).toLowerCase(Locale.ROOT);
    }

    /// The day with this word.
    static Optional<DayOfWeek> findDay(String word) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> word(day).equals(word))
                .findFirst();
    }

    static List<DayOfWeek> readDays(String words) {
        return Arrays.stream(words.split(" "))
                .flatMap(word -> findDay(word).stream())
                .toList();
    }

    static String writeDays(List<DayOfWeek> days) {
        return days.stream().map(CheckInPlan::word).collect(Collectors.joining(" "));
    }
}
