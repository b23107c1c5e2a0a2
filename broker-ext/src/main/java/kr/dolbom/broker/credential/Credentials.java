package kr.dolbom.broker.credential;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import kr.dolbom.broker.access.Admission;
import kr.dolbom.broker.database.Database;
import kr.dolbom.broker.database.Session;
import kr.dolbom.broker.registry.Device;
import kr.dolbom.broker.registry.DeviceRegistry;
import kr.dolbom.contract.identity.DeviceSecret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Changes devices' credentials in the database and then in memory, one after the other in a thread of
/// its own. While the database is away it tries again until the hold is over. Safe for use by many
/// threads; no call waits.
public final class Credentials implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(250);
    private static final int MOST_WAITING = 10_000;

    private final Session session;
    private final DeviceRegistry devices;
    private final Duration hold;
    private final InstantSource clock;
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(MOST_WAITING), task -> {
                Thread made = new Thread(task, "dolbom-credentials");
                made.setDaemon(true);
                // HiveMQ's services are found by the thread's class loader.
                made.setContextClassLoader(Credentials.class.getClassLoader());
                return made;
            });

    /// What became of a new secret.
    enum Outcome {
        /// It is on disk.
        SET,
        /// What the connection was let in by is worth nothing any more.
        REFUSED,
        /// It could not be stored in time.
        BUSY
    }

    /// Opens nothing yet.
    ///
    /// @param session a connection for this alone
    /// @param hold    how long to wait for an absent database
    public Credentials(Session session, DeviceRegistry devices, Duration hold, InstantSource clock) {
        this.session = session;
        this.devices = devices;
        this.hold = hold;
        this.clock = clock;
    }

    /// Sets a device's new secret; never fails with an exception.
    CompletableFuture<Outcome> set(Device device, Admission admission, DeviceSecret secret) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Session.Work<Boolean> work =
                connection -> CredentialTable.set(connection, device.number(), admission, secret, clock.instant());
        submit(device, work, outcome);
        return outcome;
    }

    /// A device came with a secret: drops those that are older. What cannot be dropped in time is
    /// dropped the next time the device comes.
    public void dropOlder(Device device, int credential) {
        Session.Work<Boolean> work = connection -> {
            CredentialTable.dropOlder(connection, device.number(), credential, clock.instant());
            return true;
        };
        submit(device, work, new CompletableFuture<>());
    }

    private void submit(Device device, Session.Work<Boolean> work, CompletableFuture<Outcome> outcome) {
        Instant until = clock.instant().plus(hold);
        try {
            thread.execute(() -> {
                try {
                    outcome.complete(attempt(device, work, until));
                } catch (RuntimeException | Error e) {
                    LOG.error("A credential could not be changed device={}", device.id(), e);
                    outcome.complete(Outcome.BUSY);
                }
            });
        } catch (RejectedExecutionException e) {
            outcome.complete(Outcome.BUSY);
        }
    }

    private Outcome attempt(Device device, Session.Work<Boolean> work, Instant until) {
        while (true) {
            try {
                boolean done = session.commit(work);
                devices.lookUp(device.id().value());
                return done ? Outcome.SET : Outcome.REFUSED;
            } catch (SQLException e) {
                if (!clock.instant().isBefore(until)) {
                    LOG.warn(
                            "A credential could not be changed device={} reason=\"{}\"",
                            device.id(),
                            Database.reason(e));
                    return Outcome.BUSY;
                }
            }
            try {
                Thread.sleep(BETWEEN_ATTEMPTS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Outcome.BUSY;
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        session.close();
    }
}
