package kr.dolbom.db.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import kr.dolbom.db.DatabaseConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server that lives as long as this program, and is started again when it dies before.
final class ForegroundServer {
    private static final Logger LOG = LoggerFactory.getLogger(ForegroundServer.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final DatabaseSettings settings;
    private final @Nullable Path info;
    private @Nullable DatabaseServer server;
    private final AtomicInteger deaths = new AtomicInteger();
    private boolean stopping;

    /// @param info the file that tells how to reach the database; it is there only while that is so
    ForegroundServer(DatabaseSettings settings, @Nullable Path info) {
        this.settings = settings;
        this.info = info;
    }

    /// Returns never; a signal ends the program and with it the server.
    ///
    /// @throws DatabaseServerException when the server cannot be started, at first or again
    void run() throws InterruptedException {
        deleteInfo();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop database"));
        DatabaseServer current = start(settings);
        // A server may die at any moment, also before its schema is up to date; so that goes on beside the watch.
        DatabaseServer first = current;
        FutureTask<Void> ready = new FutureTask<>(() -> makeReady(first), null);
        Thread.ofVirtual().name("schema").start(ready);
        while (true) {
            Thread.sleep(BETWEEN_LOOKS);
            requireNoFailure(ready);
            if (!current.isAlive()) {
                LOG.warn("The database server has died, starting it again");
                deaths.incrementAndGet();
                String address = current.connection().server();
                int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
                current = start(settings.withPort(port));
            }
        }
    }

    private void makeReady(DatabaseServer first) {
        migrate(first);
        writeInfo(first.connection());
        System.out.println("Database ready: " + first.kind().name().toLowerCase(Locale.ROOT) + " at " + first.url()
                + " user " + first.user());
    }

    /// Tries again where the server died meanwhile; the next one has the same address.
    private void migrate(DatabaseServer first) {
        while (true) {
            int before = deaths.get();
            try {
                DatabaseCommand.migrate(first.connection());
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (first.isAlive() && deaths.get() == before) {
                    throw e;
                }
                LOG.warn("The database server died before its schema was up to date, trying again");
            }
        }
    }

    private static void requireNoFailure(FutureTask<Void> task) {
        if (task.state() == Future.State.FAILED) {
            throw new DatabaseServerException(
                    "The schema could not be brought up to date: "
                            + task.exceptionNow().getMessage(),
                    task.exceptionNow());
        }
    }

    private synchronized DatabaseServer start(DatabaseSettings wanted) throws InterruptedException {
        while (stopping) {
            // The program ends any moment; what was stopped must stay so.
            wait();
        }
        server = DatabaseServer.start(wanted);
        return server;
    }

    private synchronized void stop() {
        stopping = true;
        deleteInfo();
        if (server != null) {
            server.close();
        }
    }

    private void writeInfo(DatabaseConnection connection) {
        if (info == null) {
            return;
        }
        Path target = info.toAbsolutePath();
        try {
            Path unfinished = target.resolveSibling(target.getFileName() + ".new");
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(unfinished, """
                    DOLBOM_DB_URL=%s
                    DOLBOM_DB_USER=%s
                    DOLBOM_DB_PASSWORD=%s
                    """.formatted(connection.url(), connection.user(), connection.password()));
            if (settings.external().isEmpty()) {
                Files.writeString(unfinished, "DOLBOM_KEYSET=" + settings.keyset() + "\n", StandardOpenOption.APPEND);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new DatabaseServerException("The file " + target + " could not be written: " + e, e);
        }
    }

    private void deleteInfo() {
        if (info == null) {
            return;
        }
        try {
            Files.deleteIfExists(info);
        } catch (IOException e) {
            throw new DatabaseServerException("The file " + info + " could not be deleted: " + e, e);
        }
    }
}
