package kr.dolbom.caseworker.response;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.Attempts;
import kr.dolbom.caseworker.escalation.MessageLine;
import kr.dolbom.caseworker.escalation.Slot;
import kr.dolbom.caseworker.robot.Robot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out what [ResponseRules] decides. Any number of threads and instances may advance the same
/// alert at the same time: the alert's row is locked, and what is found there decides, so that each
/// thing is done once.
@Singleton
public final class AlertResponse {
    private static final Logger LOG = LoggerFactory.getLogger(AlertResponse.class);
    private static final Duration RECENT = Duration.ofHours(1);
    private static final Duration JUST_NOW = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final ResponseRules rules;
    private final Situations situations;
    private final Robot robot;
    private final Steps steps;
    private final TextInstead textInstead;
    private final Dispatch dispatch;
    private final Looks looks;
    private final Clock clock;

    AlertResponse(
            Transactions transactions,
            ResponseSettings settings,
            Robot robot,
            Steps steps,
            TextInstead textInstead,
            Dispatch dispatch,
            Looks looks,
            Clock clock) {
        this.transactions = transactions;
        this.rules = new ResponseRules(settings);
        this.situations = new Situations(settings, robot);
        this.robot = robot;
        this.steps = steps;
        this.textInstead = textInstead;
        this.dispatch = dispatch;
        this.looks = looks;
        this.clock = clock;
    }

    /// Does what is due for an alert, and sets a timer where something will be: all of it in one
    /// transaction, so that no crash parts a step from its timer. What goes out goes out when it is
    /// committed. Does nothing when nothing is due.
    public void advance(UUID alertId) {
        Advanced advanced = transactions.run(connection -> advance(connection, alertId));
        if (advanced.isChanged()) {
            dispatch.send();
        }
        if (advanced.isCalledAnew()) {
            // Whoever had it need not say that they still do.
            dispatch.cancelCalls(alertId);
        }
        if (advanced.goesOn()) {
            looks.add(alertId);
        }
    }

    /// @param isChanged whether anything changed
    /// @param isCalledAnew whether people are called from now on and somebody had it before
    /// @param goesOn whether there is more to do at once, in another transaction
    private record Advanced(boolean isChanged, boolean isCalledAnew, boolean goesOn) {}

    /// Has every alert looked at that waits for something, but for those with a call that was heard
    /// of just now: its end is reported, and its step has a timer; and but for those that rest, as
    /// nobody was reached about something that is not urgent. Messages to browsers that a killed
    /// instance took are sent again.
    void sweep() {
        transactions.run(connection -> Unreached.end(connection, clock.instant()));
        if (transactions.run(connection ->
                        MessageLine.putBackPushes(connection, clock.instant().minus(JUST_NOW)))
                > 0) {
            dispatch.send();
        }
        transactions
                .run(connection -> Sql.on(connection, """
                                select alert_id from alert a
                                 where (state in ('raised', 'checking-in', 'escalating')
                                        and (raised_at > :recent
                                             or tier in ('critical', 'urgent')
                                             or tier = 'check-in'
                                                and not exists (select from alert_event e
                                                                 where e.alert_id = a.alert_id
                                                                   and e.type = 'nobody-reached'))
                                        and not exists (select from escalation_attempt t
                                                         where t.alert_id = a.alert_id and t.channel = 'voice'
                                                           and t.state in ('starting', 'accepted', 'ringing', 'answered')
                                                           and t.updated_at > :justNow))
                                    or (state = 'acknowledged' and tier in ('critical', 'urgent')
                                        and exists (select from alert_event e
                                                     where e.alert_id = a.alert_id
                                                       and (e.type = 'again' and e.at > a.acknowledged_at
                                                            or e.type = 'tier-raised'
                                                               and e.at > coalesce(a.confirmed_at, a.acknowledged_at))))
                                 order by array_position(array['critical', 'urgent', 'check-in', 'review'], tier), raised_at""")
                        .with("recent", clock.instant().minus(RECENT))
                        .with("justNow", clock.instant().minus(JUST_NOW))
                        .list(row -> row.uuid("alert_id")))
                .forEach(looks::addAfterOthers);
    }

