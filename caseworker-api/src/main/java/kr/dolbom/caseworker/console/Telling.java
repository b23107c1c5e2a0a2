package kr.dolbom.caseworker.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertEvent;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.robot.DeviceCommand;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Puts alerts and their timelines into words.
final class Telling {
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int HOURS_PER_DAY = 24;

    private final Words words;
    private final Clock clock;

    Telling(Words words, Clock clock) {
        this.words = words;
        this.clock = clock;
    }

    /// A row of the list.
    ///
    /// @param events the alert's timeline, oldest first
    /// @param lastCall the latest call for it; null for none
    /// @param mayTake whether the viewer is somebody who takes alerts
    QueuePage.Row row(Alert alert, List<AlertEvent> events, @Nullable Attempt lastCall, boolean mayTake) {
        return new QueuePage.Row(
                alert.alertId().toString(),
                alert.tier().word(),
                words.text("tier." + alert.tier().word()),
                alert.drill() ? words.text("drill") : "",
                who(alert.resident()),
                alert.reason(words.language()),
                when(alert.raisedAt()),
                progress(alert, events, lastCall),
                mayTake && alert.isOpen() && alert.acknowledgedBy() == null);
    }

    /// A moment.
    QueuePage.When when(Instant moment) {
        ZonedDateTime local = moment.atZone(clock.getZone());
        return new QueuePage.When(moment.toString(), EXACT.format(local), ago(moment));
    }

    /// The time of day.
    String time(Instant moment) {
        return TIME.format(moment.atZone(clock.getZone()));
    }

    /// An entry of the timeline.
    ///
    /// @param names of caseworkers, by public id
    /// @param owner the name of whoever has the alert; empty for nobody
    String entry(AlertEvent event, Map<String, String> names, String owner) {
        String person = names.getOrDefault(event.actor(), event.actor());
        return switch (event.type()) {
            case CHECK_IN_ANSWERED -> {
                String answer = words.text("event.check-in-answered." + event.detail("answer"));
                String by = event.detail("by");
                yield by.isEmpty() ? answer : answer + " (" + words.text("answered-by." + by) + ")";
            }
            case PEOPLE_CALLED -> words.text("event.people-called." + event.detail("why"));
            case ROBOT_TOLD -> words.text("event.robot-told", words.text(event.detail("text"), owner));
            case ATTEMPT -> {
                String to = names.getOrDefault(event.detail("person"), "?");
                String state = words.text("attempt." + event.detail("channel") + "." + event.detail("state"), to);
                yield event.detail("error").isEmpty() ? state : state + " (" + event.detail("error") + ")";
            }
            case PASSED_ON, CONFIRMED, GIVEN_BACK ->
                words.text("event." + event.type().word(), person);
            case JOINED -> words.text("event.joined", names.getOrDefault(event.detail("person"), "?"));
            case HAND_OVER -> words.text("event.hand-over", person, names.getOrDefault(event.detail("person"), "?"));
            case HELD -> words.text("event.held", time(Instant.parse(event.detail("until"))));
            case SNOOZED -> words.text("event.snoozed", person, time(Instant.parse(event.detail("until"))));
            case EMERGENCY_CALLED ->
                words.text("event.emergency-called", person, time(Instant.parse(event.detail("at"))));
            case ACKNOWLEDGED -> words.text("event.acknowledged", person, words.text("proof." + event.detail("by")));
            case RESOLVED -> words.text("event.resolved", words.text("outcome." + event.detail("outcome")));
            case RAISED,
                    CHECK_IN_ASKED,
                    OTHER_DEVICE_ASKED,
                    NO_ANSWER,
                    ROBOT_UNREACHABLE,
                    NOBODY_ON_CALL,
                    NOBODY_REACHED,
                    REMINDED,
                    HAND_OVER_FAILED,
                    TIER_RAISED,
                    AGAIN,
                    RETRACTED -> words.text("event." + event.type().word());
        };
    }

    /// What the robot was told to do and what became of it.
    String command(DeviceCommand command) {
        Instant at = Stream.of(command.answeredAt(), command.deliveredAt(), command.sentAt(), command.createdAt())
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        return words.text(
                "command.line",
                words.text("command." + command.kind()),
                words.text("command-state." + command.state()),
                time(at));
    }

    private String who(Alert.Resident resident) {
        // Counted as Koreans count: one at birth, one more each new year.
        int age = clock.instant().atZone(clock.getZone()).getYear() - resident.birthYear() + 1;
        return words.text("who", resident.name(), age, resident.birthYear(), resident.neighbourhood());
    }

    private String progress(Alert alert, List<AlertEvent> events, @Nullable Attempt lastCall) {
        Alert.Person owner = alert.acknowledgedBy();
        if (owner != null) {
            return words.text("progress.taken", owner.name());
        }
        List<String> parts = new ArrayList<>();
        for (AlertEvent event : events) {
            switch (event.type()) {
                case CHECK_IN_ASKED, NO_ANSWER, ROBOT_UNREACHABLE, NOBODY_ON_CALL, NOBODY_REACHED ->
                    parts.add(words.text("progress." + event.type().word()));
                case CHECK_IN_ANSWERED -> parts.add(words.text("progress.answer." + event.detail("answer")));
                case PEOPLE_CALLED -> {
                    if (event.detail("why").equals(EventType.ROBOT_UNREACHABLE.word())) {
                        parts.add(words.text("progress.robot-unreachable"));
                    }
                }
                case RAISED,
                        OTHER_DEVICE_ASKED,
                        ROBOT_TOLD,
                        ATTEMPT,
                        PASSED_ON,
                        ACKNOWLEDGED,
                        JOINED,
                        HELD,
                        REMINDED,
                        CONFIRMED,
                        SNOOZED,
                        GIVEN_BACK,
                        HAND_OVER,
                        HAND_OVER_FAILED,
                        EMERGENCY_CALLED,
                        TIER_RAISED,
                        AGAIN,
                        RETRACTED,
                        RESOLVED -> {}
            }
        }
        if (!events.isEmpty() && events.getLast().type() == EventType.HELD) {
            parts.add(words.text(
                    "progress.held", time(Instant.parse(events.getLast().detail("until")))));
        }
        if (lastCall != null) {
            String key = lastCall.state().isOver() || lastCall.state() == AttemptState.REACHED ? "missed" : "calling";
            parts.add(words.text("progress." + key, lastCall.person().name()));
        }
        return String.join(" · ", parts);
    }

    private String ago(Instant moment) {
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
}
