package kr.dolbom.caseworker.audit;

import java.sql.Connection;
import java.util.Collection;
import kr.dolbom.caseworker.database.Sql;
import org.jspecify.annotations.Nullable;

/// Writes the audit log.
public final class AuditLog {
    private AuditLog() {}

    /// Notes that somebody looked at or changed something of a resident.
    ///
    /// @param action what was done, such as `alert-read`
    /// @param residentNo whom it concerns; null when it concerns no resident
    public static void write(Connection connection, Actor actor, String action, @Nullable Integer residentNo) {
        Sql.on(connection, """
                        insert into audit_event (actor, action, resident_no, address)
                        values (:actor, :action, :resident, :address)""")
                .with("actor", actor.name())
                .with("action", action)
                .with("resident", residentNo)
                .with("address", actor.address())
                .update();
    }

    /// Notes the same of several residents.
    public static void write(Connection connection, Actor actor, String action, Collection<Integer> residentNumbers) {
        if (residentNumbers.isEmpty()) {
            return;
        }
        Sql.on(connection, """
                        insert into audit_event (actor, action, resident_no, address)
                        select :actor, :action, unnest(:residents), :address""")
                .with("actor", actor.name())
                .with("action", action)
                .with("residents", residentNumbers.stream().distinct().toArray(Integer[]::new))
                .with("address", actor.address())
                .update();
    }
}