    private Advanced advance(Connection connection, UUID alertId) {
        // PostgreSQL keeps microseconds: what is compared must be what is stored.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<Alert> alert = AlertStore.findAndLock(connection, alertId);
        if (alert.isEmpty()) {
            LOG.warn("A notification names an alert that is not there alert={}", alertId);
        }
        Map<Tier, Situations.Calling> callings = new EnumMap<>(Tier.class);
        boolean isChanged = alert.filter(its ->
                        textInstead.take(connection, its, now) || its.state().equals("raised"))
                .isPresent();
        boolean isStepTaken = false;
        boolean isCalledAnew = false;
        boolean goesOn = false;
        while (alert.isPresent()) {
            Decision decision = rules.decide(situations.read(connection, alert.get(), callings, now), now);
            if (decision instanceof Decision.Rest) {
                break;
            }
            if (decision instanceof Decision.LookAgain(Instant at)) {
                AlertTimers.schedule(connection, alertId, at);
                break;
            }
            if (decision instanceof Decision.TakeStep && isStepTaken) {
                // Phones are locked in their order within a step only: two steps in one transaction could deadlock.
                Looks.addDurably(connection, alertId, now);
                goesOn = true;
                break;
            }
            LOG.info(
                    "Alert advances alert={} state={} decision={}",
                    alertId,
                    alert.get().state(),
                    name(decision));
            carryOut(connection, alert.get(), decision, now);
            isStepTaken |= decision instanceof Decision.TakeStep;
            isCalledAnew |=
                    decision instanceof Decision.CallPeople && alert.get().acknowledgedBy() != null;
            isChanged = true;
            alert = AlertStore.find(connection, alertId, null);
        }
        if (isChanged) {
            AlertStore.tellChange(connection, alertId);
        }
        return new Advanced(isChanged, isCalledAnew, goesOn);
    }

    private void carryOut(Connection connection, Alert alert, Decision decision, Instant now) {
        switch (decision) {
            case Decision.Rest _ -> {}
            case Decision.LookAgain _ -> {}
            case Decision.Note(EventType type) -> note(connection, alert, type, now);
            case Decision.Hold(Instant until) ->
                Timeline.add(
                        connection,
                        alert.alertId(),
                        now,
                        EventType.HELD,
                        Timeline.PLATFORM,
                        Map.of("until", until.toString()));
            case Decision.AskRobot _ -> askRobot(connection, alert, now);
            case Decision.CallPeople(Decision.Why why) -> callPeople(connection, alert, why, now);
            case Decision.TakeStep(int number, Slot slot) -> steps.take(connection, alert, number, slot, now);
            case Decision.Remind(int number) -> steps.remind(connection, alert, number, now);
            case Decision.Join(Alert.Person owner) -> steps.join(connection, alert, owner, now);
            case Decision.ResolveFine _ -> resolveFine(connection, alert, now);
        }
    }

    private static void note(Connection connection, Alert alert, EventType type, Instant now) {
        if (type == EventType.NOBODY_ON_CALL || type == EventType.NOBODY_REACHED) {
            LOG.error(
                    "NOBODY IS REACHED for an alert: check who is on call alert={} reason={}",
                    alert.alertId(),
                    type.word());
            Unreached.tell(connection, alert, type, now);
        }
        Timeline.add(connection, alert.alertId(), now, type, Timeline.PLATFORM, Map.of());
    }

    private void askRobot(Connection connection, Alert alert, Instant now) {
        EventType type = alert.state().equals("checking-in") ? EventType.OTHER_DEVICE_ASKED : EventType.CHECK_IN_ASKED;
        robot.ask(connection, alert, now);
        Sql.on(connection, "update alert set state = 'checking-in' where alert_id = :alert")
                .with("alert", alert.alertId())
                .update();
        Timeline.add(connection, alert.alertId(), now, type, Timeline.PLATFORM, Map.of());
    }

    private void callPeople(Connection connection, Alert alert, Decision.Why why, Instant now) {
        // Whoever had it may be gone: nobody has it until somebody takes it anew. The timeline keeps who had it.
        Sql.on(connection, """
                        update alert set state = 'escalating', acknowledged_at = null, acknowledged_by = null,
                                         acknowledged_guardian = null, confirmed_at = null, snoozed_until = null
                         where alert_id = :alert""").with("alert", alert.alertId()).update();
        if (why == Decision.Why.NEEDS_HELP && alert.tier().compareTo(Tier.URGENT) > 0) {
            Sql.on(connection, "update alert set tier = 'urgent' where alert_id = :alert")
                    .with("alert", alert.alertId())
                    .update();
            Timeline.add(
                    connection,
                    alert.alertId(),
                    now,
                    EventType.TIER_RAISED,
                    Timeline.RESIDENT,
                    Map.of("tier", "urgent"));
        }
        if (why == Decision.Why.RAISED) {
            Attempts.hurry(connection, alert);
        }
        Alert.Person before = alert.acknowledgedBy();
        Timeline.add(
                connection,
                alert.alertId(),
                now,
                EventType.PEOPLE_CALLED,
                Timeline.PLATFORM,
                before == null
                        ? Map.of("why", why.word())
                        : Map.of("why", why.word(), "from", before.id().toString()));
        switch (why) {
            case CRITICAL, NEEDS_HELP, AGAIN -> tell(connection, alert, "robot.help", now);
            case NO_ANSWER -> tell(connection, alert, "robot.no-answer", now);
            case RAISED -> {
                if (alert.tier() == Tier.CRITICAL) {
                    tell(connection, alert, "robot.help", now);
                }
            }
            case ROBOT_UNREACHABLE, FORGOTTEN, GIVEN_BACK, NOT_TOLD -> {}
        }
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

    private static String name(Decision decision) {
        return decision.getClass().getSimpleName();
    }
}
