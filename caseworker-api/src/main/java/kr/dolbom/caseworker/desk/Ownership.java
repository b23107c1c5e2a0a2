package kr.dolbom.caseworker.desk;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.AttemptReports;
import kr.dolbom.caseworker.escalation.People;
import kr.dolbom.caseworker.escalation.SendResult;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.response.Dispatch;
import kr.dolbom.caseworker.response.Looks;
import kr.dolbom.caseworker.response.Steps;
import kr.dolbom.caseworker.roster.Recipient;

/// What whoever has an alert can say of it: that they still have it, that they want no question for a while, that
/// somebody else is to have it, that 119 was called. Safe for use by many threads and instances.
@Singleton
public final class Ownership {
    private static final Duration LONGEST_SNOOZE = Duration.ofHours(4);

    private final Transactions transactions;
    private final Steps steps;
    private final Dispatch dispatch;
    private final Looks looks;
    private final Clock clock;

    Ownership(Transactions transactions, Steps steps, Dispatch dispatch, Looks looks, Clock clock) {
        this.transactions = transactions;
        this.steps = steps;
        this.dispatch = dispatch;
        this.looks = looks;
        this.clock = clock;
    }

    /// Whoever has the alert says so by a key in a reminder's call, or by its link.
    ///
    /// @return the alert as it stands; somebody else may have it by now
    public Alert confirm(Attempt attempt, SendResult.Reached by) {
        Alert alert = transactions.run(connection -> confirm(connection, attempt, by));
        dispatch.cancelCalls(attempt.alertId());
        return alert;
    }

    /// The same in the caller's transaction.
    public Alert confirm(Connection connection, Attempt attempt, SendResult.Reached by) {
        Alert alert = lock(connection, attempt.alertId());
        AttemptReports.report(connection, attempt.attemptId(), by, clock.instant());
        return attempt.person().equals(alert.acknowledgedBy()) && alert.isOpen()
                ? confirm(connection, alert, attempt.person())
                : alert;
    }

    /// Whoever has the alert says in the console that they still do.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when they do not have it, or it is over
    public Alert confirm(UUID alertId, Alert.Person person) {
        Alert alert = change(alertId, person, (connection, locked) -> confirm(connection, locked, person));
        dispatch.cancelCalls(alertId);
        return alert;
    }

    private Alert confirm(Connection connection, Alert alert, Alert.Person person) {
        Instant now = clock.instant();
        Sql.on(connection, "update alert set confirmed_at = :now where alert_id = :alert")
                .with("now", now)
                .with("alert", alert.alertId())
                .update();
        return note(connection, alert, EventType.CONFIRMED, person, Map.of(), now);
    }

    /// Whoever has the alert gives it back: people are called anew.
    ///
    /// @return the alert as it stands; somebody else may have it by now
    public Alert giveBack(Attempt attempt, SendResult.Reached by) {
        Alert alert = transactions.run(connection -> {
            Alert locked = lock(connection, attempt.alertId());
            AttemptReports.report(connection, attempt.attemptId(), by, clock.instant());
            return attempt.person().equals(locked.acknowledgedBy()) && locked.isOpen()
                    ? giveBack(connection, locked, attempt.person())
                    : locked;
        });
        looks.add(attempt.alertId());
        return alert;
    }

    /// The same in the console.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when they do not have it, or it is over
    public Alert giveBack(UUID alertId, Alert.Person person) {
        Alert alert = change(alertId, person, (connection, locked) -> giveBack(connection, locked, person));
        looks.add(alertId);
        return alert;
    }

    private Alert giveBack(Connection connection, Alert alert, Alert.Person person) {
        return note(connection, alert, EventType.GIVEN_BACK, person, Map.of(), clock.instant());
    }

