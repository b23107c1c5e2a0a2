package kr.dolbom.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pools of connections, and waiting for a database that is not there yet.
public final class Databases {
    /// For [#awaitDatabase]: no limit.
    public static final Duration FOREVER = Duration.ofDays(36_500);

    private static final Logger LOG = LoggerFactory.getLogger(Databases.class);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final int CONNECT_SECONDS = 5;

    private Databases() {}

    /// A pool of at most `size` connections. Close it at the program's end.
    ///
    /// @param name what the connections are called in the log and in the server's `pg_stat_activity`
    /// @throws com.zaxxer.hikari.pool.HikariPool.PoolInitializationException when the database cannot be
    ///     reached now; call [#awaitDatabase] before
    public static HikariDataSource pool(DatabaseConnection connection, String name, int size) {
        return pool(connection, name, size, Duration.ZERO);
    }

    /// The same for a program that must notice when the network to the database is silently gone.
    ///
    /// @param longestSilence how long a statement waits for the server's next word before its connection counts as
    ///     lost, in whole seconds; zero for ever, as migrations need it. A `socketTimeout` in the URL goes before
    public static HikariDataSource pool(DatabaseConnection connection, String name, int size, Duration longestSilence) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(connection.url());
        config.setUsername(connection.user());
        config.setPassword(connection.password());
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
        // What the server adds to an error are the values of the row: names and numbers of people.
        set(config, PGProperty.LOG_SERVER_ERROR_DETAIL, "false");
        set(config, PGProperty.APPLICATION_NAME, name);
        set(config, PGProperty.CONNECT_TIMEOUT, String.valueOf(CONNECT_SECONDS));
        set(config, PGProperty.TCP_KEEP_ALIVE, "true");
        set(config, PGProperty.SOCKET_TIMEOUT, String.valueOf(longestSilence.toSeconds()));
        return new HikariDataSource(config);
    }

    /// As text: the driver passes over every value that is none.
    private static void set(HikariConfig config, PGProperty property, String value) {
        config.addDataSourceProperty(property.getName(), value);
    }

    /// Waits until the database answers, and says every few seconds that it waits, for what and why. An unreachable
    /// server, one that is starting up or full, and a database that does not exist yet are waited for; a refused
    /// user or password is not, as time does not mend it.
    ///
    /// @param atMost how long; [#FOREVER] for a program that has nothing else to do
    /// @throws DatabaseUnavailableException after that time, or at once when the user or password is refused
    /// @throws InterruptedException when the thread is interrupted while it waits
    public static void awaitDatabase(DatabaseConnection connection, Duration atMost) throws InterruptedException {
        InstantSource clock = InstantSource.system();
        Instant start = clock.instant();
        Instant nextLine = start;
        for (int attempt = 1; ; attempt++) {
            try (Connection _ = connect(connection)) {
                if (attempt > 1) {
                    LOG.info("The database is there database={} attempts={}", connection, attempt);
                }
                return;
            } catch (SQLException e) {
                Instant now = clock.instant();
                Duration waited = Duration.between(start, now);
                if (isRefused(e)) {
                    throw new DatabaseUnavailableException(
                            "The database refuses " + connection + ": " + reason(e)
                                    + ". Check DOLBOM_DB_USER and DOLBOM_DB_PASSWORD.",
                            e);
                }
                if (waited.compareTo(atMost) >= 0) {
                    throw new DatabaseUnavailableException(
                            "No database " + connection + " after " + waited.toSeconds() + " s and " + attempt
                                    + " attempts: " + reason(e) + ". Start it, or check DOLBOM_DB_URL.",
                            e);
                }
                if (!now.isBefore(nextLine)) {
                    LOG.warn(
                            "Waiting for the database server={} database={} attempt={} waitedSeconds={} reason=\"{}\"",
                            connection.server(),
                            connection.database(),
                            attempt,
                            waited.toSeconds(),
                            reason(e));
                    nextLine = now.plus(BETWEEN_LINES);
                }
            }
            Thread.sleep(BETWEEN_ATTEMPTS);
        }
    }

    private static Connection connect(DatabaseConnection connection) throws SQLException {
        var properties = new Properties();
        PGProperty.USER.set(properties, connection.user());
        PGProperty.PASSWORD.set(properties, connection.password());
        PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
        PGProperty.SOCKET_TIMEOUT.set(properties, CONNECT_SECONDS);
        Connection opened = new Driver().connect(connection.url(), properties);
        if (opened == null) {
            throw new SQLException("not a PostgreSQL URL");
        }
        return opened;
    }

    /// Class 28 of SQLSTATE: invalid authorization specification.
    private static boolean isRefused(SQLException e) {
        String state = e.getSQLState();
        return state != null && state.startsWith("28");
    }

    private static String reason(SQLException e) {
        String message = e.getMessage();
        return message == null
                ? "SQLSTATE " + e.getSQLState()
                : message.lines().findFirst().orElse("");
    }
}
