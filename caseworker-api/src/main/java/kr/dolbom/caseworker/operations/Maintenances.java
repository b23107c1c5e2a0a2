package kr.dolbom.caseworker.operations;

import java.sql.Connection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.notice.Notices;
import org.jspecify.annotations.Nullable;

/// Maintenance as the database has it. All methods work in the caller's transaction.
public final class Maintenances {
    static final String NOTICE = "maintenance";

    private static final String COLUMNS = """
            select m.maintenance_id, o.office_id, o.time_zone, m.begins_at, m.ends_at, m.reason, m.begun_by, m.ended_at,
                   case when m.ended_at is null then (
                       select count(distinct a.alert_id)::int
                         from alert a join resident r using (resident_no) join alert_event e using (alert_id)
                        where r.office_no = m.office_no and a.state <> 'resolved' and a.tier <> 'critical'
                          and e.type = 'held' and e.at >= m.begins_at) else 0 end as held
              from maintenance m join office o using (office_no)
            """;

    private Maintenances() {}

    /// When an office's alerts are held back.
    ///
    /// @param beginsAt from when on
    /// @param endsAt until when
    public record Hold(Instant beginsAt, Instant endsAt) {}

    /// Whether an office's alerts are held back at a moment.
    public static Optional<Hold> find(Connection connection, int officeNo, Instant now) {
        return Sql.on(connection, """
                        select begins_at, ends_at from maintenance
                         where office_no = :office and ended_at is null and ends_at > :now""")
                .with("office", officeNo)
                .with("now", now)
                .find(row -> new Hold(row.instant("begins_at"), row.instant("ends_at")));
    }

    /// One of them, with the office's number.
    record Found(int officeNo, Maintenance maintenance) {}

    static Optional<Found> findAndLock(Connection connection, UUID maintenanceId) {
        return Sql.on(connection, """
                        select office_no from maintenance where maintenance_id = :id for no key update""")
                .with("id", maintenanceId)
                .find(row -> row.number("office_no"))
                .map(office -> new Found(office, get(connection, maintenanceId)));
    }

    static Maintenance get(Connection connection, UUID maintenanceId) {
        return Sql.on(connection, COLUMNS + "where m.maintenance_id = :id")
                .with("id", maintenanceId)
                .get(Maintenances::read);
    }

    /// An office's, newest first.
    static List<Maintenance> list(Connection connection, int officeNo) {
        return Sql.on(connection, COLUMNS + "where m.office_no = :office order by m.begins_at desc limit 100")
                .with("office", officeNo)
                .list(Maintenances::read);
    }

    /// Ends what has expired, of every office or of one.
    ///
    /// @param officeNo null for all
    static void endExpired(Connection connection, @Nullable Integer officeNo, Instant now) {
        Sql.on(connection, """
                        update maintenance set ended_at = ends_at
                         where ended_at is null and ends_at <= :now and (:office::int is null or office_no = :office)
                        returning office_no""")
                .with("now", now)
                .with("office", officeNo)
                .list(row -> row.number("office_no"))
                .forEach(office -> goOn(connection, office, now));
    }

    /// What was held goes on: the supervisors' notice ends and every alert is looked at.
    static void goOn(Connection connection, int officeNo, Instant now) {
        Notices.end(connection, officeNo, NOTICE, "", now);
        lookAround(connection, officeNo);
    }

    /// Has all open alerts of an office looked at, most urgent first.
    static void lookAround(Connection connection, int officeNo) {
        Sql.on(connection, """
                        select a.alert_id from alert a join resident r using (resident_no)
                         where r.office_no = :office and a.state <> 'resolved'
                         order by a.drill, array_position(array['critical', 'urgent', 'check-in', 'review'], a.tier),
                                  a.raised_at, a.alert_id""")
                .with("office", officeNo)
                .list(row -> row.uuid("alert_id"))
                .forEach(alert -> AlertStore.tellAll(connection, alert));
    }

    private static Maintenance read(Row row) {
        ZoneId zone = ZoneId.of(row.text("time_zone"));
        Instant endedAt = row.findInstant("ended_at");
        return new Maintenance(
                row.uuid("maintenance_id"),
                row.uuid("office_id"),
                local(row.instant("begins_at"), zone),
                local(row.instant("ends_at"), zone),
                row.text("reason"),
                row.text("begun_by"),
                endedAt == null ? null : local(endedAt, zone),
                row.number("held"));
    }

    private static OffsetDateTime local(Instant moment, ZoneId zone) {
        return moment.atZone(zone).toOffsetDateTime();
    }
}
