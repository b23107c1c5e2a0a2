package kr.dolbom.risk.preview;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table `risk_preview`, as one engine works on it. An engine has a job by a lease, by the database's clock: one
/// that is killed renews it no more, and another takes the job from its beginning.
final class Jobs {
    private static final Duration LEASE = Duration.ofMinutes(5);

    /// A job during which so many engines ended is not tried again: it may be the reason.
    private static final int MOST_STARTS = 3;

    private final Connection connection;
    private final UUID worker;

    Jobs(Connection connection, UUID worker) {
        this.connection = connection;
        this.worker = worker;
    }

    /// Takes the one that waits longest, or that another engine has left.
    Optional<Job> take() throws SQLException {
        giveUpHopeless();
        try (PreparedStatement update = connection.prepareStatement("""
                update risk_preview p
                   set state = 'running', worker = ?, starts = starts + 1, progress = 0,
                       leased_until = clock_timestamp() + ? * interval '1 millisecond'
                 where preview_no = (select preview_no from risk_preview
                                      where finished_at is null
                                        and (state = 'waiting' or leased_until < clock_timestamp())
                                      order by preview_no limit 1 for update skip locked)
                returning preview_no, office_no, resident_no, from_at, to_at""")) {
            update.setObject(1, worker);
            update.setLong(2, LEASE.toMillis());
            try (ResultSet row = update.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                long number = row.getLong("preview_no");
                return Optional.of(new Job(
                        number,
                        row.getInt("office_no"),
                        row.getObject("resident_no", Integer.class),
                        proposed(number),
                        row.getObject("from_at", OffsetDateTime.class).toInstant(),
                        row.getObject("to_at", OffsetDateTime.class).toInstant()));
            }
        }
    }

    private void giveUpHopeless() throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update risk_preview
                   set state = 'failed', worker = null, leased_until = null, finished_at = now(),
                       error = 'The engine ended ' || starts || ' times while it worked on this. Ask for a shorter '
                               || 'period; the engine''s log has why it ended.'
                 where finished_at is null and leased_until < clock_timestamp() and starts >= ?""")) {
            update.setInt(1, MOST_STARTS);
            update.executeUpdate();
        }
    }

    private Map<String, @Nullable Integer> proposed(long number) throws SQLException {
        Map<String, @Nullable Integer> proposed = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select e.key, e.value::integer
                  from risk_preview p, jsonb_each_text(p.proposed) e where p.preview_no = ?""")) {
            select.setLong(1, number);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    proposed.put(row.getString(1), row.getObject(2, Integer.class));
                }
            }
        }
        return proposed;
    }

    /// Notes how far a job has come, and keeps it for another while.
    ///
    /// @return false where another engine has it by now
    boolean keep(Job job, double progress) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update risk_preview
                   set progress = ?, leased_until = clock_timestamp() + ? * interval '1 millisecond'
                 where preview_no = ? and worker = ?""")) {
            update.setDouble(1, progress);
            update.setLong(2, LEASE.toMillis());
            update.setLong(3, job.number());
            update.setObject(4, worker);
            return update.executeUpdate() == 1;
        }
    }

    /// Puts a job back, so that no other engine need wait for the lease to end.
    void giveBack(Job job) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update risk_preview
                   set state = 'waiting', worker = null, leased_until = null, progress = 0, starts = starts - 1
                 where preview_no = ? and worker = ?""")) {
            update.setLong(1, job.number());
            update.setObject(2, worker);
            update.executeUpdate();
        }
    }

    void finish(Job job, Result result) throws SQLException {
        end(job, "state = 'done', progress = 1, result = ?::jsonb", result.toJson());
    }

    void fail(Job job, String error) throws SQLException {
        end(job, "state = 'failed', error = ?", error);
    }

    private void end(Job job, String set, String value) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update risk_preview set " + set + """
                , worker = null, leased_until = null, finished_at = now()
                where preview_no = ? and worker = ?""")) {
            update.setString(1, value);
            update.setLong(2, job.number());
            update.setObject(3, worker);
            update.executeUpdate();
        }
    }
}
