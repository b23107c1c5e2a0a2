package kr.dolbom.caseworker.response;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;

/// The hours of a day in which nothing but what is urgent is asked or told, from the settings `quiet.begins` and
/// `quiet.ends` of the resident, the office, or all.
///
/// @param begins the time of day; the same as `ends` for no quiet hours at all
/// @param ends the time of day; before `begins` where they go over midnight
/// @param zone whose time of day
public record QuietHours(LocalTime begins, LocalTime ends, ZoneId zone) {

    /// Those of a resident.
    public static QuietHours get(Connection connection, int residentNo) {
        return Sql.on(connection, """
                        select o.time_zone, b.value as begins, e.value as ends
                          from resident r join office o using (office_no),
                               lateral (select coalesce(
                                   (select value from risk_setting_change c where c.resident_no = r.resident_no
                                       and name = 'quiet.begins' order by change_no desc limit 1),
                                   (select value from risk_setting_change c where c.office_no = r.office_no
                                       and name = 'quiet.begins' order by change_no desc limit 1),
                                   (select usual from risk_setting where name = 'quiet.begins')) as value) b,
                               lateral (select coalesce(
                                   (select value from risk_setting_change c where c.resident_no = r.resident_no
                                       and name = 'quiet.ends' order by change_no desc limit 1),
                                   (select value from risk_setting_change c where c.office_no = r.office_no
                                       and name = 'quiet.ends' order by change_no desc limit 1),
                                   (select usual from risk_setting where name = 'quiet.ends')) as value) e
                         where r.resident_no = :resident""").with("resident", residentNo).get(QuietHours::read);
    }

    /// Those of an office.
    public static QuietHours ofOffice(Connection connection, int officeNo) {
        return Sql.on(connection, """
                        select o.time_zone,
                               coalesce((select value from risk_setting_change c where c.office_no = o.office_no
                                            and name = 'quiet.begins' order by change_no desc limit 1),
                                        (select usual from risk_setting where name = 'quiet.begins')) as begins,
                               coalesce((select value from risk_setting_change c where c.office_no = o.office_no
                                            and name = 'quiet.ends' order by change_no desc limit 1),
                                        (select usual from risk_setting where name = 'quiet.ends')) as ends
                          from office o where o.office_no = :office""").with("office", officeNo).get(QuietHours::read);
    }

    private static QuietHours read(Row row) {
        return new QuietHours(
                LocalTime.MIDNIGHT.plus(Duration.ofMinutes(row.number("begins"))),
                LocalTime.MIDNIGHT.plus(Duration.ofMinutes(row.number("ends"))),
                ZoneId.of(row.text("time_zone")));
    }

    /// Whether a time of day falls into them.
    public boolean contains(LocalTime time) {
        return ends.isBefore(begins)
                ? !time.isBefore(begins) || time.isBefore(ends)
                : !time.isBefore(begins) && time.isBefore(ends);
    }

    /// When the quiet hours that a moment falls into end; empty outside of them.
    public Optional<Instant> endAfter(Instant moment) {
        ZonedDateTime local = moment.atZone(zone);
        LocalTime time = local.toLocalTime();
        if (!contains(time)) {
            return Optional.empty();
        }
        boolean endsTomorrow = ends.isBefore(begins) && !time.isBefore(begins);
        return Optional.of(local.toLocalDate()
                .plusDays(endsTomorrow ? 1 : 0)
                .atTime(ends)
                .atZone(zone)
                .toInstant());
    }
}
