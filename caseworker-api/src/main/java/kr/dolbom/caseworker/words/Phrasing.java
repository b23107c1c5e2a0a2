package kr.dolbom.caseworker.words;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/// How moments, days, ages and telephone numbers are written in a language. Immutable.
///
/// @param words the language
/// @param clock what the time is, and where
public record Phrasing(Words words, Clock clock) {
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");
    private static final int HOURS_PER_DAY = 24;

    /// A moment, exactly and as how long ago.
    public When when(Instant moment) {
        return new When(moment.toString(), EXACT.format(moment.atZone(clock.getZone())), ago(moment));
    }

    /// The time of day, `14:03:21`.
    public String time(Instant moment) {
        return TIME.format(moment.atZone(clock.getZone()));
    }

    /// The time of day without seconds, `14:03`.
    public String minute(Instant moment) {
        return MINUTE.format(moment.atZone(clock.getZone()));
    }

    /// A day with its weekday: `2026년 11월 22일 (일)`, `Sun, 22 Nov 2026`.
    public String date(LocalDate day) {
        return DateTimeFormatter.ofPattern(words.text("date.pattern"), words.locale())
                .format(day);
    }

    /// The day of a moment here.
    public String date(Instant moment) {
        return date(LocalDate.ofInstant(moment, clock.getZone()));
    }

    /// Day and minute.
    public String dateTime(Instant moment) {
        return date(moment) + " " + minute(moment);
    }

    /// How long ago, in the largest whole unit.
    public String ago(Instant moment) {
        Duration age = Duration.between(moment, clock.instant());
        if (age.toMinutes() < 1) {
            return words.text("ago.now");
        }
        if (age.toHours() < 1) {
            return words.text("ago.minutes", age.toMinutes());
        }
        return age.toHours() < HOURS_PER_DAY
                ? words.text("ago.hours", age.toHours())
                : words.text("ago.days", age.toDays());
    }

    /// How long ago, in minutes and seconds: `0:42`.
    public String length(Instant since) {
        long seconds = Math.max(0, Duration.between(since, clock.instant()).toSeconds());
        return "%d:%02d".formatted(seconds / 60, seconds % 60);
    }

    /// Whether a moment is still to come.
    public boolean isToCome(Instant moment) {
        return moment.isAfter(clock.instant());
    }

    /// An age as Koreans count it (one at birth, one more each new year), with the year: `86세(1941년생)`.
    public String age(int birthYear) {
        return words.text("age", clock.instant().atZone(clock.getZone()).getYear() - birthYear + 1, birthYear);
    }

    /// A number as Koreans write it, `010-1234-5678`; a foreign one as it is.
    ///
    /// @param phone E.164
    public static String phone(String phone) {
        return phone.startsWith("+82")
                ? ("0" + phone.substring(3)).replaceFirst("^(02|0\\d{2})(\\d{3,4})(\\d{4})$", "$1-$2-$3")
                : phone;
    }
}
