package kr.dolbom.caseworker.console.people;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kr.dolbom.caseworker.words.Words;

/// How people read and write what REST writes as `14h30m`: a length of time, or for quiet hours a time of the day.
final class SettingText {
    private static final Pattern STORED = Pattern.compile("(?:(\\d{1,3})h)?(?:(\\d{1,4})m)?");
    private static final Pattern TYPED = Pattern.compile(
            "(?:(\\d{1,3}) ?(?:시간|시|hours?|hrs?|h))? ?(?:(\\d{1,4}) ?(?:분|minutes?|min|m))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):(\\d{2})");
    private static final String QUIET = "quiet.";
    private static final int MINUTES_PER_HOUR = 60;

    private SettingText() {}

    /// A value in words: `14시간 30분`, of quiet hours `22:00`; a number as it is.
    ///
    /// @param name of the setting
    /// @param value as REST writes it
    static String told(Words words, String name, String value) {
        Matcher parts = STORED.matcher(value);
        if (value.isEmpty() || !parts.matches()) {
            return value;
        }
        int total = minutes(parts);
        int hours = total / MINUTES_PER_HOUR;
        int minutes = total % MINUTES_PER_HOUR;
        if (name.startsWith(QUIET)) {
            return "%02d:%02d".formatted(hours, minutes);
        }
        if (hours == 0) {
            return words.text("people.length.minutes", minutes);
        }
        return minutes == 0
                ? words.text("people.length.hours", hours)
                : words.text("people.length.both", hours, minutes);
    }

    /// What somebody typed as REST writes it; what is no time as it is.
    static String stored(String typed) {
        Matcher clock = CLOCK.matcher(typed);
        if (clock.matches() && Integer.parseInt(clock.group(2)) < MINUTES_PER_HOUR) {
            return stored(minutes(clock));
        }
        Matcher parts = TYPED.matcher(typed);
        return typed.isEmpty() || !parts.matches() ? typed : stored(minutes(parts));
    }

    private static String stored(int total) {
        int hours = total / MINUTES_PER_HOUR;
        int minutes = total % MINUTES_PER_HOUR;
        return hours == 0 ? minutes + "m" : minutes == 0 ? hours + "h" : hours + "h" + minutes + "m";
    }

    private static int minutes(Matcher parts) {
        return MINUTES_PER_HOUR * number(parts, 1) + number(parts, 2);
    }

    private static int number(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Integer.parseInt(parts.group(group));
    }
}
