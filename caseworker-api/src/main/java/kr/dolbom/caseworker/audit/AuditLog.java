package kr.dolbom.caseworker.audit;

import java.sql.Connection;
import java.util.Collection;
import java.util.Map;
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

    /// Notes the same with what else is to be known.
    ///
    /// @param detail names and values, never a secret
    public static void write(
            Connection connection,
            Actor actor,
            String action,
            @Nullable Integer residentNo,
            Map<String, String> detail) {
        Sql.on(connection, """
                        insert into audit_event (actor, action, resident_no, address, detail)
                        values (:actor, :action, :resident, :address, jsonb_object(:names, :values))""")
                .with("actor", actor.name())
                .with("action", action)
                .with("resident", residentNo)
                .with("address", actor.address())
                .with("names", detail.keySet().toArray(String[]::new))
                .with("values", detail.values().toArray(String[]::new))
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
