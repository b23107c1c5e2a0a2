package kr.dolbom.caseworker.desk;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertEvent;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.Attempts;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.robot.DeviceCommand;
import kr.dolbom.caseworker.robot.Robot;

/// Shows alerts to those who may see them, and notes each look in the audit log.
@Singleton
public final class AlertViews {
    private final Transactions transactions;
    private final Robot robot;

    AlertViews(Transactions transactions, Robot robot) {
        this.transactions = transactions;
        this.robot = robot;
    }

    /// An alert with all that happened.
    ///
    /// @param alert the alert
    /// @param events its timeline, oldest first
    /// @param attempts the attempts to reach somebody, oldest first
    /// @param commands what devices were told to do, oldest first
    public record Whole(Alert alert, List<AlertEvent> events, List<Attempt> attempts, List<DeviceCommand> commands) {}

    /// The open alerts that this viewer may see.
    ///
    /// @param action for the audit log
    /// @param shown the residents whom this viewer was shown before, who are not noted again; new ones
    ///     are added
    public List<Alert> listOpen(Viewer viewer, String action, Set<Integer> shown) {
        return transactions.run(connection -> {
            List<Alert> alerts = AlertStore.listOpen(connection, viewer.officeNo());
            List<Integer> news = alerts.stream()
                    .map(alert -> alert.resident().residentNo())
                    .filter(shown::add)
                    .toList();
            AuditLog.write(connection, viewer.actor(), action, news);
            return alerts;
        });
    }

    /// One alert.
    ///
    /// @param action for the audit log
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is none that this viewer may see
    public Whole get(UUID alertId, Viewer viewer, String action) {
        return transactions.run(connection -> {
            Alert alert = AlertStore.find(connection, alertId, viewer.officeNo())
                    .orElseThrow(() -> Problem.notFound("alert", alertId));
            AuditLog.write(connection, viewer.actor(), action, alert.resident().residentNo());
            return new Whole(
                    alert,
                    Timeline.list(connection, alertId),
                    Attempts.list(connection, alertId),
                    robot.listCommands(connection, alertId));
        });
    }

    /// The caseworker that this viewer is.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when it is an operator: only a named
    ///     person is reached
    public Alert.Person getPerson(Viewer viewer) {
        return findPerson(viewer)
                .orElseThrow(() -> Problem.forbidden("Only a caseworker can take an alert; '%s' is an operator."
                        .formatted(viewer.account().login())));
    }

    /// The caseworker that this viewer is, empty for an operator.
    public Optional<Alert.Person> findPerson(Viewer viewer) {
        Integer number = viewer.account().caseworkerNo();
        if (number == null) {
            return Optional.empty();
        }
        return transactions.run(connection -> Sql.on(connection, """
                        select caseworker_no, caseworker_id, name from caseworker where caseworker_no = :number""")
                .with("number", number)
                .find(row -> Alert.Person.caseworker(
                        row.number("caseworker_no"), row.uuid("caseworker_id"), row.text("name"))));
    }
}
