package kr.dolbom.caseworker.response;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertEvent;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.Attempts;
import kr.dolbom.caseworker.escalation.Channel;
import kr.dolbom.caseworker.escalation.LinkToken;
import kr.dolbom.caseworker.escalation.Purpose;
import kr.dolbom.caseworker.escalation.Recipient;
import kr.dolbom.caseworker.escalation.Step;
import kr.dolbom.caseworker.robot.Inquiry;
import kr.dolbom.caseworker.robot.Robot;
import kr.dolbom.caseworker.roster.OnCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out what [AlertPolicy] decides. Any number of threads and instances may advance the same alert at the same
/// time: the alert's row is locked, and what is found there decides, so that each thing is done once.
@Singleton
public final class AlertResponse {
    private static final Logger LOG = LoggerFactory.getLogger(AlertResponse.class);

    private final Transactions transactions;
    private final AlertPolicy policy;
    private final Robot robot;
    private final TextMessage textMessage;
    private final Dispatch dispatch;
    private final Clock clock;

    AlertResponse(
            Transactions transactions,
            ResponseSettings settings,
            Robot robot,
            TextMessage textMessage,
            Dispatch dispatch,
            Clock clock) {
        this.transactions = transactions;
        this.policy = new AlertPolicy(settings);
        this.robot = robot;
        this.textMessage = textMessage;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    /// Does what is due for an alert, and sets a timer where something will be. Does nothing when nothing is due.
    public void advance(UUID alertId) {
        List<Outgoing> outgoing = transactions.run(connection -> advance(connection, alertId));
        outgoing.forEach(message -> dispatch.send(message, this::advance));
    }

    /// Advances every alert that waits for something; one that cannot be advanced does not keep the others waiting.
    void sweep() {
        transactions
                .run(connection -> Sql.on(connection, """
                                select alert_id from alert a
                                 where (state in ('raised', 'checking-in', 'escalating')
                                        and not (state = 'raised' and tier = 'review'))
                                    or (state = 'acknowledged' and tier = 'critical'
                                        and exists (select from alert_event e
                                                     where e.alert_id = a.alert_id and e.type = 'again'
                                                       and e.at > a.acknowledged_at))
                                 order by raised_at""").list(row -> row.uuid("alert_id")))
                .forEach(this::advanceOrLog);
    }

    private void advanceOrLog(UUID alertId) {
        try {
            advance(alertId);
        } catch (RuntimeException e) {
            LOG.error("An alert could not be advanced; the next sweep tries again alert={}", alertId, e);
        }
    }

    private List<Outgoing> advance(Connection connection, UUID alertId) {
        List<Outgoing> outgoing = new ArrayList<>();
        while (true) {
            // PostgreSQL keeps microseconds: what is compared must be what is stored.
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            Alert alert = AlertStore.findAndLock(connection, alertId).orElse(null);
            if (alert == null) {
                LOG.warn("A notification names an alert that is not there alert={}", alertId);
                return outgoing;
            }
            Situation situation = situation(connection, alert, now);
            Decision decision = policy.decide(situation, now);
            if (!(decision instanceof Decision.Rest) && !(decision instanceof Decision.LookAgain)) {
                LOG.info("Alert advances alert={} state={} decision={}", alertId, alert.state(), name(decision));
                AlertStore.tellChange(connection, alertId);
            }
            switch (decision) {
                case Decision.Rest _ -> {
                    return outgoing;
                }
                case Decision.LookAgain(Instant at) -> {
                    AlertTimers.schedule(connection, alertId, at);
                    return outgoing;
                }
                case Decision.Note(EventType type) -> note(connection, alert, type, now);
                case Decision.AskRobot _ -> askRobot(connection, alert, now);
                case Decision.CallPeople(Decision.Why why) -> callPeople(connection, alert, why, now);
                case Decision.TakeStep(int number, Recipient person) ->
                    outgoing.addAll(takeStep(connection, alert, number, person, now));
                case Decision.ResolveFine _ -> resolveFine(connection, alert, now);
            }
        }
    }

    private Situation situation(Connection connection, Alert alert, Instant now) {
        Set<EventType> noted = EnumSet.noneOf(EventType.class);
        List<AlertEvent> events = Timeline.list(connection, alert.alertId());
        events.stream().map(AlertEvent::type).forEach(noted::add);
        // What was noted of the earlier calls says nothing about those made anew.
        Optional<Instant> calledAnewAt = calledAnewAt(events);
        calledAnewAt.ifPresent(since -> events.stream()
                .map(AlertEvent::type)
                .filter(type -> type == EventType.NOBODY_ON_CALL || type == EventType.NOBODY_REACHED)
                .filter(type -> events.stream()
                        .noneMatch(event -> event.type() == type && !event.at().isBefore(since)))
                .forEach(noted::remove));
        if (!noted.contains(EventType.RAISED)) {
            Timeline.add(connection, alert.alertId(), alert.raisedAt(), EventType.RAISED, Timeline.PLATFORM, Map.of());
            noted.add(EventType.RAISED);
            AlertStore.tellChange(connection, alert.alertId());
        }
        AlertState state = state(connection, alert, events);
        if (state instanceof AlertState.CheckingIn(Inquiry.Answered answered)
                && !noted.contains(EventType.CHECK_IN_ANSWERED)) {
            String answer = answered.answer().name().toLowerCase(Locale.ROOT).replace('_', '-');
            Timeline.add(
                    connection,
                    alert.alertId(),
                    now,
                    EventType.CHECK_IN_ANSWERED,
                    Timeline.RESIDENT,
                    Map.of("answer", answer));
            noted.add(EventType.CHECK_IN_ANSWERED);
        }
        return new Situation(
                alert.tier(),
                state,
                robot.canAsk(connection, alert.resident()),
                OnCall.list(connection, alert.office().officeNo(), now).stream()
                        .map(OnCall::recipient)
                        .toList(),
                noted);
    }

    private static Optional<Instant> calledAnewAt(List<AlertEvent> events) {
        return events.stream()
                .filter(event -> event.type() == EventType.PEOPLE_CALLED
                        && event.detail("why").equals(word(Decision.Why.AGAIN)))
                .map(AlertEvent::at)
                .max(Comparator.naturalOrder());
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

    private static AlertState.Acknowledged acknowledged(Alert alert, List<AlertEvent> events) {
        Instant askedAgainAt = events.stream()
                .filter(event -> event.type() == EventType.AGAIN)
                .map(AlertEvent::at)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new AlertState.Acknowledged(Objects.requireNonNull(alert.acknowledgedAt()), askedAgainAt);
    }

    private AlertState state(Connection connection, Alert alert, List<AlertEvent> events) {
        return switch (alert.state()) {
            case "raised" -> new AlertState.Raised();
            case "checking-in" ->
                new AlertState.CheckingIn(
                        robot.findInquiry(connection, alert.alertId()).orElseGet(Inquiry.Lost::new));
            case "escalating" -> escalating(Attempts.listSteps(connection, alert.alertId()), events);
            case "acknowledged" -> acknowledged(alert, events);
            case "resolved" -> new AlertState.Resolved();
            default ->
                throw new IllegalStateException("alert %s is in state '%s'".formatted(alert.alertId(), alert.state()));
        };
    }

    private static void note(Connection connection, Alert alert, EventType type, Instant now) {
        if (type == EventType.NOBODY_ON_CALL || type == EventType.NOBODY_REACHED) {
            LOG.error(
                    "NOBODY IS REACHED for an alert: check who is on call alert={} reason={}",
                    alert.alertId(),
                    type.word());
        }
        Timeline.add(connection, alert.alertId(), now, type, Timeline.PLATFORM, Map.of());
    }

    private void askRobot(Connection connection, Alert alert, Instant now) {
        robot.ask(connection, alert, now);
        move(connection, alert, "checking-in");
        Timeline.add(connection, alert.alertId(), now, EventType.CHECK_IN_ASKED, Timeline.PLATFORM, Map.of());
    }

    private void callPeople(Connection connection, Alert alert, Decision.Why why, Instant now) {
        // Whoever had it may be gone: nobody has it until somebody takes it anew. The timeline keeps who had it.
        Sql.on(connection, """
                        update alert set state = 'escalating', acknowledged_at = null, acknowledged_by = null,
                                         acknowledged_guardian = null, confirmed_at = null, snoozed_until = null
                         where alert_id = :alert""").with("alert", alert.alertId()).update();
        Timeline.add(
                connection, alert.alertId(), now, EventType.PEOPLE_CALLED, Timeline.PLATFORM, Map.of("why", word(why)));
        switch (why) {
            case CRITICAL, NEEDS_HELP, AGAIN -> tell(connection, alert, "robot.help", now);
            case NO_ANSWER -> tell(connection, alert, "robot.no-answer", now);
            case ROBOT_UNREACHABLE -> {}
        }
    }

    private List<Outgoing> takeStep(Connection connection, Alert alert, int number, Recipient person, Instant now) {
        LinkToken link = LinkToken.generate();
        UUID text = Attempts.add(connection, alert.alertId(), number, Channel.SMS, Purpose.ALERT, person, link, now);
        UUID call = Attempts.add(connection, alert.alertId(), number, Channel.VOICE, Purpose.ALERT, person, null, now);
        return List.of(
                new Outgoing.Call(call, person.phone()),
                new Outgoing.Text(text, person.phone(), textMessage.of(alert, person, link)));
    }

    private void resolveFine(Connection connection, Alert alert, Instant now) {
        Sql.on(connection, """
                        update alert set state = 'resolved', resolved_at = :now, outcome = 'resident-ok'
                         where alert_id = :alert""").with("now", now).with("alert", alert.alertId()).update();
        Timeline.add(
                connection,
                alert.alertId(),
                now,
                EventType.RESOLVED,
                Timeline.RESIDENT,
                Map.of("outcome", "resident-ok"));
        tell(connection, alert, "robot.fine", now);
    }

    private void tell(Connection connection, Alert alert, String text, Instant now) {
        RobotWords.tell(connection, robot, alert, text, now);
    }

    private static void move(Connection connection, Alert alert, String state) {
        Sql.on(connection, "update alert set state = :state where alert_id = :alert")
                .with("state", state)
                .with("alert", alert.alertId())
                .update();
    }

    private static String word(Decision.Why why) {
        return why.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String name(Decision decision) {
        return decision.getClass().getSimpleName();
    }
}
