package kr.dolbom.db.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one way to the current schema.
public final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private Migrations() {}

    /// Applies the migrations that the database lacks; does nothing when it lacks none. Any number of programs and
    /// threads may call this at the same time: one works, the others wait for it.
    ///
    /// Where the server offers TimescaleDB and the user may create it, the extension is created first; the
    /// migrations look for it and do without where it is not.
    ///
    /// @param dataSource gives at least three connections at the same time
    /// @throws org.flywaydb.core.api.FlywayException when a migration fails, or an applied one was changed since;
    ///     the failed migration is rolled back whole
    public static void migrate(DataSource dataSource) {
        createTimescale(dataSource);
        MigrateResult result = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .validateMigrationNaming(true)
                .load()
                .migrate();
        LOG.info(
                "The schema is up to date database={} version={} applied={}",
                result.database,
                result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion,
                result.migrationsExecuted);
    }

    /// A setting of TimescaleDB is there only if the server has loaded it, without which it cannot be created; the
    /// server's list of libraries itself is for superusers to read.
    ///
    /// `create extension if not exists` is not safe against itself: two at the same time and one fails on a unique
    /// index. Hence the lock, any number that nobody else uses.
    private static void createTimescale(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            if (!isTrue(statement, """
                    select exists (select from pg_available_extensions where name = 'timescaledb')
                       and current_setting('timescaledb.max_background_workers', true) is not null""")) {
                return;
            }
            statement.execute("select pg_advisory_lock(7236270106)");
            try {
                statement.execute("set client_min_messages = error");
                statement.execute("create extension if not exists timescaledb");
            } catch (SQLException e) {
                if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                    throw e;
                }
                LOG.warn(
                        "TimescaleDB is there but this user may not create it, hypertables are off user={}",
                        connection.getMetaData().getUserName());
            } finally {
                statement.execute("reset client_min_messages");
                statement.execute("select pg_advisory_unlock(7236270106)");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The extension timescaledb could not be created: " + e.getMessage(), e);
        }
    }

    private static boolean isTrue(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
