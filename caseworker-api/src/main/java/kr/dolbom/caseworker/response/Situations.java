package kr.dolbom.caseworker.response;

import java.sql.Connection;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertEvent;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.PersonKind;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.escalation.Attempts;
import kr.dolbom.caseworker.escalation.Channel;
import kr.dolbom.caseworker.escalation.People;
import kr.dolbom.caseworker.escalation.Policies;
import kr.dolbom.caseworker.escalation.Policy;
import kr.dolbom.caseworker.escalation.Purpose;
import kr.dolbom.caseworker.escalation.Slot;
import kr.dolbom.caseworker.escalation.Step;
import kr.dolbom.caseworker.operations.Maintenances;
import kr.dolbom.caseworker.phone.PhoneTroubles;
import kr.dolbom.caseworker.robot.Inquiry;
import kr.dolbom.caseworker.robot.Robot;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import kr.dolbom.contract.telemetry.CheckInAnswer;
import org.jspecify.annotations.Nullable;

/// Reads the situation of an alert that the caller has locked, and notes on its timeline what is news.
final class Situations {
    /// What the resident is not asked about where it is for review alone: a device, or a planned
    /// conversation, in which they were asked already.
    private static final Set<String> UNASKED_FAMILIES = Set.of("device", "device-health", "check-in");
    /// What is asked about at any hour: somebody who is out by night, or in pain, is not asleep.
    private static final Set<String> NIGHT_FAMILIES = Set.of("outing", "distress");

    private static final Set<EventType> ANSWERS_AND_QUESTIONS =
            Set.of(EventType.CHECK_IN_ASKED, EventType.OTHER_DEVICE_ASKED, EventType.CHECK_IN_ANSWERED);

    private static final Set<String> WITHOUT_HURRY =
            Set.of(Decision.Why.FORGOTTEN.word(), Decision.Why.GIVEN_BACK.word(), Decision.Why.NOT_TOLD.word());

    /// What the alert's tier of that moment stands behind.
    private static final Set<EventType> DONE = Set.of(
            EventType.CHECK_IN_ASKED,
            EventType.OTHER_DEVICE_ASKED,
            EventType.CHECK_IN_ANSWERED,
            EventType.PEOPLE_CALLED,
            EventType.JOINED,
            EventType.ACKNOWLEDGED,
            EventType.CONFIRMED,
            EventType.SNOOZED,
            EventType.REMINDED);

    private final DefaultPolicies defaults;
    private final ResponseSettings settings;
    private final Robot robot;

    Situations(ResponseSettings settings, Robot robot) {
        this.defaults = new DefaultPolicies(settings);
        this.settings = settings;
        this.robot = robot;
    }

    /// Whom a tier's policy calls now.
    ///
    /// @param policy null for nobody
    /// @param round one round of it
    record Calling(@Nullable Policy policy, List<Slot> round) {}

    /// The situation now.
    ///
    /// @param callings what was read by this transaction of whom to call, by tier: it does not change in between
    Situation read(Connection connection, Alert alert, Map<Tier, Calling> callings, Instant now) {
        List<AlertEvent> events = Timeline.list(connection, alert.alertId());
        Maintenances.Hold hold = findHold(connection, alert, events, now);
        Set<EventType> noted = EnumSet.noneOf(EventType.class);
        events.stream()
                .filter(event -> !isOfBefore(event, events, hold))
                .map(AlertEvent::type)
                .forEach(noted::add);
        if (!noted.contains(EventType.RAISED)) {
            Timeline.add(connection, alert.alertId(), alert.raisedAt(), EventType.RAISED, Timeline.PLATFORM, Map.of());
            noted.add(EventType.RAISED);
        }
        AlertState state = state(connection, alert, events);
        boolean isJustAnswered = noteAnswer(connection, alert, state, events, now);
        // Each look costs what the state needs and no more: in a storm there are thousands.
        boolean asks = alert.tier() != Tier.CRITICAL
                && (state instanceof AlertState.Raised || state instanceof AlertState.CheckingIn);
        Calling calling = switch (state) {
            case AlertState.Resolved _ -> new Calling(null, List.of());
            case AlertState.Escalating _ ->
                callings.computeIfAbsent(alert.tier(), _ -> calling(connection, alert, now));
            case AlertState.Raised _, AlertState.CheckingIn _, AlertState.Acknowledged _ ->
                new Calling(policy(connection, alert), List.of());
        };
        return new Situation(
                alert.tier(),
                alert.tier().isUrgent() && !isJustAnswered && isRaised(events),
                !UNASKED_FAMILIES.contains(alert.family()),
                state,
                asks && robot.canAsk(connection, alert),
                calling.policy(),
                withoutHurry(events, calling.round()),
                noted,
                quietUntil(connection, alert, now).orElse(null),
                hold == null ? null : hold.endsAt(),
                alert.state().equals("raised") ? otherOwner(connection, alert, now) : null);
    }

