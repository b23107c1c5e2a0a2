package kr.dolbom.caseworker.alert;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// Reads alerts, and tells everybody who listens when one has changed.
public final class AlertStore {
    /// The channel on which it is told that an alert is to be looked at: one was raised, or something happened to it
    /// that no instance of this program has seen. The payload is its id.
    public static final String LOOK_CHANNEL = "dolbom_alert";

    /// The channel on which every other change of an alert is told, for pages that show it; the payload is its id.
    public static final String CHANGE_CHANNEL = "dolbom_alert_changed";

    private static final String COLUMNS = """
            select a.alert_id, a.family, a.tier, a.state, a.reason_ko, a.reason_en, a.moment, a.raised_at,
                   a.acknowledged_at, a.acknowledged_by, a.acknowledged_guardian,
                   coalesce(c.caseworker_id, g.guardian_id) as owner_id, coalesce(c.name, g.name) as owner_name,
                   a.resolved_at, a.outcome, a.outcome_note, a.drill, a.snoozed_until, a.confirmed_at,
                   a.emergency_called_at,
                   r.resident_no, r.resident_id, r.name, r.birth_year, r.neighbourhood, r.address, r.phone, r.language,
                   r.caseworker_no as own_caseworker_no, r.answer_seconds,
                   o.office_no, o.name_ko, o.name_en, o.short_name
              from alert a
              join resident r using (resident_no)
              join office o on o.office_no = r.office_no
              left join caseworker c on c.caseworker_no = a.acknowledged_by
              left join guardian g on g.guardian_no = a.acknowledged_guardian
            """;

    private AlertStore() {}

    /// The alert, locked until the transaction ends: nobody else can move it meanwhile.
    public static Optional<Alert> findAndLock(Connection connection, UUID alertId) {
        // Locked first and read afterwards: a locking query that waited would join the new row with what stood
        // elsewhere
        // before the wait, and so miss who has taken the alert meanwhile.
        Sql.on(connection, "select alert_id from alert where alert_id = :alert for no key update")
                .with("alert", alertId)
                .list(row -> row.uuid("alert_id"));
        return find(connection, alertId, null);
    }

    /// The alert, if it is of this office.
    ///
    /// @param officeNo null for every office
    public static Optional<Alert> find(Connection connection, UUID alertId, @Nullable Integer officeNo) {
        return Sql.on(connection, COLUMNS + """
                        where a.alert_id = :alert and (:office::int is null or o.office_no = :office)""")
                .with("alert", alertId)
                .with("office", officeNo)
                .find(AlertStore::read);
    }

    /// The open alerts of this office, and never the canary home's: most urgent first, those that nobody
    /// has taken before the others, oldest first.
    ///
    /// @param officeNo null for every office
    public static List<Alert> listOpen(Connection connection, @Nullable Integer officeNo) {
        return Sql.on(connection, COLUMNS + """
                        where a.state <> 'resolved' and (:office::int is null or o.office_no = :office) and not o.canary
                        order by a.state = 'acknowledged',
                                 array_position(array['critical', 'urgent', 'check-in', 'review'], a.tier),
                                 a.raised_at, a.alert_id
                        limit 1000""").with("office", officeNo).list(AlertStore::read);
    }

    /// Those of these alerts that are open, but for the canary home's, in no order.
    ///
    /// @param alertIds null for all that are open
    public static List<Alert> listOpen(Connection connection, @Nullable Collection<UUID> alertIds) {
        String only = alertIds == null ? "" : " and a.alert_id = any(:alerts::uuid[])";
        return Sql.on(connection, COLUMNS + "where a.state <> 'resolved' and not o.canary" + only)
                .with("alerts", texts(alertIds == null ? List.of() : alertIds))
                .list(AlertStore::read);
    }

    /// Ids as an array for SQL, to be cast to `uuid[]`.
    public static String[] texts(Collection<UUID> alertIds) {
        return alertIds.stream().map(UUID::toString).toArray(String[]::new);
    }

    /// Gives the alert to somebody from now on.
    public static void give(Connection connection, UUID alertId, Alert.Person person, Instant now) {
        Sql.on(connection, """
                        update alert set state = 'acknowledged', acknowledged_at = :now, confirmed_at = null,
                                         snoozed_until = null,
                                         acknowledged_by = :caseworker, acknowledged_guardian = :guardian
                         where alert_id = :alert""")
                .with("now", now)
                .with("caseworker", person.kind() == PersonKind.CASEWORKER ? person.number() : null)
                .with("guardian", person.kind() == PersonKind.GUARDIAN ? person.number() : null)
                .with("alert", alertId)
                .update();
    }

    /// Tells pages that the alert has changed, once this transaction is committed. Nobody decides anything upon it.
    public static void tellChange(Connection connection, UUID alertId) {
        tell(connection, CHANGE_CHANNEL, alertId);
    }

    /// Has every instance look at the alert, once this transaction is committed.
    public static void tellAll(Connection connection, UUID alertId) {
        tell(connection, LOOK_CHANNEL, alertId);
    }

    private static void tell(Connection connection, String channel, UUID alertId) {
        Sql.on(connection, "select pg_notify(:channel, :alert)::text as told")
                .with("channel", channel)
                .with("alert", alertId.toString())
                .list(row -> row);
    }

    private static Alert read(Row row) {
        String outcome = row.findText("outcome");
        Integer seconds = row.findNumber("answer_seconds");
        return new Alert(
                row.uuid("alert_id"),
                row.text("family"),
                Tier.get(row.text("tier")),
                row.text("state"),
                row.text("reason_ko"),
                row.text("reason_en"),
                row.instant("moment"),
                row.instant("raised_at"),
                row.findInstant("acknowledged_at"),
                readOwner(row),
                row.findInstant("resolved_at"),
                outcome == null ? null : Outcome.get(outcome),
                row.findText("outcome_note"),
                row.flag("drill"),
                row.findInstant("snoozed_until"),
                row.findInstant("confirmed_at"),
                row.findInstant("emergency_called_at"),
                new Alert.Resident(
                        row.number("resident_no"),
                        row.uuid("resident_id"),
                        row.secret("name", SecretColumn.RESIDENT_NAME),
                        row.number("birth_year"),
                        row.text("neighbourhood"),
                        row.secret("address", SecretColumn.RESIDENT_ADDRESS),
                        row.findSecret("phone", SecretColumn.PHONE),
                        row.text("language"),
                        row.findNumber("own_caseworker_no"),
                        seconds == null ? null : Duration.ofSeconds(seconds)),
                new Alert.Office(
                        row.number("office_no"), row.text("name_ko"), row.text("name_en"), row.text("short_name")));
    }

    private static Alert.@Nullable Person readOwner(Row row) {
        Integer caseworker = row.findNumber("acknowledged_by");
        Integer guardian = row.findNumber("acknowledged_guardian");
        if (caseworker != null) {
            return Alert.Person.caseworker(
                    caseworker, row.uuid("owner_id"), row.secret("owner_name", SecretColumn.CASEWORKER_NAME));
        }
        return guardian == null
                ? null
                : new Alert.Person(
                        PersonKind.GUARDIAN,
                        guardian,
                        row.uuid("owner_id"),
                        row.secret("owner_name", SecretColumn.GUARDIAN_NAME));
    }
}
