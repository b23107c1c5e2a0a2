package kr.dolbom.risk.follow;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import kr.dolbom.db.DatabaseConnection;
import kr.dolbom.db.Databases;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that does its work until it is closed, and begins again from the start whenever the work failed, whatever
/// it failed of.
final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final String name;
    private final Thread thread;
    private final DatabaseConnection database;
    private final Duration retry;
    private final Work work;
    private final Consumer<@Nullable String> trouble;

    /// Opens what it needs, tells when it works, and goes on until interrupted.
    @FunctionalInterface
    interface Work {
        void run(Runnable works) throws SQLException, InterruptedException;
    }

    /// @param trouble is told why the work is not being done, and null when it is
    Loop(String name, DatabaseConnection database, Duration retry, Work work, Consumer<@Nullable String> trouble) {
        this.name = name;
        this.database = database;
        this.retry = retry;
        this.work = work;
        this.trouble = trouble;
        this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Databases.awaitDatabase(database, Databases.FOREVER);
                work.run(() -> trouble.accept(null));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (SQLException e) {
                trouble.accept(e.toString());
                LOG.warn("Lost the database, beginning again loop={} reason=\"{}\"", name, e.getMessage());
                pause();
            } catch (Throwable e) {
                // An Error too: a thread that is gone serves nobody, and nobody would be told. Never without words, as
                // none at all would mean that there is no trouble.
                trouble.accept(e.toString());
                LOG.error("Failed, beginning again loop={}", name, e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(retry);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            if (!thread.join(CLOSING)) {
                LOG.warn("Still running after being asked to stop loop={}", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