    private Calling calling(Connection connection, Alert alert, Instant now) {
        Policy policy = policy(connection, alert);
        return new Calling(
                policy,
                policy == null
                        ? List.of()
                        : Slot.of(
                                policy,
                                People.find(
                                        connection,
                                        policy.targets(),
                                        alert.office().officeNo(),
                                        alert.resident(),
                                        now)));
    }

    private @Nullable Policy policy(Connection connection, Alert alert) {
        return Policies.find(connection, alert.office().officeNo(), alert.tier())
                .or(() -> defaults.find(alert.tier()))
                .orElse(null);
    }

    /// Whoever gave the alert back, forgot it or could not be told of it is called after everybody
    /// else.
    private static List<Slot> withoutHurry(List<AlertEvent> events, List<Slot> slots) {
        String from = events.stream()
                .filter(event -> event.type() == EventType.PEOPLE_CALLED && WITHOUT_HURRY.contains(event.detail("why")))
                .reduce((first, second) -> second)
                .map(event -> event.detail("from"))
                .orElse("");
        return slots.stream()
                .sorted(Comparator.comparing((Slot slot) -> slot.recipients().stream()
                        .allMatch(one -> one.person().id().toString().equals(from))))
                .toList();
    }

    /// When the quiet hours end that an alert waits for; empty outside of them and for what does
    /// not wait.
    static Optional<Instant> quietUntil(Connection connection, Alert alert, Instant now) {
        return alert.tier().isUrgent() || NIGHT_FAMILIES.contains(alert.family())
                ? Optional.empty()
                : QuietHours.get(connection, alert.resident().residentNo()).endAfter(now);
    }

    /// Until when maintenance holds an alert back; empty when nothing does.
    static Optional<Instant> maintainedUntil(Connection connection, Alert alert, Instant now) {
        return alert.tier() == Tier.CRITICAL
                ? Optional.empty()
                : Optional.ofNullable(findHold(connection, alert, Timeline.list(connection, alert.alertId()), now))
                        .map(Maintenances.Hold::endsAt);
    }

    /// What holds the alert back. A critical one rings in any case, and so does one whose resident
    /// asked for help.
    private static Maintenances.@Nullable Hold findHold(
            Connection connection, Alert alert, List<AlertEvent> events, Instant now) {
        boolean needsHelp = events.stream()
                .anyMatch(event -> event.type() == EventType.CHECK_IN_ANSWERED
                        && event.detail("answer").equals("need-help"));
        return alert.tier() == Tier.CRITICAL || needsHelp
                ? null
                : Maintenances.find(connection, alert.office().officeNo(), now).orElse(null);
    }

    /// What was noted of earlier calls, of an earlier hand-over or maintenance, says nothing about those of now.
    private static boolean isOfBefore(AlertEvent event, List<AlertEvent> events, Maintenances.@Nullable Hold hold) {
        return switch (event.type()) {
            case NOBODY_ON_CALL, NOBODY_REACHED ->
                calledAnewAt(events).map(event.at()::isBefore).orElse(false);
            case HAND_OVER_FAILED ->
                lastOf(events, EventType.HAND_OVER).map(event.at()::isBefore).orElse(false);
            case HELD -> hold == null || event.at().isBefore(hold.beginsAt());
            default -> false;
        };
    }

    /// @return whether there is an answer that is news
    private static boolean noteAnswer(
            Connection connection, Alert alert, AlertState state, List<AlertEvent> events, Instant now) {
        if (!(state
                        instanceof
                        AlertState.CheckingIn(Inquiry.Answered(CheckInAnswer.Answer answer, CheckInAnswer.By by)))
                || isAnswerNoted(events)) {
            return false;
        }
        Map<String, String> detail = new HashMap<>();
        detail.put("answer", word(answer));
        if (by != null) {
            detail.put("by", word(by));
        }
        Timeline.add(connection, alert.alertId(), now, EventType.CHECK_IN_ANSWERED, Timeline.RESIDENT, detail);
        return true;
    }

    /// Whether the tier was raised after all that was done about the alert. The order of the
    /// timeline says so, whatever the clocks of those who write it.
    private static boolean isRaised(List<AlertEvent> events) {
        return events.reversed().stream()
                .map(AlertEvent::type)
                .filter(type -> type == EventType.TIER_RAISED || DONE.contains(type))
                .findFirst()
                .map(EventType.TIER_RAISED::equals)
                .orElse(false);
    }

