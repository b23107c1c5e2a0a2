package kr.dolbom.broker;

import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import kr.dolbom.broker.command.CommandOutbox;
import kr.dolbom.broker.database.Database;
import kr.dolbom.broker.database.Notifications;
import kr.dolbom.broker.database.Session;
import kr.dolbom.broker.ingest.Disconnector;
import kr.dolbom.broker.presence.BrokerStart;
import kr.dolbom.broker.presence.Connections;
import kr.dolbom.broker.registry.DeviceRegistry;
import kr.dolbom.contract.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits for the database when the extension starts, and from then on keeps the registry as the database has it: at
/// once where `dolbom_device` tells, and every five seconds in case nobody did. A device that is revoked or gone is
/// disconnected. While the database is away what memory knows goes on to hold.
final class RegistryWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryWatch.class);
    private static final String DEVICE = "dolbom_device";
    private static final String COMMAND = "dolbom_command";
    private static final Duration BETWEEN_RELOADS = Duration.ofSeconds(5);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final Database database;
    private final Session session;
    private final DeviceRegistry registry;
    private final Connections connections;
    private final Disconnector disconnector;
    private final CommandOutbox commands;
    private final InstantSource clock;
    private final Thread thread;
    private volatile boolean started;
    private volatile boolean reachable;
    private volatile boolean closing;
    private long lastLineNanos = System.nanoTime() - BETWEEN_LINES.toNanos();

    RegistryWatch(
            Database database,
            Session session,
            DeviceRegistry registry,
            Connections connections,
            Disconnector disconnector,
            CommandOutbox commands,
            InstantSource clock) {
        this.database = database;
        this.session = session;
        this.registry = registry;
        this.connections = connections;
        this.disconnector = disconnector;
        this.commands = commands;
        this.clock = clock;
        thread = new Thread(this::run, "dolbom-registry");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
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
        thread.interrupt();
        session.close();
    }

    private void run() {
        while (!closing) {
            try (Notifications notifications = new Notifications(database, Set.of(DEVICE, COMMAND))) {
                if (!started) {
                    BrokerStart.disconnectAll(session, clock.instant());
                }
                follow(notifications);
            } catch (SQLException e) {
                reachable = false;
                sayThatWeWait(e);
            } catch (RuntimeException | Error e) {
                reachable = false;
                LOG.error("The registry could not be read, trying again", e);
            }
            try {
                Thread.sleep(BETWEEN_ATTEMPTS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void follow(Notifications notifications) throws SQLException {
        long nextReloadNanos = System.nanoTime();
        while (!closing) {
            long untilReload = nextReloadNanos - System.nanoTime();
            if (untilReload <= 0) {
                reload();
                nextReloadNanos = System.nanoTime() + BETWEEN_RELOADS.toNanos();
                untilReload = BETWEEN_RELOADS.toNanos();
            }
            for (Notifications.Notification told : notifications.await(Duration.ofNanos(untilReload + 1_000_000))) {
                switch (told.channel()) {
                    case DEVICE -> changed(told.payload());
                    case COMMAND -> commands.look();
                    default -> {}
                }
            }
        }
    }

    private void reload() throws SQLException {
        registry.reload();
        reachable = true;
        if (!started) {
            started = true;
            LOG.info("The database is there, devices may connect database={}", database);
        }
        connections.listDeviceIds().forEach(this::disconnectIfRefused);
    }

    private void changed(String deviceId) throws SQLException {
        registry.lookUp(deviceId);
        if (connections.listDeviceIds().contains(deviceId)) {
            disconnectIfRefused(deviceId);
        }
    }

    private void disconnectIfRefused(String deviceId) {
        if (registry.find(deviceId).filter(device -> !device.revoked()).isEmpty()) {
            LOG.info("A device is not to be connected any more, it is disconnected device={}", deviceId);
            // It is tried until it is done, and said in the log when it is not.
            CompletableFuture<Void> unused =
                    disconnector.disconnect(deviceId, DisconnectReasonCode.NOT_AUTHORIZED, Reason.NOT_AUTHORIZED.id());
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
