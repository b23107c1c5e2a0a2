package kr.dolbom.caseworker.desk;

import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import kr.dolbom.caseworker.account.RandomToken;
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
import kr.dolbom.caseworker.secrecy.SecretColumn;

/// Shows alerts to those who may see them, and notes each look in the audit log.
@Singleton
public final class AlertViews {
    private static final int VERSION_BYTES = 16;

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
    public record Whole(Alert alert, List<AlertEvent> events, List<Attempt> attempts, List<DeviceCommand> commands) {
        /// Another one whenever any of it is another: whoever names it has seen it.
        public String version() {
            // In every program the same: a map's own order is not.
            List<String> told = events.stream()
                    .map(event ->
                            event.at() + " " + event.type() + " " + event.actor() + " " + new TreeMap<>(event.detail()))
                    .toList();
            String all = "%s %s %s %s".formatted(alert, told, attempts, commands);
            return HexFormat.of().formatHex(RandomToken.hash(all), 0, VERSION_BYTES);
        }
    }

    /// The open alerts that this viewer may see.
    ///
    /// @param action for the audit log
    public List<Alert> listOpen(Viewer viewer, String action) {
        return transactions.run(connection -> {
            List<Alert> alerts = AlertStore.listOpen(connection, viewer.officeNo());
            List<Integer> residents = alerts.stream()
                    .map(alert -> alert.resident().residentNo())
                    .distinct()
                    .toList();
            AuditLog.write(connection, viewer.actor(), action, residents);
            return alerts;
        });
    }

    /// One alert.
    ///
    /// @param action for the audit log
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is none that this viewer may see
    public Whole get(UUID alertId, Viewer viewer, String action) {
        return get(alertId, viewer, action, "");
    }

    /// The same for a page that stays open: what it has shown already is not noted again.
    ///
    /// @param seen the [Whole#version()] that the viewer was shown last; empty for none
    public Whole get(UUID alertId, Viewer viewer, String action, String seen) {
        return transactions.run(connection -> {
            Alert alert = AlertStore.find(connection, alertId, viewer.officeNo())
                    .orElseThrow(() -> Problem.notFound("alert", alertId));
            var whole = new Whole(
                    alert,
                    Timeline.list(connection, alertId),
                    Attempts.list(connection, alertId),
                    robot.listCommands(connection, alertId));
            if (!whole.version().equals(seen)) {
                AuditLog.write(
                        connection, viewer.actor(), action, alert.resident().residentNo());
            }
            return whole;
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
                        row.number("caseworker_no"),
                        row.uuid("caseworker_id"),
                        row.secret("name", SecretColumn.CASEWORKER_NAME))));
    }
}
