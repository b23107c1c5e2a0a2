package kr.dolbom.caseworker.canary;

import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.escalation.Policies;
import kr.dolbom.caseworker.escalation.PolicyJson;
import kr.dolbom.caseworker.secrecy.SecretColumn;

/// The canary home in the registry: an office of its own with one resident and one phone on call. All
/// methods work in the caller's transaction.
///
/// @param officeNo the database's number of the office
/// @param residentId to whom the canary's device is bound
/// @param phone the number that rings
record CanaryHome(int officeNo, UUID residentId, String phone) {
    private static final String NAME_KO = "카나리";
    private static final String NAME_EN = "Canary";

    /// One call, no text: a ring is proof enough, and nobody reads hundreds of texts a day.
    private static final PolicyJson POLICY = new PolicyJson(
            List.of(new PolicyJson.StepJson(List.of("on-call"), List.of("voice"), 300, 1, false)), 1, false, 300, null);

    static Optional<CanaryHome> find(Connection connection) {
        return Sql.on(connection, """
                        select o.office_no, r.resident_id, c.phone
                          from office o join resident r using (office_no)
                          join caseworker c on c.office_no = o.office_no and c.left_at is null
                         where o.canary""")
                .find(row -> new CanaryHome(
                        row.number("office_no"), row.uuid("resident_id"), row.secret("phone", SecretColumn.PHONE)));
    }

    /// Sets it up, or gives it another phone.
    static CanaryHome set(Connection connection, String phone, String login, Instant now) {
        Optional<CanaryHome> before = find(connection);
        if (before.isPresent()) {
            Sql.on(connection, "update caseworker set phone = :phone where office_no = :office")
                    .with("phone", SecretColumn.PHONE.of(phone))
                    .with("office", before.get().officeNo())
                    .update();
        } else {
            add(connection, phone, login, now);
        }
        return find(connection).orElseThrow();
    }

    private static void add(Connection connection, String phone, String login, Instant now) {
        int office =
                Sql.on(connection, """
                        insert into office (name_ko, name_en, short_name, canary) values (:ko, :en, :ko, true)
                        returning office_no""").with("ko", NAME_KO).with("en", NAME_EN).get(row -> row.number("office_no"));
        Sql.on(connection, """
                        with person as (
                            insert into caseworker (office_no, name, phone) values (:office, :caseworker, :phone)
                            returning caseworker_no
                        ), home as (
                            insert into resident (office_no, caseworker_no, name, birth_year, neighbourhood, address)
                            select :office, caseworker_no, :name, 2000, :neighbourhood, :address from person
                        )
                        insert into on_call_shift (office_no, caseworker_no, position, starts_at)
                        select :office, caseworker_no, 1, :now from person""")
                .with("office", office)
                .with("caseworker", SecretColumn.CASEWORKER_NAME.of(NAME_KO))
                .with("name", SecretColumn.RESIDENT_NAME.of(NAME_KO))
                .with("neighbourhood", NAME_KO)
                .with("address", SecretColumn.RESIDENT_ADDRESS.of(NAME_KO))
                .with("phone", SecretColumn.PHONE.of(phone))
                .with("now", now)
                .update();
        Policies.set(connection, office, Tier.CRITICAL, POLICY, login, NAME_EN, now);
    }

    /// Its alerts that are open.
    static List<UUID> listOpenAlerts(Connection connection) {
        return Sql.on(connection, """
                        select a.alert_id from alert a join resident r using (resident_no) join office o using (office_no)
                         where o.canary and a.state <> 'resolved'""").list(row -> row.uuid("alert_id"));
    }

    /// Closes one of its alerts; does nothing where it is closed.
    static void close(Connection connection, UUID alertId, Instant now) {
        if (!AlertStore.findAndLock(connection, alertId).orElseThrow().isOpen()) {
            return;
        }
        Sql.on(connection, """
                        update alert set state = 'resolved', resolved_at = :now, outcome = 'resident-ok'
                         where alert_id = :alert""").with("now", now).with("alert", alertId).update();
        Timeline.add(connection, alertId, now, EventType.RESOLVED, Timeline.PLATFORM, Map.of("outcome", "resident-ok"));
        AlertStore.tellAll(connection, alertId);
    }
}
