package kr.dolbom.broker.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// One connection that listens. Not safe for use by many threads.
public final class Notifications implements AutoCloseable {
    private final Connection connection;

    /// What somebody told.
    ///
    /// @param channel on which channel
    /// @param payload what was told; empty where nothing was
    public record Notification(String channel, String payload) {}

    /// Opens a connection and listens to some channels; what was told before is not heard.
    public Notifications(Database database, Set<String> channels) throws SQLException {
        connection = database.open("dolbom-notifications");
        try (Statement listen = connection.createStatement()) {
            connection.setAutoCommit(true);
            for (String channel : channels) {
                listen.execute("listen " + channel);
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// Waits until something is told.
    ///
    /// @param atMost how long
    /// @return what was told; empty where nothing was
    public List<Notification> await(Duration atMost) throws SQLException {
        PGNotification[] told = connection.unwrap(PGConnection.class).getNotifications((int) atMost.toMillis());
        List<Notification> notifications = new ArrayList<>();
        if (told != null) {
            for (PGNotification one : told) {
                notifications.add(new Notification(one.getName(), one.getParameter()));
            }
        }
        return notifications;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
