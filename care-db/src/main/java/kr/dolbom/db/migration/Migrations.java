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

    /// Any number that nobody else uses.
    private static final long LOCK = 7_236_270_106L;

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
        migrate(dataSource, "latest");
    }

    /// As far as a version.
    static synchronized void migrate(DataSource dataSource, String version) {
        // Flyway's own lock does not cover its first steps in a new database, nor is `create extension if not exists`
        // safe against itself. Within this process `synchronized` keeps those who wait from using up the pool.
        try (Connection lock = dataSource.getConnection();
                Statement statement = lock.createStatement()) {
            statement.execute("select pg_advisory_lock(" + LOCK + ")");
            try {
                createTimescale(statement);
                runFlyway(dataSource, version);
            } finally {
                statement.execute("select pg_advisory_unlock(" + LOCK + ")");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The schema could not be brought up to date: " + e.getMessage(), e);
        }
    }

    /// A setting of TimescaleDB is there only if the server has loaded it, without which it cannot be created; the
    /// server's list of libraries itself is for superusers to read.
    private static void createTimescale(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("""
                select exists (select from pg_available_extensions where name = 'timescaledb')
                   and current_setting('timescaledb.max_background_workers', true) is not null""")) {
            if (!row.next() || !row.getBoolean(1)) {
                return;
            }
        }
        try {
            // It greets with a banner.
            statement.execute("set client_min_messages = error");
            statement.execute("create extension if not exists timescaledb");
        } catch (SQLException e) {
            if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                throw e;
            }
            LOG.warn("TimescaleDB is there but this user may not create it, hypertables are off");
        } finally {
            statement.execute("reset client_min_messages");
        }
    }

    private static void runFlyway(DataSource dataSource, String version) {
        MigrateResult result = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                // TimescaleDB puts its functions into the schema; to Flyway it is not empty then.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .target(version)
                .validateMigrationNaming(true)
                .load()
                .migrate();
        LOG.info(
                "The schema is up to date database={} version={} applied={}",
                result.database,
                result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion,
                result.migrationsExecuted);
    }
}
