package kr.dolbom.broker;

import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import kr.dolbom.broker.access.Admissions;
import kr.dolbom.broker.command.CommandOutbox;
import kr.dolbom.broker.database.Database;
import kr.dolbom.broker.database.Notifications;
import kr.dolbom.broker.database.Session;
import kr.dolbom.broker.ingest.Disconnector;
import kr.dolbom.broker.presence.BrokerLife;
import kr.dolbom.broker.registry.DeviceRegistry;
import kr.dolbom.broker.registry.RevokedCertificates;
import kr.dolbom.broker.registry.ServiceRegistry;
import kr.dolbom.contract.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits for the database when the extension starts, and from then on keeps the registry as the
/// database has it: at once where `dolbom_device` tells, and every two seconds in case nobody did, or
/// nobody heard, since whoever listens has a thread and a connection of its own. Who may not stay any
/// more is disconnected. While the database is away what memory knows goes on to hold.
final class RegistryWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryWatch.class);
    private static final String DEVICE = "dolbom_device";
    private static final String COMMAND = "dolbom_command";
    private static final Duration BETWEEN_RELOADS = Duration.ofSeconds(2);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final Database database;
    private final Session session;
    private final DeviceRegistry devices;
    private final ServiceRegistry services;
    private final RevokedCertificates revoked;
    private final Admissions admissions;
    private final Disconnector disconnector;
    private final CommandOutbox commands;
    private final InstantSource clock;
    private final BrokerLife life;
    private final Thread reader;
    private final Thread listener;
    private final Semaphore changed = new Semaphore(0);
    private volatile boolean started;
    private volatile boolean reachable;
    private volatile boolean closing;
    private long lastLineNanos = System.nanoTime() - BETWEEN_LINES.toNanos();

    /// @param session what all registries read by
    RegistryWatch(
            Database database,
            Session session,
            DeviceRegistry devices,
            ServiceRegistry services,
            RevokedCertificates revoked,
            Admissions admissions,
            Disconnector disconnector,
            CommandOutbox commands,
            InstantSource clock) {
        this.database = database;
        this.session = session;
        this.devices = devices;
        this.services = services;
        this.revoked = revoked;
        this.admissions = admissions;
        this.disconnector = disconnector;
        this.commands = commands;
        this.clock = clock;
        this.life = new BrokerLife(session);
        reader = new Thread(this::read, "dolbom-registry");
        reader.setDaemon(true);
        listener = new Thread(this::listen, "dolbom-notifications");
        listener.setDaemon(true);
    }

    void start() {
        reader.start();
        listener.start();
    }

    /// Whether the registry was read once; before, no device may come in.
    boolean hasStarted() {
        return started;
    }

    /// Whether the database answered when it was last asked.
    boolean isReachable() {
        return started && reachable;
    }

    @Override
    public void close() {
        closing = true;
        reader.interrupt();
        listener.interrupt();
        try {
            life.stopped(clock.instant());
        } catch (SQLException e) {
            LOG.debug("It could not be written down that the broker stops", e);
        }
        session.close();
    }

    private void read() {
        while (!closing) {
            Duration pause = BETWEEN_RELOADS;
            try {
                life.alive(clock.instant());
                reload();
            } catch (SQLException e) {
                reachable = false;
                pause = BETWEEN_ATTEMPTS;
                sayThatWeWait(e);
            } catch (RuntimeException | Error e) {
                reachable = false;
                pause = BETWEEN_ATTEMPTS;
                LOG.error("The registry could not be read, trying again", e);
            }
            try {
                if (changed.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    changed.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void reload() throws SQLException {
        devices.reload();
        services.reload();
        revoked.reload();
        reachable = true;
        if (!started) {
            started = true;
            LOG.info("The database is there, devices may connect database={}", database);
        }
        disconnectWithdrawn();
    }

    private void listen() {
        while (!closing) {
            try (Notifications notifications = new Notifications(database, Set.of(DEVICE, COMMAND))) {
                // What was told while nobody listened.
                changed.release();
                commands.look();
                while (!closing) {
                    for (Notifications.Notification told : notifications.await(BETWEEN_RELOADS)) {
                        switch (told.channel()) {
                            case DEVICE -> changed(told.payload());
                            case COMMAND -> commands.look();
                            default -> {}
                        }
                    }
                }
            } catch (SQLException e) {
                LOG.debug("Nobody listens to the database, trying again", e);
            } catch (RuntimeException | Error e) {
                LOG.error("A notification could not be followed, trying again", e);
            }
            try {
                Thread.sleep(BETWEEN_ATTEMPTS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /// @param deviceId what has changed; where it is empty, anything but a device
    private void changed(String deviceId) throws SQLException {
        if (deviceId.isEmpty()) {
            changed.release();
        } else {
            devices.lookUp(deviceId);
            disconnectWithdrawn();
        }
    }

    private void disconnectWithdrawn() {
        for (String client : admissions.listWithdrawn()) {
            LOG.info("A client is not to be connected any more, it is disconnected client={}", client);
            // It is tried until it is done, and said in the log when it is not.
            CompletableFuture<Void> unused =
                    disconnector.disconnect(client, DisconnectReasonCode.NOT_AUTHORIZED, Reason.NOT_AUTHORIZED.id());
        }
    }

    private void sayThatWeWait(SQLException e) {
        long now = System.nanoTime();
        if (!closing && now - lastLineNanos >= BETWEEN_LINES.toNanos()) {
            lastLineNanos = now;
            LOG.warn("Waiting for the database database={} reason=\"{}\"", database, Database.reason(e));
        }
    }
}
