package kr.dolbom.risk.reason;

import java.text.MessageFormat;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import kr.dolbom.contract.telemetry.Room;

/// How one language says times, durations and rooms. Safe for use by many threads.
enum Language {
    KOREAN(Locale.KOREAN) {
        @Override
        String duration(Duration duration) {
            long hours = duration.toHours();
            int minutes = duration.toMinutesPart();
            if (hours == 0) {
                return minutes + "분";
            }
            return minutes == 0 ? hours + "시간" : hours + "시간 " + minutes + "분";
        }

        @Override
        String timeOfDay(ZonedDateTime time) {
            String hour = "%02d시".formatted(time.getHour());
            return time.getMinute() == 0 ? hour : "%s %02d분".formatted(hour, time.getMinute());
        }

        @Override
        String day(LocalDate day) {
            return "%d월 %d일".formatted(day.getMonthValue(), day.getDayOfMonth());
        }

        @Override
        String dayAndTime(String day, String time) {
            return day + " " + time;
        }
    },
    ENGLISH(Locale.ENGLISH) {
        @Override
        String duration(Duration duration) {
            long hours = duration.toHours();
            int minutes = duration.toMinutesPart();
            if (hours == 0) {
                return minutes + " min";
            }
            return minutes == 0 ? hours + " h" : "%d h %02d".formatted(hours, minutes);
        }

        @Override
        String timeOfDay(ZonedDateTime time) {
            return "%02d:%02d".formatted(time.getHour(), time.getMinute());
        }

        @Override
        String day(LocalDate day) {
            return "%d %s"
                    .formatted(
                            day.getDayOfMonth(),
                            day.getMonth().getDisplayName(java.time.format.TextStyle.FULL, Locale.ENGLISH));
        }

        @Override
        String dayAndTime(String day, String time) {
            return time + " " + day;
        }
    };

    @SuppressWarnings("ImmutableEnumChecker") // a bundle of properties never changes
    private final ResourceBundle messages;

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
        this.messages = ResourceBundle.getBundle(
                "kr.dolbom.risk.reason.messages",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    abstract String duration(Duration duration);

    abstract String timeOfDay(ZonedDateTime time);

    abstract String day(LocalDate day);

    abstract String dayAndTime(String day, String time);

    /// The time of day; with the day before it where that is not the day of `now`.
    String time(ZonedDateTime time, ZonedDateTime now) {
        LocalDate day = time.toLocalDate();
        if (day.equals(now.toLocalDate())) {
            return timeOfDay(time);
        }
        boolean isYesterday = day.equals(now.toLocalDate().minusDays(1));
        return dayAndTime(isYesterday ? say("yesterday") : day(day), timeOfDay(time));
    }

    /// The day of a time: today, yesterday, or its date.
    String dayOf(ZonedDateTime time, ZonedDateTime now) {
        LocalDate day = time.toLocalDate();
        if (day.equals(now.toLocalDate())) {
            return say("today");
        }
        return day.equals(now.toLocalDate().minusDays(1)) ? say("yesterday") : day(day);
    }

    String room(Room room) {
        return say("room." + room.name());
    }

    /// @throws MissingResourceException where the language has no such message
    String say(String key, Object... arguments) {
        return new MessageFormat(messages.getString(key), locale).format(arguments);
    }
}
