package kr.dolbom.caseworker.desk;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertEvent;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.robot.DeviceCommand;
import org.jspecify.annotations.Nullable;

/// An alert as REST writes it.
///
/// @param alertId the public id
/// @param family what it is about: `silence`, `emergency`, `device`
/// @param tier `critical`, `urgent`, `check-in` or `review`
/// @param state `raised`, `checking-in`, `escalating`, `acknowledged` or `resolved`
/// @param reasonKo the one sentence why, in Korean
/// @param reasonEn the same in English
/// @param moment when the thing itself happened
/// @param raisedAt when the alert was raised
/// @param acknowledgedAt when somebody took it
/// @param acknowledgedBy who took it
/// @param resolvedAt when it was over
/// @param outcome how it ended
/// @param note what was noted then
/// @param drill whether it is an exercise
/// @param snoozedUntil before when whoever has it is not asked again
/// @param emergencyCalledAt when 119 was called
/// @param resident whom it concerns
@Introspected
public record AlertBody(
        UUID alertId,
        String family,
        String tier,
        String state,
        String reasonKo,
        String reasonEn,
        Instant moment,
        Instant raisedAt,
        @Nullable Instant acknowledgedAt,
        @Nullable Person acknowledgedBy,
        @Nullable Instant resolvedAt,
        @Nullable String outcome,
        @Nullable String note,
        boolean drill,
        @Nullable Instant snoozedUntil,
        @Nullable Instant emergencyCalledAt,
        Resident resident) {

    /// Somebody who is called or has an alert.
    ///
    /// @param kind `caseworker` or `guardian`
    /// @param id the public id
    /// @param name without a title
    @Introspected
    public record Person(String kind, UUID id, String name) {
        static Person of(Alert.Person person) {
            return new Person(person.kind().word(), person.id(), person.name());
        }
    }

    /// A resident.
    ///
    /// @param residentId the public id
    /// @param name what the robot calls them
    /// @param birthYear the year of birth
    /// @param neighbourhood in which part of the city
    /// @param address where help has to go
    /// @param phone their own number, if any
    @Introspected
    public record Resident(
            UUID residentId,
            String name,
            int birthYear,
            String neighbourhood,
            String address,
            @Nullable String phone) {}

    /// An entry of the timeline.
    ///
    /// @param at when it happened
    /// @param type what happened
    /// @param actor who did it: `platform`, `robot`, `resident`, `provider`, or a caseworker's public id
    /// @param detail more, by name
    @Introspected
    public record Event(Instant at, String type, String actor, Map<String, String> detail) {}

    /// A text or a call.
    ///
    /// @param attemptId the public id
    /// @param step in which step, from 1
    /// @param channel `sms`, `voice`, `alimtalk` or `push`
    /// @param purpose `alert`, `reminder` or `hand-over`
    /// @param person to whom
    /// @param bundleOf the call that reads this alert as well; missing for one of its own
    /// @param state how far it came
    /// @param error what went wrong
    /// @param startedAt when it began
    /// @param updatedAt when the state last changed
    /// @param reachedAt when the person proved to be there
    @Introspected
    public record AttemptBody(
            UUID attemptId,
            int step,
            String channel,
            String purpose,
            Person person,
            @Nullable UUID bundleOf,
            String state,
            @Nullable String error,
            Instant startedAt,
            Instant updatedAt,
            @Nullable Instant reachedAt) {}

    /// What a device was told to do.
    ///
    /// @param commandId the id that the device sees
    /// @param kind `check-in` or `speak`
    /// @param state `pending`, `sent`, `delivered`, `answered`, `failed` or `expired`
    /// @param failure why the device refused it
    /// @param createdAt when it was given
    /// @param expiresAt when it lapses
    /// @param sentAt when it was first handed to a connection
    /// @param deliveredAt when the device said that it has it
    /// @param answeredAt when the resident's answer came
    @Introspected
    public record CommandBody(
            UUID commandId,
            String kind,
            String state,
            @Nullable String failure,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant sentAt,
            @Nullable Instant deliveredAt,
            @Nullable Instant answeredAt) {}

    /// An alert with all that happened.
    ///
    /// @param alert the alert
    /// @param events its timeline, oldest first
    /// @param attempts the attempts to reach somebody, oldest first
    /// @param commands what devices were told to do, oldest first
    @Introspected
    public record Detail(AlertBody alert, List<Event> events, List<AttemptBody> attempts, List<CommandBody> commands) {
        static Detail of(AlertViews.Whole whole) {
            return new Detail(
                    AlertBody.of(whole.alert()),
                    whole.events().stream().map(AlertBody::of).toList(),
                    whole.attempts().stream().map(AlertBody::of).toList(),
                    whole.commands().stream().map(AlertBody::of).toList());
        }
    }

    static AlertBody of(Alert alert) {
        Alert.Person owner = alert.acknowledgedBy();
        Alert.Resident resident = alert.resident();
        return new AlertBody(
                alert.alertId(),
                alert.family(),
                alert.tier().word(),
                alert.state(),
                alert.reasonKo(),
                alert.reasonEn(),
                alert.moment(),
                alert.raisedAt(),
                alert.acknowledgedAt(),
                owner == null ? null : Person.of(owner),
                alert.resolvedAt(),
                alert.outcome() == null ? null : alert.outcome().word(),
                alert.outcomeNote(),
                alert.drill(),
                alert.snoozedUntil(),
                alert.emergencyCalledAt(),
                new Resident(
                        resident.residentId(),
                        resident.name(),
                        resident.birthYear(),
                        resident.neighbourhood(),
                        resident.address(),
                        resident.phone()));
    }

    private static Event of(AlertEvent event) {
        return new Event(event.at(), event.type().word(), event.actor(), event.detail());
    }

    private static CommandBody of(DeviceCommand command) {
        return new CommandBody(
                command.commandId(),
                command.kind(),
                command.state(),
                command.failure(),
                command.createdAt(),
                command.expiresAt(),
                command.sentAt(),
                command.deliveredAt(),
                command.answeredAt());
    }

    private static AttemptBody of(Attempt attempt) {
        return new AttemptBody(
                attempt.attemptId(),
                attempt.step(),
                attempt.channel().word(),
                attempt.purpose().word(),
                Person.of(attempt.person()),
                attempt.bundleOf(),
                attempt.state().word(),
                attempt.error(),
                attempt.startedAt(),
                attempt.updatedAt(),
                attempt.reachedAt());
    }
}
