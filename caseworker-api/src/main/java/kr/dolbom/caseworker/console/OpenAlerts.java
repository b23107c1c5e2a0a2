package kr.dolbom.caseworker.console;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertEvent;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.Attempts;
import org.jspecify.annotations.Nullable;

/// Reads open alerts with what their rows tell, and nothing of any other.
@Singleton
final class OpenAlerts {
    private static final Set<EventType> TOLD = Set.of(
            EventType.CHECK_IN_ASKED,
            EventType.CHECK_IN_ANSWERED,
            EventType.NO_ANSWER,
            EventType.ROBOT_UNREACHABLE,
            EventType.PEOPLE_CALLED,
            EventType.NOBODY_ON_CALL,
            EventType.NOBODY_REACHED,
            EventType.HELD,
            EventType.ACKNOWLEDGED,
            EventType.GIVEN_BACK,
            EventType.HAND_OVER,
            EventType.HAND_OVER_FAILED,
            EventType.AGAIN);

    private final Transactions transactions;

    OpenAlerts(Transactions transactions) {
        this.transactions = transactions;
    }

    /// Those of these alerts that are open, in no order.
    ///
    /// @param alertIds null for all that are open
    List<OpenAlert> list(@Nullable Collection<UUID> alertIds) {
        return transactions.run(connection -> {
            List<Alert> alerts = AlertStore.listOpen(connection, alertIds);
            if (alerts.isEmpty()) {
                return List.of();
            }
            List<UUID> ids = alerts.stream().map(Alert::alertId).toList();
            Map<UUID, List<AlertEvent>> events = Timeline.listOf(connection, ids, TOLD);
            Map<UUID, Attempt> calls = Attempts.listLastCalls(connection, ids);
            Map<Integer, Integer> risks = listRisks(connection, alerts);
            Map<Integer, UUID> offices = listOffices(connection);
            return alerts.stream()
                    .map(alert -> new OpenAlert(
                            alert,
                            offices.getOrDefault(alert.office().officeNo(), new UUID(0, 0)),
                            risks.getOrDefault(alert.resident().residentNo(), 0),
                            events.getOrDefault(alert.alertId(), List.of()),
                            calls.get(alert.alertId())))
                    .toList();
        });
    }

    private static Map<Integer, Integer> listRisks(Connection connection, List<Alert> alerts) {
        record Risk(int residentNo, int score) {}
        return Sql.on(connection, """
                        select r.resident_no, s.score::int as score
                          from unnest(:residents) as r (resident_no)
                         cross join lateral (select score from risk_score s where s.resident_no = r.resident_no
                                              order by s.at desc limit 1) s""")
                .with(
                        "residents",
                        alerts.stream()
                                .map(alert -> alert.resident().residentNo())
                                .distinct()
                                .toArray(Integer[]::new))
                .list(row -> new Risk(row.number("resident_no"), row.number("score")))
                .stream()
                .collect(Collectors.toMap(Risk::residentNo, Risk::score));
    }

    private static Map<Integer, UUID> listOffices(Connection connection) {
        record Office(int officeNo, UUID officeId) {}
        return Sql.on(connection, "select office_no, office_id from office")
                .list(row -> new Office(row.number("office_no"), row.uuid("office_id")))
                .stream()
                .collect(Collectors.toMap(Office::officeNo, Office::officeId));
    }
}
