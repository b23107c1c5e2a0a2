package kr.dolbom.caseworker.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertEvent;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.Purpose;
import kr.dolbom.caseworker.robot.DeviceCommand;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Puts alerts and their timelines into words.
final class Telling {
    private static final Set<EventType> SAID_PLAINLY = Set.of(
            EventType.CHECK_IN_ASKED,
            EventType.NO_ANSWER,
            EventType.ROBOT_UNREACHABLE,
            EventType.NOBODY_ON_CALL,
            EventType.NOBODY_REACHED);

    private final Words words;
    private final Phrasing phrasing;

    Telling(Phrasing phrasing) {
        this.words = phrasing.words();
        this.phrasing = phrasing;
    }

    /// A row of the list.
    QueuePage.Row row(OpenAlert open, BoardRow.Style style) {
        Alert alert = open.alert();
        Alert.Person owner = alert.acknowledgedBy();
        return new QueuePage.Row(
                alert.alertId().toString(),
                alert.tier().word(),
                words.text("tier." + alert.tier().word()),
                alert.drill() ? words.text("drill") : "",
                who(alert.resident()),
                alert.resident().name(),
                open.officeId().toString(),
                style.namesOffice() ? alert.office().shortName() : "",
                owner == null ? "" : owner.id().toString(),
                alert.reason(words.language()),
                phrasing.when(alert.raisedAt()),
                phrasing.minute(alert.raisedAt()),
                progress(open),
                findCall(open.lastCall()),
                style.takes() && alert.isOpen() && owner == null ? words.text("take") : "");
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
            case HELD -> words.text("event.held", phrasing.time(Instant.parse(event.detail("until"))));
            case SNOOZED -> words.text("event.snoozed", person, phrasing.time(Instant.parse(event.detail("until"))));
            case EMERGENCY_CALLED ->
                words.text("event.emergency-called", person, phrasing.time(Instant.parse(event.detail("at"))));
            case PHONED -> {
                String state = "event.phoned." + event.detail("state");
                yield event.detail("state").equals("started")
                        ? words.text(
                                state,
                                names.getOrDefault(event.actor(), words.text("contact.kind.caseworker")),
                                words.text("event.phoned.to." + event.detail("to")))
                        : words.text(state);
            }
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

    /// A line of the timeline, which may stand for several entries.
    String line(Digest.Line line, Map<String, String> names, String owner) {
        String last = entry(line.event(), names, owner);
        return line.attempts() < 2
                ? last
                : words.text(
                        "alert.repeated",
                        words.text("alert.channel." + line.event().detail("channel")),
                        line.attempts(),
                        phrasing.minute(line.event().at()),
                        last);
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
                command.answer() == null
                        ? words.text("command-state." + command.state())
                        : words.text("command-answer."
                                + command.answer()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '-')),
                phrasing.time(at));
    }

    /// Name, age and neighbourhood.
    String who(Alert.Resident resident) {
        return words.text("who", resident.name(), phrasing.age(resident.birthYear()), resident.neighbourhood());
    }

    /// The call that goes on; null where the latest is over or there was none.
    QueuePage.@Nullable Call findCall(@Nullable Attempt lastCall) {
        if (lastCall == null || !lastCall.isLiveCall() || lastCall.state() == AttemptState.REACHED) {
            return null;
        }
        boolean isInLine = lastCall.state() == AttemptState.STARTING && lastCall.placedAt() == null;
        String key = isInLine ? "in-line" : lastCall.state() == AttemptState.ANSWERED ? "speaking" : "calling";
        Instant since = Objects.requireNonNullElse(lastCall.placedAt(), lastCall.startedAt());
        return new QueuePage.Call(
                words.text("progress." + key, lastCall.person().name()), since.toString(), phrasing.length(since));
    }

    private String progress(OpenAlert open) {
        List<String> parts = new ArrayList<>();
        Alert alert = open.alert();
        Alert.Person owner = alert.acknowledgedBy();
        if (owner != null) {
            parts.add(words.text("progress.taken", owner.name()));
        }
        open.events().forEach(event -> addProgress(event, owner != null, parts));
        if (owner == null && !open.events().isEmpty() && open.events().getLast().type() == EventType.HELD) {
            Instant until = Instant.parse(open.events().getLast().detail("until"));
            parts.add(words.text("progress.held", phrasing.minute(until)));
        }
        if (alert.emergencyCalledAt() != null) {
            parts.add(words.text("progress.emergency-called", phrasing.minute(alert.emergencyCalledAt())));
        }
        if (owner != null && alert.snoozedUntil() != null && phrasing.isToCome(alert.snoozedUntil())) {
            parts.add(words.text("progress.snoozed", phrasing.minute(alert.snoozedUntil())));
        }
        Attempt lastCall = open.lastCall();
        boolean isMissed = lastCall != null && lastCall.state().isOver() && lastCall.state() != AttemptState.REACHED;
        if (lastCall != null && isMissed && (owner == null || lastCall.purpose() == Purpose.HAND_OVER)) {
            parts.add(words.text("progress.missed", lastCall.person().name()));
        }
        return String.join(" · ", parts);
    }

    /// @param taken whether somebody has the alert: then what came before does not matter any more
    private void addProgress(AlertEvent event, boolean taken, List<String> parts) {
        if (event.type() == EventType.HAND_OVER) {
            parts.add(words.text("progress.hand-over"));
        } else if (event.type() == EventType.HAND_OVER_FAILED) {
            parts.remove(words.text("progress.hand-over"));
            parts.add(words.text("progress.hand-over-failed"));
        } else if (event.type() == EventType.AGAIN) {
            parts.add(words.text("progress.again"));
        } else if (!taken) {
            addProgressBeforeTaken(event, parts);
        }
    }

    private void addProgressBeforeTaken(AlertEvent event, List<String> parts) {
        EventType type = event.type();
        if (SAID_PLAINLY.contains(type)) {
            parts.add(words.text("progress." + type.word()));
        } else if (type == EventType.CHECK_IN_ANSWERED) {
            parts.add(words.text("progress.answer." + event.detail("answer")));
        } else if (type == EventType.GIVEN_BACK) {
            // Who had it before does not matter any more, nor what came before that.
            parts.clear();
            parts.add(words.text("progress.given-back"));
        } else if (type == EventType.PEOPLE_CALLED && event.detail("why").equals(EventType.ROBOT_UNREACHABLE.word())) {
            parts.add(words.text("progress.robot-unreachable"));
        }
    }
}
