package kr.dolbom.caseworker.trail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import org.jspecify.annotations.Nullable;

/// The audit log, read. All methods work in the caller's transaction, which also notes that it was read.
///
/// An office's own is what concerns its residents, and what its people did that concerns no resident;
/// whoever belongs to no office sees all.
public final class AuditTrail {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> DETAIL = new TypeReference<>() {};

    /// The event with who did it, whose caseworker that is (by account, or by one-time link), and whom it concerns.
    static final String PEOPLE = """
            audit_event e
            left join account a on a.login = e.actor
            left join caseworker c on c.caseworker_no = coalesce(a.caseworker_no, (
                select k.caseworker_no from caseworker k
                 where k.caseworker_id = case when e.actor ~ '^link:[0-9a-f-]{36}$' then substr(e.actor, 6)::uuid end))
            left join resident r on r.resident_no = e.resident_no
            """;

    static final String OWN = """
            (:office::int is null or r.office_no = :office
             or (e.resident_no is null and coalesce(c.office_no, a.office_no) = :office))
            """;

    private static final String WANTED = " from " + PEOPLE + " where " + OWN + """
               and (:account::text is null or e.actor = :account)
               and (:resident::uuid is null or r.resident_id = :resident)
               and (:action::text is null
                    or case when :beginning then starts_with(e.action, :action) else e.action = :action end)
               and (:from::timestamptz is null or e.at >= :from)
               and (:until::timestamptz is null or e.at < :until)
            """;

    private AuditTrail() {}

    /// Events, latest first.
    ///
    /// @param officeNo whose office's; null for all
    /// @param before only those with a smaller number; null for the latest
    /// @param count how many at most
    public static List<AuditRecord> list(
            Connection connection, @Nullable Integer officeNo, AuditFilter filter, @Nullable Long before, int count) {
        return bound(Sql.on(connection, """
                        select e.audit_no::text as number, e.at, e.actor, c.caseworker_id, e.action, r.resident_id, e.address,
                               e.detail::text as detail
                        """ + WANTED + """
                           and (:before::bigint is null or e.audit_no < :before)
                         order by e.audit_no desc limit :count"""), officeNo, filter)
                .with("before", before)
                .with("count", count)
                .list(AuditTrail::read);
    }

    /// How often something of residents was seen or changed.
    ///
    /// @param account by whom; null where all are counted together
    /// @param residentId of whom; null where all are counted together
    /// @param count how often
    /// @param last when last
    public record Looks(@Nullable String account, @Nullable UUID residentId, int count, Instant last) {}

    /// At whom they looked, the latest first.
    ///
    /// @param officeNo whose office's; null for all
    /// @param count how many at most
    public static List<Looks> listLookedAt(
            Connection connection, @Nullable Integer officeNo, AuditFilter filter, int count) {
        return looks(connection, "null::text as actor, r.resident_id", "r.resident_id", officeNo, filter, count);
    }

    /// Who looked, the latest first.
    ///
    /// @param officeNo whose office's; null for all
    /// @param count how many at most
    public static List<Looks> listLookers(
            Connection connection, @Nullable Integer officeNo, AuditFilter filter, int count) {
        return looks(connection, "e.actor, null::uuid as resident_id", "e.actor", officeNo, filter, count);
    }

    private static List<Looks> looks(
            Connection connection,
            String columns,
            String group,
            @Nullable Integer officeNo,
            AuditFilter filter,
            int count) {
        return bound(
                        Sql.on(
                                connection,
                                "select " + columns + ", count(*)::int as looks, max(e.at) as last_at " + WANTED
                                        + " and e.resident_no is not null group by " + group
                                        + " order by last_at desc limit :count"),
                        officeNo,
                        filter)
                .with("count", count)
                .list(row -> new Looks(
                        row.findText("actor"),
                        row.findUuid("resident_id"),
                        row.number("looks"),
                        row.instant("last_at")));
    }

    /// The logins whose events there may be.
    ///
    /// @param officeNo whose office's; null for all
    public static List<String> listAccounts(Connection connection, @Nullable Integer officeNo) {
        return Sql.on(connection, """
                        select a.login from account a left join caseworker c using (caseworker_no)
                         where :office::int is null or coalesce(c.office_no, a.office_no) = :office
                         order by a.login""").with("office", officeNo).list(row -> row.text("login"));
    }

    private static Sql bound(Sql sql, @Nullable Integer officeNo, AuditFilter filter) {
        String action = filter.action();
        boolean isBeginning = action != null && action.endsWith("*");
        return sql.with("office", officeNo)
                .with("account", filter.account())
                .with("resident", filter.residentId())
                .with("action", action != null && isBeginning ? action.substring(0, action.length() - 1) : action)
                .with("beginning", isBeginning)
                .with("from", filter.from())
                .with("until", filter.until());
    }

    private static AuditRecord read(Row row) {
        try {
            return new AuditRecord(
                    Long.parseLong(row.text("number")),
                    row.instant("at"),
                    row.text("actor"),
                    row.findUuid("caseworker_id"),
                    row.text("action"),
                    row.findUuid("resident_id"),
                    row.text("address"),
                    JSON.readValue(row.text("detail"), DETAIL));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event's detail is no object of texts", e);
        }
    }
}
