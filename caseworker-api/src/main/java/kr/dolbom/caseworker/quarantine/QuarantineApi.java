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
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// What the broker refused. For operators alone; each answer is noted in the audit log, for every
/// resident whose device's messages it holds.
@Controller("/api/v1/quarantine")
@Tag(name = "quarantine")
@Secured(Role.OPERATOR)
@ExecuteOn(TaskExecutors.BLOCKING)
public class QuarantineApi {
    private static final int MOST_MESSAGES = 200;
    private static final int USUAL_MESSAGES = 50;
    private static final int MOST_COUNTS = 1_000;

    private final Transactions transactions;

    QuarantineApi(Transactions transactions) {
        this.transactions = transactions;
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
        int size = limit == null ? USUAL_MESSAGES : limit;
        if (size < 1 || size > MOST_MESSAGES) {
            throw Problem.invalid("limit", limit, "1 to " + MOST_MESSAGES);
        }
        List<RefusedMessage> messages = transactions.run(connection -> {
            checkDevice(connection, device);
            List<RefusedMessage> found = Sql.on(connection, """
                            select quarantine_no::text as number, received_at, device_id, topic, reason, reason_code::integer,
                                   pointer, detail, translate(encode(payload, 'base64'), E'\\n', '') as payload,
                                   payload_length
                              from quarantine
                             where (:device::text is null or device_id = :device)
                               and (:reason::text is null or reason = :reason)
                               and (:before::bigint is null or quarantine_no < :before)
                             order by quarantine_no desc
                             limit :limit""")
                    .with("device", device)
                    .with("reason", reason)
                    .with("before", before)
                    .with("limit", size)
                    .list(RefusedMessage::read);
            audit(
                    connection,
                    viewer,
                    found.stream().map(RefusedMessage::deviceId).toList());
            return found;
        });
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
        return transactions.run(connection -> {
            checkDevice(connection, device);
            List<RefusalCount> found = Sql.on(connection, """
                            select device.device_id, count.reason, count.hour, count.messages::text as messages,
                                   count.kept, count.first_at, count.last_at
                              from quarantine_count as count join device using (device_no)
                             where (:device::text is null or device.device_id = :device)
                               and (:since::timestamptz is null or count.hour >= :since)
                             order by count.hour desc, device.device_id, count.reason
                             limit :limit""")
                    .with("device", device)
                    .with("since", since)
                    .with("limit", MOST_COUNTS)
                    .list(RefusalCount::read);
            audit(connection, viewer, found.stream().map(RefusalCount::deviceId).toList());
            return found;
        });
    }

    private static void checkDevice(Connection connection, @Nullable String device) {
        if (device != null
                && Sql.on(connection, "select device_no from device where device_id = :device")
                        .with("device", device)
                        .list(row -> row)
                        .isEmpty()) {
            throw Problem.notFound("device", device);
        }
    }

    private static void audit(Connection connection, Viewer viewer, List<String> devices) {
        List<Integer> residents = Sql.on(connection, """
                        select distinct resident_no
                          from device
                         where device_id = any (:devices) and resident_no is not null""")
                .with("devices", devices.toArray(String[]::new))
                .list(row -> row.number("resident_no"));
        if (residents.isEmpty()) {
            AuditLog.write(connection, viewer.actor(), "quarantine-read", (Integer) null);
        } else {
            AuditLog.write(connection, viewer.actor(), "quarantine-read", residents);
        }
    }
}
