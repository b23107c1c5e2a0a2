package kr.dolbom.caseworker.database;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears PostgreSQL's notifications and hands each to those who asked for its channel, every one on a virtual thread of
/// its own. A notification is a hint, never the only word: while the connection was away some are lost, so that every
/// listener is told to look around itself whenever the connection is there again, the first time too.
@Singleton
public final class Notifications implements ApplicationEventListener<ServerStartupEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final int WAITS_PER_PROBE = 20;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final Map<String, List<NotificationListener>> listeners;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread listening =
            Thread.ofPlatform().name("notifications").daemon().unstarted(this::listenForEver);
    private volatile boolean connected;
    private volatile boolean closed;

    Notifications(DataSource dataSource, List<NotificationListener> listeners) {
        this.dataSource = dataSource;
        this.listeners = new HashMap<>();
        for (NotificationListener listener : listeners) {
            listener.channels()
                    .forEach(channel -> this.listeners
                            .computeIfAbsent(channel, _ -> new ArrayList<>())
                            .add(listener));
        }
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        listening.start();
    }

    /// Whether notifications arrive now.
    public boolean isConnected() {
        return connected;
    }

    private void listenForEver() {
        while (!closed) {
            try (Connection connection = dataSource.getConnection()) {
                listen(connection);
            } catch (SQLException e) {
                connected = false;
                if (!closed) {
                    LOG.warn("No notifications from the database, trying again reason=\"{}\"", e.getMessage());
                    pause();
                }
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String channel : listeners.keySet()) {
                statement.execute("listen " + channel);
            }
            connected = true;
            listeners.values().stream().flatMap(List::stream).distinct().forEach(l -> run(l, l::lookAround));
            PGConnection driver = connection.unwrap(PGConnection.class);
            for (int waits = 1; !closed; waits++) {
                PGNotification[] notifications = driver.getNotifications((int) WAIT.toMillis());
                if (waits % WAITS_PER_PROBE == 0) {
                    // Finds out that the server went away without a word.
                    statement.execute("select 1");
                }
                for (PGNotification notification : notifications) {
                    for (NotificationListener listener : listeners.getOrDefault(notification.getName(), List.of())) {
                        run(listener, () -> listener.hear(notification.getParameter()));
                    }
                }
            }
        }
    }

    private void run(NotificationListener listener, Runnable task) {
        threads.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                if (!closed) {
                    LOG.error(
                            "A notification could not be handled listener={}",
                            listener.getClass().getSimpleName(),
                            e);
                }
            }
        });
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @PreDestroy
    void close() throws InterruptedException {
        closed = true;
        listening.join(WAIT.multipliedBy(4));
        threads.shutdownNow();
    }
}
