package kr.dolbom.caseworker.desk;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Outcome;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.AttemptReports;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.SendResult;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.response.Dispatch;
import kr.dolbom.caseworker.response.Looks;
import kr.dolbom.caseworker.response.RobotWords;
import kr.dolbom.caseworker.robot.Robot;
import org.jspecify.annotations.Nullable;

/// What people do with alerts: take them, pass them on, close them. Safe for use by many threads and instances: of two
/// people who take an alert at the same moment one has it and the other is told so.
@Singleton
public final class AlertDesk {
    private final Transactions transactions;
    private final Robot robot;
    private final Dispatch dispatch;
    private final Looks looks;
    private final Clock clock;

    AlertDesk(Transactions transactions, Robot robot, Dispatch dispatch, Looks looks, Clock clock) {
        this.transactions = transactions;
        this.robot = robot;
        this.dispatch = dispatch;
        this.looks = looks;
        this.clock = clock;
    }

    /// Somebody takes an alert in the console.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is no such alert
    public Takeover take(UUID alertId, Alert.Person person) {
        return finish(connection -> take(connection, alertId, person, SendResult.Proof.CONSOLE));
    }

    /// Somebody takes an alert by what was sent to them.
    ///
    /// @param attempt the call or the text that reached them
    public Takeover take(Attempt attempt, SendResult.Proof proof) {
        return finish(connection -> take(connection, attempt, proof));
    }

    /// The same in the caller's transaction; [#afterwards] must follow when it is committed.
    public Takeover take(Connection connection, Attempt attempt, SendResult.Proof proof) {
        Alert alert = lock(connection, attempt.alertId());
        AttemptReports.report(connection, attempt.attemptId(), new SendResult.Reached(proof), clock.instant());
        return refusal(alert, attempt.isOfferOf(alert))
                .orElseGet(() -> give(connection, alert, attempt.person(), proof));
    }

    private Takeover take(Connection connection, UUID alertId, Alert.Person person, SendResult.Proof proof) {
        Alert alert = lock(connection, alertId);
        return refusal(alert, false).orElseGet(() -> give(connection, alert, person, proof));
    }

    /// Why somebody cannot have an alert; empty when they can.
    ///
    /// @param isOffered whether whoever has it wants to hand it over to them
    private static Optional<Takeover> refusal(Alert alert, boolean isOffered) {
        Alert.Person owner = alert.acknowledgedBy();
        if (!alert.isOpen()) {
            return Optional.of(new Takeover.Over(alert));
        }
        return owner == null || isOffered ? Optional.empty() : Optional.of(new Takeover.TakenBefore(alert, owner));
    }

    private Takeover give(Connection connection, Alert alert, Alert.Person person, SendResult.Proof proof) {
        Instant now = clock.instant();
        AlertStore.give(connection, alert.alertId(), person, now);
        Timeline.add(
                connection,
                alert.alertId(),
                now,
                EventType.ACKNOWLEDGED,
                person.id().toString(),
                Map.of("by", proof.name().toLowerCase(Locale.ROOT)));
        RobotWords.tell(connection, robot, alert, "robot.taken", now, person.name());
        AlertStore.tellChange(connection, alert.alertId());
        // When to ask whether they still have it.
        Looks.addDurably(connection, alert.alertId(), now);
        return new Takeover.Taken(lock(connection, alert.alertId()));
    }

    /// Somebody was reached and passes the alert on: the next step is taken at once. Somebody who was asked to take it
    /// over declines. Changes nothing when somebody else has the alert already or it is over.
    ///
    /// @return the alert as it stands
    public Alert passOn(Attempt attempt) {
        Alert passedOn = transactions.run(connection -> {
            Alert alert = lock(connection, attempt.alertId());
            boolean isFree = alert.acknowledgedBy() == null || attempt.isOfferOf(alert);
            if (!alert.isOpen() || !isFree) {
                return alert;
            }
            Instant now = clock.instant();
            boolean first = attempt.state().isOvertakenBy(AttemptState.COMPLETED);
            AttemptReports.report(connection, attempt.attemptId(), AttemptState.COMPLETED, null, null, now);
            if (first) {
                Timeline.add(
                        connection,
                        attempt.alertId(),
                        now,
                        EventType.PASSED_ON,
                        attempt.person().id().toString(),
                        Map.of("step", Integer.toString(attempt.step())));
            }
            AlertStore.tellChange(connection, attempt.alertId());
            Looks.addDurably(connection, attempt.alertId(), now);
            return alert;
        });
        looks.add(attempt.alertId());
        return passedOn;
    }

    /// Closes an alert.
    ///
    /// @param actor who does it: a caseworker's public id, or the login of an operator
    /// @param note more, for whoever reads it later; null for nothing
    /// @return the alert as it stands now
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is no such alert, or it is closed already
    public Alert resolve(UUID alertId, String actor, Outcome outcome, @Nullable String note) {
        Alert resolved = transactions.run(connection -> {
            Alert alert = lock(connection, alertId);
            if (!alert.isOpen()) {
                throw Problem.conflict("Alert %s was resolved already, as %s."
                        .formatted(
                                alertId, Objects.requireNonNull(alert.outcome()).word()));
            }
            Instant now = clock.instant();
            Sql.on(connection, """
                            update alert set state = 'resolved', resolved_at = :now, outcome = :outcome,
                                             outcome_note = :note
                             where alert_id = :alert""")
                    .with("now", now)
                    .with("outcome", outcome.word())
                    .with("note", note)
                    .with("alert", alertId)
                    .update();
            Timeline.add(connection, alertId, now, EventType.RESOLVED, actor, Map.of("outcome", outcome.word()));
            AlertStore.tellChange(connection, alertId);
            return lock(connection, alertId);
        });
        afterwards(alertId);
        return resolved;
    }

    /// Takes back the calls of an alert that somebody has taken or closed.
    public void afterwards(UUID alertId) {
        dispatch.cancelCalls(alertId);
    }

    private Takeover finish(Function<Connection, Takeover> work) {
        Takeover takeover = transactions.run(work);
        if (takeover instanceof Takeover.Taken(Alert alert)) {
            afterwards(alert.alertId());
        }
        return takeover;
    }

    private static Alert lock(Connection connection, UUID alertId) {
        return AlertStore.findAndLock(connection, alertId).orElseThrow(() -> Problem.notFound("alert", alertId));
    }
}
