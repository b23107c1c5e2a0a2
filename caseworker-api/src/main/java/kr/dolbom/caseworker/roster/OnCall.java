package kr.dolbom.caseworker.roster;

import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.database.Sql;

/// Somebody who is on call.
///
/// @param recipient who
/// @param position 1 is called first
public record OnCall(Recipient recipient, int position) {

    /// Who is on call for this office at this moment, first position first, nobody twice.
    public static List<OnCall> list(Connection connection, int officeNo, Instant now) {
        return Sql.on(connection, """
                        select c.caseworker_no, c.caseworker_id, c.name, c.phone, c.language, s.position
                          from (select caseworker_no, min(position) as position, min(shift_no) as shift_no
                                  from on_call_shift
                                 where office_no = :office and starts_at <= :now
                                   and (ends_at is null or ends_at > :now)
                                 group by caseworker_no) s
                          join caseworker c using (caseworker_no)
                         where c.left_at is null
                         order by s.position, s.shift_no""")
                .with("office", officeNo)
                .with("now", now)
                .list(row -> new OnCall(
                        new Recipient(
                                Alert.Person.caseworker(
                                        row.number("caseworker_no"), row.uuid("caseworker_id"), row.text("name")),
                                row.text("phone"),
                                row.text("language")),
                        row.number("position")));
    }
}
