package kr.dolbom.broker.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/// Where the database is and as whom to enter it.
///
/// @param url      a JDBC URL, `jdbc:postgresql://HOST:PORT/DATABASE`
/// @param user     the database user
/// @param password the user's password; never printed
public record Database(String url, String user, String password) {
    private static final int CONNECT_SECONDS = 3;
    // A stalled server is given up after this; what was sent is sent again, and being stored twice is not possible.
    private static final int ANSWER_SECONDS = 15;

    /// @throws IllegalArgumentException where the URL is not one of PostgreSQL
    public Database {
        if (!url.startsWith("jdbc:postgresql:") || Driver.parseURL(url, null) == null) {
            throw new IllegalArgumentException(
                    "DOLBOM_DB_URL is malformed, expected jdbc:postgresql://HOST:PORT/DATABASE");
        }
    }

    /// Opens a connection without auto-commit whose commits are on disk when they return, whatever the server's
    /// default.
    ///
    /// @param name what the connection is called in `pg_stat_activity`
    @SuppressWarnings("try") // closed where the session cannot be set up
    Connection open(String name) throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, user);
        PGProperty.PASSWORD.set(properties, password);
        PGProperty.APPLICATION_NAME.set(properties, name);
        PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
        PGProperty.SOCKET_TIMEOUT.set(properties, ANSWER_SECONDS);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        // The driver manager would not see a driver in an extension's class loader.
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("no PostgreSQL URL: " + this);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("set synchronous_commit = on");
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// Why the database failed, in one line for the log.
    public static String reason(SQLException e) {
        String cause = e.getCause() == null ? "" : " " + e.getCause().getMessage();
        return (e.getMessage() + cause).lines().findFirst().orElse("");
    }

    /// Host, port and name, without the password.
    @Override
    public String toString() {
        Properties parsed = Driver.parseURL(url, null);
        return parsed == null
                ? user
                : user + "@" + PGProperty.PG_HOST.getOrDefault(parsed) + ":" + PGProperty.PG_PORT.getOrDefault(parsed)
                        + "/" + PGProperty.PG_DBNAME.getOrDefault(parsed);
    }
}
