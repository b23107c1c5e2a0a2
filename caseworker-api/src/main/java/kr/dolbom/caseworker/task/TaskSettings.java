package kr.dolbom.caseworker.task;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// When caseworkers are told of tasks.
///
/// @param dayBegins the time of day, office time, from which on they are
/// @param dayEnds until when; after `dayBegins`
@ConfigurationProperties("dolbom.task")
public record TaskSettings(
        @Bindable(defaultValue = "08:00") String dayBegins,
        @Bindable(defaultValue = "18:00") String dayEnds) {

    /// Refuses what is no day.
    public TaskSettings {
        if (!LocalTime.parse(dayBegins).isBefore(LocalTime.parse(dayEnds))) {
            throw new IllegalArgumentException(
                    "dolbom.task.day-begins is %s, expected a time before day-ends, %s".formatted(dayBegins, dayEnds));
        }
    }

    /// The next moment in the day: this one, or the beginning of the next day.
    ///
    /// @param zone of the office
    Instant inTheDay(Instant moment, ZoneId zone) {
        ZonedDateTime local = moment.atZone(zone);
        LocalTime begins = LocalTime.parse(dayBegins);
        if (local.toLocalTime().isBefore(begins)) {
            return local.with(begins).toInstant();
        }
        return local.toLocalTime().isBefore(LocalTime.parse(dayEnds)) ? moment : nextMorning(moment, zone);
    }

    /// When the next day begins.
    Instant nextMorning(Instant moment, ZoneId zone) {
        return moment.atZone(zone)
                .toLocalDate()
                .plusDays(1)
                .atTime(LocalTime.parse(dayBegins))
                .atZone(zone)
                .toInstant();
    }
}
