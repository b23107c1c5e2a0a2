package kr.dolbom.caseworker.escalation;

import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.database.Sql;

/// Somebody who is on call.
///
/// @param caseworkerNo the database's number
/// @param caseworkerId the public id
/// @param name without a title
/// @param phone the number to call, E.164
/// @param language `ko` or `en`
public record OnCall(int caseworkerNo, UUID caseworkerId, String name, String phone, String language) {

    /// Who is on call for this office at this moment, first position first, nobody twice.
    public static List<OnCall> list(Connection connection, int officeNo, Instant now) {
        return Sql.on(connection, """
                        select c.caseworker_no, c.caseworker_id, c.name, c.phone, c.language
                          from (select caseworker_no, min(position) as position, min(shift_no) as shift_no
                                  from on_call_shift
                                 where office_no = :office and starts_at <= :now
                                   and (ends_at is null or ends_at > :now)
                                 group by caseworker_no) s
                          join caseworker c using (caseworker_no)
                         order by s.position, s.shift_no""")
                .with("office", officeNo)
                .with("now", now)
                .list(row -> new OnCall(
                        row.number("caseworker_no"),
                        row.uuid("caseworker_id"),
                        row.text("name"),
                        row.text("phone"),
                        row.text("language")));
    }
}
