package kr.dolbom.caseworker.quarantine;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// What the broker refused. Each answer is noted in the audit log, for every resident whose device's messages it
/// holds. Safe for use by many threads.
@Singleton
public final class QuarantineDesk {
    private final Transactions transactions;

    QuarantineDesk(Transactions transactions) {
        this.transactions = transactions;
    }

    /// Which messages.
    ///
    /// @param device of this device alone; null: of all
    /// @param reason for this reason alone; null: for any
    /// @param vendor of this vendor's devices alone; null: of all
    /// @param officeNo of the devices in the homes of this office alone; null: of all
    public record Wanted(
            @Nullable String device,
            @Nullable String reason,
            @Nullable String vendor,
            @Nullable Integer officeNo) {}

    /// Refused messages, the latest first.
    ///
    /// @param before those before this number alone; null: from the latest on
    /// @param limit how many at most
    public List<RefusedMessage> list(Viewer viewer, Wanted wanted, @Nullable Long before, int limit) {
        return transactions.run(connection -> {
            checkDevice(connection, wanted.device());
            List<RefusedMessage> found = Sql.on(connection, """
                            select quarantine_no::text as number, received_at, device_id, topic, reason, reason_code::integer,
                                   pointer, detail, translate(encode(payload, 'base64'), E'\\n', '') as payload,
                                   payload_length
                              from quarantine
                             where (:device::text is null or device_id = :device)
                               and (:reason::text is null or reason = :reason)
                               and (:vendor::text is null
                                    or device_no in (select device_no from device where vendor = :vendor))
                               and (:office::integer is null
                                    or device_no in (select device_no from device join resident using (resident_no)
                                                      where office_no = :office))
                               and (:before::bigint is null or quarantine_no < :before)
                             order by quarantine_no desc
                             limit :limit""")
                    .with("device", wanted.device())
                    .with("reason", wanted.reason())
                    .with("vendor", wanted.vendor())
                    .with("office", wanted.officeNo())
                    .with("before", before)
                    .with("limit", limit)
                    .list(RefusedMessage::read);
            audit(
                    connection,
                    viewer,
                    found.stream().map(RefusedMessage::deviceId).toList());
            return found;
        });
    }

    /// How many messages were refused, by device, reason and hour, the latest hour first.
    ///
    /// @param device of this device alone; null: of all
    /// @param since hours that begin then or later; null: all that are kept
    /// @param limit how many lines at most
    List<RefusalCount> counts(Viewer viewer, @Nullable String device, @Nullable Instant since, int limit) {
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
                    .with("limit", limit)
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
