package kr.dolbom.caseworker.quarantine;

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
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.problem.PageLimit;
import org.jspecify.annotations.Nullable;

/// What the broker refused. For operators alone; each answer is noted in the audit log, for every
/// resident whose device's messages it holds.
@Controller("/api/v1/quarantine")
@Tag(name = "quarantine")
@Secured(Role.OPERATOR)
@ExecuteOn(TaskExecutors.BLOCKING)
public class QuarantineApi {
    private static final PageLimit LIMIT = new PageLimit(50, 200);
    private static final int MOST_COUNTS = 1_000;

    private final QuarantineDesk desk;

    QuarantineApi(QuarantineDesk desk) {
        this.desk = desk;
    }

    /// One page of refused messages.
    ///
    /// @param messages the latest first
    /// @param before for the next page; null where this was the last
    @Introspected
    public record Page(
            List<RefusedMessage> messages, @Nullable Long before) {}

    /// Refused messages, the latest first, one page at a time. Of a device that sends much nonsense only
    /// the first of a day are kept; `counts` has all.
    ///
    /// @param device of this device alone; missing: of all
    /// @param reason for this reason alone; missing: for any
    /// @param before the member `before` of the last page; missing: the first page
    /// @param limit messages on a page, 1 to 200; missing: 50
    @Get
    Page list(
            @QueryValue @Nullable String device,
            @QueryValue @Nullable String reason,
            @QueryValue @Nullable Long before,
            @QueryValue @Nullable Integer limit,
            @Parameter(hidden = true) Viewer viewer) {
        int size = LIMIT.of(limit);
        List<RefusedMessage> messages =
                desk.list(viewer, new QuarantineDesk.Wanted(device, reason, null, null), before, size);
        return new Page(
                messages, messages.size() < size ? null : messages.getLast().number());
    }

    /// How many messages were refused, by device, reason and hour, the latest hour first, at most 1,000 lines.
    ///
    /// @param device of this device alone; missing: of all
    /// @param since hours that begin then or later; missing: all that are kept
    @Get("/counts")
    List<RefusalCount> counts(
            @QueryValue @Nullable String device,
            @QueryValue @Nullable Instant since,
            @Parameter(hidden = true) Viewer viewer) {
        return desk.counts(viewer, device, since, MOST_COUNTS);
    }
}
