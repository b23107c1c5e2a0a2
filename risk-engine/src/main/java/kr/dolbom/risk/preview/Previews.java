package kr.dolbom.risk.preview;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import kr.dolbom.db.DatabaseConnection;
import kr.dolbom.risk.feed.DatabaseFeed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works out previews, one after the other, on a connection and a thread of its own. The engine's own work comes first:
/// after each stretch it rests for as long as that took, and for longer while the engine is behind.
///
/// One thread uses it. After an exception close it and open another.
public final class Previews implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Previews.class);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(10);
    private static final Duration WHILE_BEHIND = Duration.ofSeconds(1);

    private final Connection connection;
    private final Jobs jobs;
    private final Duration proofWindow;
    private final BooleanSupplier isBehind;

    private Previews(Connection connection, Duration proofWindow, BooleanSupplier isBehind) {
        this.connection = connection;
        this.jobs = new Jobs(connection, UUID.randomUUID());
        this.proofWindow = proofWindow;
        this.isBehind = isBehind;
    }

    /// Connects.
    ///
    /// @param name of the connection
    /// @param proofWindow for how long a message proves that its device is alive
    /// @param isBehind whether the engine has more urgent work
    public static Previews open(
            DatabaseConnection database, String name, Duration proofWindow, BooleanSupplier isBehind)
            throws SQLException {
        Connection connection = DatabaseFeed.connect(database, name);
        // The server may have to sort some hours of everybody's messages before it sends the first row.
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(LONGEST_SILENCE.toMillis()));
        return new Previews(connection, proofWindow, isBehind);
    }

    /// Works out all that wait, or that an engine that is gone has left.
    ///
    /// @throws InterruptedException where the thread is told to stop; the job is then put back
    public void work() throws SQLException, InterruptedException {
        Optional<Job> job = jobs.take();
        while (job.isPresent()) {
            work(job.get());
            job = jobs.take();
        }
    }

    private void work(Job job) throws SQLException, InterruptedException {
        long began = System.nanoTime();
        try {
            jobs.finish(job, OfficeReplay.run(connection, job, proofWindow, (share, took) -> keep(job, share, took)));
            LOG.info(
                    "Worked out a preview previewNo={} officeNo={} residentNo={} millis={}",
                    job.number(),
                    job.officeNo(),
                    job.residentNo(),
                    Duration.ofNanos(System.nanoTime() - began).toMillis());
        } catch (InterruptedException e) {
            jobs.giveBack(job);
            throw e;
        } catch (LostJobException e) {
            LOG.warn("Another engine works on this preview by now, leaving it previewNo={}", job.number());
        } catch (RuntimeException e) {
            LOG.error("Could not work out a preview previewNo={}", job.number(), e);
            jobs.fail(
                    job,
                    "The engine could not work this out (%s); its log has more. Ask for another period, or tell the operator."
                            .formatted(e.getClass().getSimpleName()));
        }
    }

    private void keep(Job job, double share, Duration took) throws SQLException, InterruptedException {
        Duration rest = took;
        do {
            if (!jobs.keep(job, share)) {
                throw new LostJobException();
            }
            Thread.sleep(rest);
            rest = WHILE_BEHIND;
        } while (isBehind.getAsBoolean());
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("The previews' connection was gone already reason={}", e.getMessage());
        }
    }

    private static final class LostJobException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private LostJobException() {
            super("another engine has the job", null, false, false);
        }
    }
}
