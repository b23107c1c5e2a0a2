package kr.dolbom.caseworker.setting;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a setting's value is written: `14h`, `14h30m` or `45m` for minutes, `0.5` for hundredths.
final class SettingValue {
    private static final Pattern DURATION = Pattern.compile("(?:(\\d{1,3})h)?(?:(\\d{1,4})m)?");
    private static final Pattern STEPS = Pattern.compile("(-?)(\\d)(?:\\.(\\d{1,2}))?");
    private static final int MINUTES_PER_HOUR = 60;

    private SettingValue() {}

    /// The number that the database keeps; empty where the text is none of this unit.
    static OptionalInt parse(String unit, String text) {
        return unit.equals("minutes") ? minutes(text.strip()) : hundredths(text.strip());
    }

    private static OptionalInt minutes(String text) {
        Matcher parts = DURATION.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            return OptionalInt.empty();
        }
        int hours = parts.group(1) == null ? 0 : Integer.parseInt(parts.group(1));
        int minutes = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
        return OptionalInt.of(hours * MINUTES_PER_HOUR + minutes);
    }

    private static OptionalInt hundredths(String text) {
        Matcher parts = STEPS.matcher(text);
        if (!parts.matches()) {
            return OptionalInt.empty();
        }
        String fraction = parts.group(3) == null ? "" : parts.group(3);
        int value = Integer.parseInt(parts.group(2) + (fraction + "00").substring(0, 2));
        return OptionalInt.of(parts.group(1).isEmpty() ? value : -value);
    }

    /// The text that [#parse] reads back.
    static String format(String unit, int value) {
        if (!unit.equals("minutes")) {
            return String.format(Locale.ROOT, "%.2f", value / 100.0);
        }
        int hours = value / MINUTES_PER_HOUR;
        int minutes = value % MINUTES_PER_HOUR;
        if (hours == 0) {
            return minutes + "m";
        }
        return minutes == 0 ? hours + "h" : hours + "h" + minutes + "m";
    }
}
