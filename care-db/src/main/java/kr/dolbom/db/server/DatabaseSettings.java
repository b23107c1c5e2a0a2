package kr.dolbom.db.server;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import kr.dolbom.db.DatabaseConnection;

/// What server to start, and where.
///
/// @param external the server that others run; when it is there, nothing is started
/// @param kind     [DatabaseKind#TIMESCALE] or [DatabaseKind#PLAIN] when only that will do; empty for the best that can
///                 be had here
/// @param cache    where the unpacked programs lie, shared by all servers
/// @param folder   what belongs to this one server: its data, log and password
/// @param port     on 127.0.0.1; 0 for any free one
/// @param database the database that is there once the server has started
/// @param durable  false: a power cut may lose or spoil the data, and everything is faster. For tests alone
public record DatabaseSettings(
        Optional<DatabaseConnection> external,
        Optional<DatabaseKind> kind,
        Path cache,
        Path folder,
        int port,
        String database,
        boolean durable) {

    private static final int DEFAULT_PORT = 15432;

    /// @throws IllegalArgumentException when the port is none, the database's name is not made of small letters, digits
    ///     and `_`, or the kind is one that cannot be started
    public DatabaseSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Database port " + port + " expected within 0..65535");
        }
        if (!database.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("Database name '" + database
                    + "' expected as at most 63 small letters, digits and _, a letter first");
        }
        if (kind.equals(Optional.of(DatabaseKind.EXTERNAL))) {
            throw new IllegalArgumentException("An external database is named by its connection, not by its kind");
        }
        cache = cache.toAbsolutePath().normalize();
        folder = folder.toAbsolutePath().normalize();
    }

    /// The settings that an environment gives: `DOLBOM_DB_URL`, `DOLBOM_DB_USER` and `DOLBOM_DB_PASSWORD` for a server
    /// that others run, else `DOLBOM_DB_PORT` (15432) and `DOLBOM_CACHE` for our own.
    ///
    /// @param name names the database, and the server's folder `data/NAME` in the cache folder
    /// @throws IllegalArgumentException when a variable is malformed; the message says which
    public static DatabaseSettings of(Map<String, String> environment, String name) {
        Optional<DatabaseConnection> external =
                environment.getOrDefault("DOLBOM_DB_URL", "").isBlank()
                        ? Optional.empty()
                        : Optional.of(DatabaseConnection.fromEnvironment(environment));
        Path cache = cacheFolder(environment);
        Path folder = cache.resolve("data").resolve(name);
        return new DatabaseSettings(external, Optional.empty(), cache, folder, port(environment), name, true);
    }

    /// `DOLBOM_CACHE`; else `/var/cache/dolbom` for root, whose home is closed to the user that root's server runs as;
    /// else `dolbom` in the user's cache folder.
    static Path cacheFolder(Map<String, String> environment) {
        String chosen = environment.getOrDefault("DOLBOM_CACHE", "");
        if (!chosen.isBlank()) {
            return Path.of(chosen);
        }
        if (ServerUser.weAreRoot()) {
            return Path.of("/var/cache/dolbom");
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return caches.resolve("dolbom");
    }

    private static int port(Map<String, String> environment) {
        String port = environment.getOrDefault("DOLBOM_DB_PORT", "").strip();
        if (port.isEmpty()) {
            return DEFAULT_PORT;
        }
        try {
            return Integer.parseInt(port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("DOLBOM_DB_PORT is '" + port + "', expected a port number", e);
        }
    }

    /// Where the keys lie by which caseworker-api encrypts what it stores of people in a database of
    /// our own: beside the folder of the data, which may be made anew without them.
    Path keyset() {
        return folder.resolveSibling(folder.getFileName() + ".keyset.json");
    }

    /// These settings with only one kind allowed.
    public DatabaseSettings withKind(DatabaseKind wanted) {
        return new DatabaseSettings(external, Optional.of(wanted), cache, folder, port, database, durable);
    }

    /// These settings with another port.
    public DatabaseSettings withPort(int wanted) {
        return new DatabaseSettings(external, kind, cache, folder, wanted, database, durable);
    }

    /// A server of our own that is thrown away with its folder: any free port, nothing durable.
    DatabaseSettings throwAway(DatabaseKind wanted, Path inFolder) {
        return new DatabaseSettings(Optional.empty(), Optional.of(wanted), cache, inFolder, 0, database, false);
    }
}
