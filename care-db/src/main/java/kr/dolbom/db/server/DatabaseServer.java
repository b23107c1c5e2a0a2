package kr.dolbom.db.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import kr.dolbom.db.DatabaseConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running database server. In order of choice: the one that `DOLBOM_DB_URL` names, PostgreSQL with TimescaleDB out
/// of Debian's packages, plain PostgreSQL. Safe for use by several threads.
///
/// Data stay of the kind that they were made with. A server that already runs on the same folder is shared; the process
/// that started it stops it, and when that process died without, the next one that starts it takes it over.
public final class DatabaseServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseServer.class);

    private final DatabaseSettings settings;
    private final DatabaseConnection connection;
    private final Optional<Cluster> cluster;

    private DatabaseServer(DatabaseSettings settings, DatabaseConnection connection, Optional<Cluster> cluster) {
        this.settings = settings;
        this.connection = connection;
        this.cluster = cluster;
    }

    /// Starts the server and creates its database when that is missing; returns when both can be used.
    ///
    /// @throws DatabaseServerException when the server cannot be had; the message says why and what to do
    public static DatabaseServer start(DatabaseSettings settings) {
        if (settings.external().isPresent()) {
            return new DatabaseServer(settings, settings.external().get(), Optional.empty());
        }
        try (var _ = FolderLock.take(settings.folder().resolve("lock"))) {
            var cluster = new Cluster(settings.folder(), programs(settings));
            cluster.initialise(settings.durable());
            while (true) {
                int port = cluster.start(settings.port(), settings.durable());
                var connection = new DatabaseConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/" + settings.database(),
                        Cluster.USER,
                        cluster.password());
                try {
                    createDatabase(connection);
                    return new DatabaseServer(settings, connection, Optional.of(cluster));
                } catch (SQLException e) {
                    if (cluster.isAlive()) {
                        throw e;
                    }
                    LOG.warn("The database server died as it was made ready, starting it again");
                }
            }
        } catch (IOException | SQLException e) {
            throw new DatabaseServerException("The database server in " + settings.folder() + " failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseServerException("Interrupted while the database server started", e);
        }
    }

    /// Unpacks the programs that [#start] would need, and starts nothing.
    ///
    /// @return the kind of server that they are for
    /// @throws DatabaseServerException when there are none for this machine
    public static DatabaseKind install(DatabaseSettings settings) {
        try {
            return settings.external().isPresent()
                    ? DatabaseKind.EXTERNAL
                    : programs(settings).kind();
        } catch (IOException e) {
            throw new DatabaseServerException("Nothing can be unpacked into " + settings.cache() + ": " + e, e);
        }
    }

    static PostgresPrograms programs(DatabaseSettings settings) throws IOException {
        Path folder = settings.folder();
        var born = Cluster.findKind(folder);
        var wanted = settings.kind().or(() -> born);
        if (born.isPresent() && !born.equals(wanted)) {
            throw new DatabaseServerException("The data in " + folder + " are of the kind " + born.get() + ", not "
                    + wanted.get() + "; choose another folder, or delete this one with all that is in it");
        }
        if (wanted.isEmpty()) {
            try {
                return TimescalePackages.unpacked(settings.cache());
            } catch (DatabaseServerException e) {
                LOG.warn("Hypertables are off, plain PostgreSQL is used: {}", e.getMessage());
                return PlainArchive.unpacked(settings.cache());
            }
        }
        if (wanted.get() == DatabaseKind.TIMESCALE) {
            return TimescalePackages.unpacked(settings.cache());
        }
        if (settings.kind().isEmpty()) {
            LOG.warn(
                    "Hypertables are off: the data in {} were made without TimescaleDB; delete it to start anew",
                    folder);
        }
        return PlainArchive.unpacked(settings.cache());
    }

    private static void createDatabase(DatabaseConnection connection) throws SQLException {
        DatabaseConnection maintenance = connection.withDatabase("postgres");
        try (Connection opened =
                        DriverManager.getConnection(maintenance.url(), maintenance.user(), maintenance.password());
                PreparedStatement query = opened.prepareStatement("select from pg_database where datname = ?");
                Statement create = opened.createStatement()) {
            query.setString(1, connection.database());
            try (ResultSet rows = query.executeQuery()) {
                if (!rows.next()) {
                    create.execute("create database " + connection.database());
                }
            }
        }
    }

    /// How to reach it.
    public DatabaseConnection connection() {
        return connection;
    }

    /// The JDBC URL of its database.
    public String url() {
        return connection.url();
    }

    /// The database user; on a server of our own it may do everything.
    public String user() {
        return connection.user();
    }

    /// That user's password.
    public String password() {
        return connection.password();
    }

    /// What sort of server it is.
    public DatabaseKind kind() {
        return cluster.map(Cluster::kind).orElse(DatabaseKind.EXTERNAL);
    }

    /// Whether the server's process lives; of a server that others run, always true.
    boolean isAlive() {
        return cluster.isEmpty() || cluster.get().isAlive();
    }

    /// Stops the server if this process started it; its data stay. Does nothing the second time.
    ///
    /// @throws DatabaseServerException when it does not stop
    @Override
    public void close() {
        if (cluster.isEmpty() || !Files.exists(settings.folder())) {
            return;
        }
        try (var _ = FolderLock.take(settings.folder().resolve("lock"))) {
            if (cluster.get().isOurs()) {
                cluster.get().stop(true);
            }
        } catch (IOException e) {
            throw new DatabaseServerException("The database server in " + settings.folder() + " failed: " + e, e);
        }
    }
}
