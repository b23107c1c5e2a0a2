package kr.dolbom.broker.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import kr.dolbom.broker.database.Database;
import kr.dolbom.broker.database.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes out of quarantine what is too old, and the oldest where it is too much: at the start, and
/// every ten minutes. Each transaction deletes a few rows only, so that nobody waits for it; several
/// brokers may do so at once.
final class QuarantineSweep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QuarantineSweep.class);
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(10);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(5);
    private static final int ROWS_AT_ONCE = 2_000;

    private static final String DELETE_OLD = """
            delete from quarantine
             where quarantine_no in (
                   select quarantine_no from quarantine where received_at < ?
                    order by received_at limit ? for update skip locked)""";
    private static final String DELETE_OLD_COUNTS = """
            delete from quarantine_count
             where (device_no, hour, reason) in (
                   select device_no, hour, reason from quarantine_count where hour < ?
                    order by hour limit ? for update skip locked)""";
    private static final String DELETE_OLDEST = """
            with deleted as (
                delete from quarantine
                 where quarantine_no in (
                       select quarantine_no from quarantine
                        order by received_at limit ? for update skip locked)
                returning device_no, reason, date_trunc('hour', received_at, 'UTC') as hour,
                          length(payload) + ? as bytes
            )
            update quarantine_count as count
               set bytes = greatest(0, count.bytes - gone.bytes)
              from (select device_no, hour, reason, sum(bytes) as bytes from deleted group by 1, 2, 3) as gone
             where (count.device_no, count.hour, count.reason) = (gone.device_no, gone.hour, gone.reason)""";

    private final Session session;
    private final QuarantineTable table;
    private final QuarantineBounds bounds;
    private final InstantSource clock;
    private final Thread thread;

    QuarantineSweep(Session session, QuarantineTable table, QuarantineBounds bounds, InstantSource clock) {
        this.session = session;
        this.table = table;
        this.bounds = bounds;
        this.clock = clock;
        thread = new Thread(this::run, "dolbom-quarantine");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
        session.close();
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            Duration pause = BETWEEN_SWEEPS;
            try {
                sweep();
            } catch (SQLException e) {
                LOG.debug("Quarantine waits for the database reason=\"{}\"", Database.reason(e));
                pause = BETWEEN_ATTEMPTS;
            } catch (RuntimeException | Error e) {
                LOG.error("Quarantine could not be swept, trying again", e);
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /// Deletes until nothing is too old or too much, and tells the table how much room there is.
    void sweep() throws SQLException {
        Instant since = clock.instant().minus(bounds.keep());
        int rows = deleteAll(connection -> deleteBefore(connection, DELETE_OLD, since));
        int counts = deleteAll(connection -> deleteBefore(connection, DELETE_OLD_COUNTS, since));
        long bytes = session.commit(QuarantineTable::bytes);
        // From nine tenths full down to eight, so that the next message finds room.
        if (bytes > bounds.mostBytes() / 10 * 9) {
            long wanted = bounds.mostBytes() / 10 * 8;
            int deleted = ROWS_AT_ONCE;
            while (bytes > wanted && deleted > 0) {
                deleted = session.commit(QuarantineSweep::deleteOldest);
                bytes = session.commit(QuarantineTable::bytes);
            }
            LOG.warn(
                    "Quarantine was full, the oldest messages are deleted bytes={} most={}", bytes, bounds.mostBytes());
        }
        table.setRoom(bounds.mostBytes() - bytes);
        if (rows + counts > 0) {
            LOG.info("Quarantine was swept messages={} counts={}", rows, counts);
        }
    }

    private int deleteAll(Session.Work<Integer> some) throws SQLException {
        int total = 0;
        int deleted;
        do {
            deleted = session.commit(some);
            total += deleted;
        } while (deleted == ROWS_AT_ONCE);
        return total;
    }

    private static int deleteBefore(Connection connection, String sql, Instant since) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setObject(1, since.atOffset(ZoneOffset.UTC));
            delete.setInt(2, ROWS_AT_ONCE);
            return delete.executeUpdate();
        }
    }

    /// How many counts were changed by it; 0: there was nothing to delete.
    private static int deleteOldest(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE_OLDEST)) {
            delete.setInt(1, ROWS_AT_ONCE);
            delete.setInt(2, QuarantineTable.BYTES_A_ROW);
            return delete.executeUpdate();
        }
    }
}
