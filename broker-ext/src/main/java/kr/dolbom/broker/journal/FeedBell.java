package kr.dolbom.broker.journal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import kr.dolbom.broker.database.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells those who follow telemetry that there is more. A notification takes a lock of the whole
/// database while its transaction commits, and others who notify would wait; so it has a transaction of
/// its own, and one for whatever was stored in the last few milliseconds. Whoever misses it looks a
/// second later anyway.
final class FeedBell {
    private static final Logger LOG = LoggerFactory.getLogger(FeedBell.class);
    private static final Duration BETWEEN = Duration.ofMillis(25);

    private final Semaphore news = new Semaphore(0);
    private final Session session;
    private final Thread thread;
    private volatile boolean closing;

    FeedBell(Session session) {
        this.session = session;
        this.thread = new Thread(this::run, "dolbom-journal-bell");
        thread.setDaemon(true);
        thread.start();
    }

    /// Never waits.
    void ring() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    private void run() {
        try {
            while (!closing) {
                if (news.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                    tell();
                    Thread.sleep(BETWEEN);
                }
            }
        } catch (InterruptedException e) {
            // closing
        }
    }

    private void tell() {
        try {
            session.execute(connection -> {
                try (PreparedStatement notify =
                        connection.prepareStatement("select pg_notify('dolbom_telemetry', '') as nothing")) {
                    notify.execute();
                }
            });
        } catch (SQLException e) {
            LOG.debug("Nobody was told of new telemetry reason=\"{}\"", e.getMessage());
        }
    }

    void close() {
        closing = true;
        thread.interrupt();
        session.close();
    }
}
