package kr.dolbom.caseworker.trail;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.PageLimit;
import org.jspecify.annotations.Nullable;

/// Who looked at whom. A supervisor reads what concerns the own office's residents or was done by its people; operators
/// and auditors read all. That it was read is noted as well.
@Controller("/api/v1/audit-events")
@Tag(name = "audit")
@ExecuteOn(TaskExecutors.BLOCKING)
public class AuditApi {
    private static final PageLimit LIMIT = new PageLimit(100, 500);

    private final Transactions transactions;
    private final AuditCheck auditCheck;

    AuditApi(Transactions transactions, AuditCheck auditCheck) {
        this.transactions = transactions;
        this.auditCheck = auditCheck;
    }

    /// A page of events.
    ///
    /// @param events latest first
    /// @param after what `before` is to be for the next page, as these are older; null on the last
    @Introspected
    public record Page(List<AuditRecord> events, @Nullable Long after) {}

    /// Events, latest first.
    ///
    /// @param account only by this login
    /// @param resident only about the resident with this id
    /// @param action only this, such as `alert-read`; `alert-*` for all that begin so
    /// @param from only from this moment on
    /// @param until only before this moment
    /// @param before only those before this number, as `after` of another page says
    /// @param limit events on a page, 1 to 500; missing: 100
    @Get
    @Secured({Role.OPERATOR, Role.AUDITOR, Role.SUPERVISOR})
    Page list(
            @QueryValue @Nullable String account,
            @QueryValue @Nullable UUID resident,
            @QueryValue @Nullable String action,
            @QueryValue @Nullable Instant from,
            @QueryValue @Nullable Instant until,
            @QueryValue @Nullable Long before,
            @QueryValue @Nullable Integer limit,
            @Parameter(hidden = true) Viewer viewer) {
        int count = LIMIT.of(limit);
        var filter = new AuditFilter(account, resident, action, from, until);
        return transactions.run(connection -> {
            List<AuditRecord> found = AuditTrail.list(connection, viewer.officeNo(), filter, before, count + 1);
            AuditLog.write(connection, viewer.actor(), "audit-read", null, filter.detail());
            boolean isLast = found.size() <= count;
            List<AuditRecord> page = isLast ? found : found.subList(0, count);
            return new Page(page, isLast ? null : page.getLast().number());
        });
    }

    /// Walks the whole log and names the first events that are not as they were written.
    @Get("/check")
    @Secured({Role.OPERATOR, Role.AUDITOR})
    AuditVerdict check(@Parameter(hidden = true) Viewer viewer) {
        return auditCheck.check(viewer.actor());
    }
}
