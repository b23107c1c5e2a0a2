package kr.dolbom.db.server;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import kr.dolbom.db.DatabaseConnection;
import kr.dolbom.db.Databases;
import kr.dolbom.db.migration.Migrations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The program `care-db`: a database server on this machine, by hand.
@Command(
        name = "care-db",
        mixinStandardHelpOptions = true,
        version = "care-db 0.1.0",
        scope = CommandLine.ScopeType.INHERIT,
        description = "Starts a database on this machine and keeps its schema up to date.",
        footer = {
            "",
            "DOLBOM_DB_URL, DOLBOM_DB_USER and DOLBOM_DB_PASSWORD name a server that others run; then nothing is started.",
            "DOLBOM_DB_PORT (15432) is the port of our own, DOLBOM_CACHE the folder of its programs and data."
        })
public final class DatabaseCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    private DatabaseCommand() {}

    /// Exit code 0: done; 1: failed; 2: the command line was wrong.
    public static void main(String[] arguments) {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "kr/dolbom/db/server/command-logback.xml");
        }
        System.exit(commandLine().execute(arguments));
    }

    private static CommandLine commandLine() {
        return new CommandLine(new DatabaseCommand()).setExecutionExceptionHandler((e, command, _) -> {
            String message = e.getMessage();
            command.getErr().println(command.getColorScheme().errorText(message == null ? e.toString() : message));
            return 1;
        });
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Name a command.");
        }
    }

    @Command(description = "Starts the server, brings the schema up to date, and runs until it is ended.")
    int start(
            @Option(names = "--name", defaultValue = "dolbom", description = NAME) String name,
            @Option(names = "--port", description = "Port on 127.0.0.1, 0 for any free one.") @Nullable Integer port,
            @Option(
                            names = "--info",
                            paramLabel = "FILE",
                            description = "Once all is ready: how to reach the database, as DOLBOM_DB_… lines.")
                    @Nullable Path info,
            @Option(names = "--fresh", description = "Deletes all data first; only on a server of our own.")
                    boolean fresh)
            throws InterruptedException, SQLException {
        if (fresh) {
            reset(name);
        }
        new ForegroundServer(settings(name, port), info).run();
        return 0;
    }

    @Command(description = "Brings the schema up to date.")
    int migrate(@Option(names = "--name", defaultValue = "dolbom", description = NAME) String name)
            throws InterruptedException {
        try (var server = DatabaseServer.start(settings(name, null))) {
            migrate(server.connection());
        }
        return 0;
    }

    @Command(description = "Deletes all data of the database and makes it anew. Only on a server of our own.")
    int reset(@Option(names = "--name", required = true, description = NAME) String name)
            throws InterruptedException, SQLException {
        DatabaseSettings settings = settings(name, null);
        if (settings.external().isPresent()) {
            throw new DatabaseServerException(
                    "DOLBOM_DB_URL names " + settings.external().get()
                            + ", which is not ours to reset; unset it, or drop that database with the tools of its server");
        }
        try (var server = DatabaseServer.start(settings)) {
            DatabaseConnection maintenance = server.connection().withDatabase("postgres");
            try (Connection opened =
                            DriverManager.getConnection(maintenance.url(), maintenance.user(), maintenance.password());
                    Statement statement = opened.createStatement()) {
                statement.execute("drop database " + name + " with (force)");
                statement.execute("create database " + name);
            }
            migrate(server.connection());
            System.out.println("The database " + name + " is new and empty.");
        }
        return 0;
    }

    @Command(description = "Unpacks what start needs, and starts nothing.")
    int install(@Option(names = "--name", defaultValue = "dolbom", description = NAME) String name) {
        DatabaseSettings settings = settings(name, null);
        System.out.println(
                switch (DatabaseServer.install(settings)) {
                    case EXTERNAL -> "Nothing to unpack, DOLBOM_DB_URL is set.";
                    case TIMESCALE -> "PostgreSQL with TimescaleDB is in " + settings.cache() + ".";
                    case PLAIN -> "Plain PostgreSQL is in " + settings.cache() + ".";
                });
        return 0;
    }

    private static final String NAME = "The database, and its folder under data/ in the cache folder.";

    private static DatabaseSettings settings(String name, @Nullable Integer port) {
        var settings = DatabaseSettings.of(System.getenv(), name);
        return port == null ? settings : settings.withPort(port);
    }

    static void migrate(DatabaseConnection connection) throws InterruptedException {
        Databases.awaitDatabase(connection, Databases.FOREVER);
        try (HikariDataSource pool = Databases.pool(connection, "care-db", 3)) {
            Migrations.migrate(pool);
        }
    }
}