    /// Whether the answer to the latest question is on the timeline: each device in the home has its own.
    private static boolean isAnswerNoted(List<AlertEvent> events) {
        return events.reversed().stream()
                .map(AlertEvent::type)
                .filter(ANSWERS_AND_QUESTIONS::contains)
                .findFirst()
                .map(EventType.CHECK_IN_ANSWERED::equals)
                .orElse(false);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private AlertState state(Connection connection, Alert alert, List<AlertEvent> events) {
        return switch (alert.state()) {
            case "raised" -> new AlertState.Raised();
            case "checking-in" ->
                new AlertState.CheckingIn(
                        robot.findInquiry(connection, alert.alertId()).orElseGet(Inquiry.Lost::new));
            case "escalating" -> escalating(Attempts.listSteps(connection, alert.alertId()), events);
            case "acknowledged" -> acknowledged(alert, Attempts.listSteps(connection, alert.alertId()), events);
            case "resolved" -> new AlertState.Resolved();
            default ->
                throw new IllegalStateException("alert %s is in state '%s'".formatted(alert.alertId(), alert.state()));
        };
    }

    private static AlertState.Escalating escalating(List<Step> steps, List<AlertEvent> events) {
        Instant since = calledAnewAt(events).orElse(Instant.MIN);
        int before = steps.stream()
                .filter(step -> step.startedAt().isBefore(since))
                .mapToInt(Step::number)
                .max()
                .orElse(0);
        return new AlertState.Escalating(
                before, steps.stream().filter(step -> step.number() > before).toList());
    }

    private static AlertState.Acknowledged acknowledged(Alert alert, List<Step> steps, List<AlertEvent> events) {
        Instant at = Objects.requireNonNull(alert.acknowledgedAt());
        Instant confirmedAt = alert.confirmedAt();
        Instant saidAt = confirmedAt == null ? at : confirmedAt;
        return new AlertState.Acknowledged(
                at,
                saidAt,
                alert.snoozedUntil(),
                lastOf(events, EventType.GIVEN_BACK)
                        .map(moment -> !moment.isBefore(at))
                        .orElse(false),
                since(steps, Purpose.NOTICE, at).stream().anyMatch(Step::callOver),
                lastOf(events, EventType.AGAIN).orElse(null),
                since(steps, Purpose.REMINDER, saidAt),
                since(steps, Purpose.HAND_OVER, saidAt).stream()
                        .reduce((first, second) -> second)
                        .orElse(null),
                steps.isEmpty() ? 0 : steps.getLast().number());
    }

    private static List<Step> since(List<Step> steps, Purpose purpose, Instant moment) {
        return steps.stream()
                .filter(step -> step.purpose() == purpose && !step.startedAt().isBefore(moment))
                .toList();
    }

    private static Optional<Instant> calledAnewAt(List<AlertEvent> events) {
        return events.stream()
                .filter(event -> event.type() == EventType.PEOPLE_CALLED && Decision.Why.isAnew(event.detail("why")))
                .map(AlertEvent::at)
                .max(Comparator.naturalOrder());
    }

    private static Optional<Instant> lastOf(List<AlertEvent> events, EventType type) {
        return events.stream()
                .filter(event -> event.type() == type)
                .map(AlertEvent::at)
                .max(Comparator.naturalOrder());
    }

    /// Who took another alert about the same resident a short while ago, if it is at least as
    /// urgent and a text can tell them. A critical one rings in any case; a drill neither joins nor
    /// is joined.
    private Alert.@Nullable Person otherOwner(Connection connection, Alert alert, Instant now) {
        record Other(Tier tier, Alert.Person owner) {}
        if (alert.tier() == Tier.CRITICAL || alert.drill()) {
            return null;
        }
        return Sql.on(connection, """
                        select a.tier, a.acknowledged_by, a.acknowledged_guardian,
                               coalesce(c.caseworker_id, g.guardian_id) as id, coalesce(c.name, g.name) as name
                          from alert a
                          left join caseworker c on c.caseworker_no = a.acknowledged_by
                          left join guardian g on g.guardian_no = a.acknowledged_guardian
                         where a.resident_no = :resident and a.state = 'acknowledged' and a.alert_id <> :alert and not a.drill
                           and a.family not in ('device', 'device-health') and a.acknowledged_at > :since
                         order by a.acknowledged_at desc""")
                .with("resident", alert.resident().residentNo())
                .with("alert", alert.alertId())
                .with("since", now.minus(settings.duplicateWindow()))
                .list(row -> {
                    Integer caseworker = row.findNumber("acknowledged_by");
                    return new Other(
                            Tier.get(row.text("tier")),
                            caseworker == null
                                    ? new Alert.Person(
                                            PersonKind.GUARDIAN,
                                            row.number("acknowledged_guardian"),
                                            row.uuid("id"),
                                            row.secret("name", SecretColumn.GUARDIAN_NAME))
                                    : Alert.Person.caseworker(
                                            caseworker,
                                            row.uuid("id"),
                                            row.secret("name", SecretColumn.CASEWORKER_NAME)));
                })
                .stream()
                .filter(other -> other.tier().compareTo(alert.tier()) <= 0)
                .map(Other::owner)
                .filter(owner -> canBeTold(connection, owner, now))
                .findFirst()
                .orElse(null);
    }

    private static boolean canBeTold(Connection connection, Alert.Person person, Instant now) {
        return PhoneTroubles.list(connection, People.get(connection, person).phone(), now).stream()
                .noneMatch(trouble -> trouble.channel() == Channel.SMS);
    }
}