    /// Whoever has the alert is not asked again before a moment, at most 4 h from now.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when they do not have it, it is over, or the moment is
    ///     past or too far away
    public Alert snooze(UUID alertId, Alert.Person person, Instant until) {
        Instant now = clock.instant();
        if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_SNOOZE))) {
            throw Problem.invalid("until", until, "a moment within the next 4 hours");
        }
        Alert alert = change(alertId, person, (connection, locked) -> {
            Sql.on(connection, "update alert set snoozed_until = :until, confirmed_at = :now where alert_id = :alert")
                    .with("until", until)
                    .with("now", now)
                    .with("alert", alertId)
                    .update();
            return note(connection, locked, EventType.SNOOZED, person, Map.of("until", until.toString()), now);
        });
        dispatch.cancelCalls(alertId);
        return alert;
    }

    /// Whoever has the alert asks somebody of the office to take it over. They keep it until that person takes it.
    ///
    /// @param to the public id of a caseworker of the same office
    /// @throws kr.dolbom.caseworker.problem.ProblemException when they do not have it, it is over, or there is no
    ///     such other caseworker
    public Alert handOver(UUID alertId, Alert.Person person, UUID to) {
        Alert handedOver = transactions.run(connection -> {
            Alert alert = lockOwn(connection, alertId, person);
            Recipient recipient = People.findCaseworker(
                            connection, alert.office().officeNo(), to)
                    .filter(found -> !found.person().equals(person))
                    .orElseThrow(() -> Problem.invalid("to", to, "the id of another caseworker of this office"));
            Instant now = clock.instant();
            steps.handOver(connection, alert, recipient, now);
            return note(connection, alert, EventType.HAND_OVER, person, Map.of("person", to.toString()), now);
        });
        dispatch.send();
        return handedOver;
    }

    /// Somebody says that 119 was called.
    ///
    /// @param at when; not in the future, and not before the thing itself happened
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is no such alert, or the moment cannot be
    public Alert emergencyCalled(UUID alertId, Alert.Person person, Instant at) {
        return transactions.run(connection -> {
            Alert alert = lock(connection, alertId);
            if (at.isAfter(clock.instant()) || at.isBefore(alert.moment())) {
                throw Problem.invalid("at", at, "a moment from %s until now".formatted(alert.moment()));
            }
            Sql.on(connection, "update alert set emergency_called_at = :at where alert_id = :alert")
                    .with("at", at)
                    .with("alert", alertId)
                    .update();
            return note(
                    connection,
                    alert,
                    EventType.EMERGENCY_CALLED,
                    person,
                    Map.of("at", at.toString()),
                    clock.instant());
        });
    }

    private Alert change(UUID alertId, Alert.Person person, BiFunction<Connection, Alert, Alert> change) {
        return transactions.run(connection -> change.apply(connection, lockOwn(connection, alertId, person)));
    }

    private static Alert note(
            Connection connection,
            Alert alert,
            EventType type,
            Alert.Person person,
            Map<String, String> detail,
            Instant now) {
        Timeline.add(connection, alert.alertId(), now, type, person.id().toString(), detail);
        AlertStore.tellChange(connection, alert.alertId());
        Looks.addDurably(connection, alert.alertId(), now);
        return lock(connection, alert.alertId());
    }

    private static Alert lockOwn(Connection connection, UUID alertId, Alert.Person person) {
        Alert alert = lock(connection, alertId);
        if (!alert.isOpen()) {
            throw Problem.conflict("Alert %s is over already.".formatted(alertId));
        }
        Alert.Person owner = alert.acknowledgedBy();
        if (owner == null) {
            throw Problem.conflict("Nobody has alert %s: take it first.".formatted(alertId));
        }
        if (!owner.equals(person)) {
            throw Problem.conflict("%s has alert %s.".formatted(owner.name(), alertId));
        }
        return alert;
    }

    private static Alert lock(Connection connection, UUID alertId) {
        return AlertStore.findAndLock(connection, alertId).orElseThrow(() -> Problem.notFound("alert", alertId));
    }
}
