package kr.dolbom.caseworker.response;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.escalation.AlimTalkSettings;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.AttemptReports;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.Attempts;
import kr.dolbom.caseworker.escalation.Channel;
import kr.dolbom.caseworker.escalation.People;
import kr.dolbom.caseworker.phone.PhoneTrouble;
import kr.dolbom.caseworker.phone.PhoneTroubles;
import kr.dolbom.caseworker.roster.Recipient;

/// Texts in the place of AlimTalk messages that failed, or were not delivered in their time: that is our
/// own timer, for a provider may take two days to say so. What it says afterwards is noted and changes
/// nothing. All methods work in the caller's transaction, which has locked the alert.
@Singleton
final class TextInstead {
    private final AlimTalkSettings settings;

    TextInstead(AlimTalkSettings settings) {
        this.settings = settings;
    }

    /// Sets the time within which an AlimTalk message has to be delivered.
    void await(Connection connection, Alert alert, UUID attemptId, Instant now) {
        Duration waitTime = Sql.on(connection, "select alimtalk_wait_seconds from office where office_no = :office")
                .with("office", alert.office().officeNo())
                .find(row -> Optional.ofNullable(row.findNumber("alimtalk_wait_seconds")))
                .flatMap(seconds -> seconds)
                .map(Duration::ofSeconds)
                .orElse(settings.waitTime());
        Instant due = now.plus(waitTime);
        Sql.on(connection, "update escalation_attempt set text_due_at = :due where attempt_id = :attempt")
                .with("due", due)
                .with("attempt", attemptId)
                .update();
        AlertTimers.schedule(connection, alert.alertId(), due);
    }

    /// Writes the texts that are due for an alert now; each is due once.
    ///
    /// @return whether there was one
    boolean take(Connection connection, Alert alert, Instant now) {
        List<UUID> due = Sql.on(connection, """
                        update escalation_attempt set text_due_at = null
                         where alert_id = :alert and text_due_at is not null
                           and (text_due_at <= :now or state in ('failed', 'delivered', 'reached', 'canceled'))
                        returning attempt_id, state in ('delivered', 'reached', 'canceled') as done""")
                .with("alert", alert.alertId())
                .with("now", now)
                .list(row -> row.flag("done") ? Optional.<UUID>empty() : Optional.of(row.uuid("attempt_id")))
                .stream()
                .flatMap(Optional::stream)
                .toList();
        boolean isAny = false;
        for (UUID attemptId : due) {
            Attempt attempt = Attempts.find(connection, attemptId).orElseThrow();
            if (attempt.state() == AttemptState.STARTING) {
                // It still waits, as after an outage: the text goes in its place, not beside it.
                AttemptReports.report(connection, attemptId, AttemptState.CANCELED, null, null, now);
            }
            if (isWanted(connection, alert, attempt)) {
                write(connection, alert, attempt, now);
                isAny = true;
            }
        }
        return isAny;
    }

    /// Whoever has the alert silences it; when people are called anew, that is with messages of their
    /// own.
    private static boolean isWanted(Connection connection, Alert alert, Attempt attempt) {
        return alert.isOpen()
                && alert.acknowledgedBy() == null
                && Timeline.list(connection, alert.alertId()).stream()
                        .noneMatch(event -> event.type() == EventType.PEOPLE_CALLED
                                && event.at().isAfter(attempt.startedAt()));
    }

    private static void write(Connection connection, Alert alert, Attempt instead, Instant now) {
        Recipient recipient = People.get(connection, instead.person());
        var step = new Attempts.New(
                alert.alertId(), Attempts.urgency(alert), instead.step(), instead.purpose(), recipient, now);
        Optional<PhoneTrouble> trouble = PhoneTroubles.list(connection, recipient.phone(), now).stream()
                .filter(known -> known.channel() == Channel.SMS)
                .findFirst();
        if (trouble.isPresent()) {
            Attempts.addSkipped(connection, step, Channel.SMS, trouble.get().code());
        } else {
            Attempts.addMessage(connection, step, Channel.SMS);
        }
    }
}
