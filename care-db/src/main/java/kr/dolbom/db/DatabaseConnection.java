package kr.dolbom.db;

import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/// Where a database is and as whom to enter it.
///
/// @param url      a JDBC URL, `jdbc:postgresql://HOST:PORT/DATABASE`
/// @param user     the database user
/// @param password the user's password; never printed, not even by [#toString()]
public record DatabaseConnection(String url, String user, String password) {

    /// @throws IllegalArgumentException when the URL is not one of PostgreSQL or the user is blank
    public DatabaseConnection {
        if (!url.startsWith("jdbc:postgresql://") || parse(url) == null) {
            throw new IllegalArgumentException(
                    "Database URL '" + withoutSecrets(url) + "' expected as jdbc:postgresql://HOST:PORT/DATABASE");
        }
        if (user.isBlank()) {
            throw new IllegalArgumentException("Database user is blank, expected a name");
        }
    }

    /// The connection that this process's environment names, by `DOLBOM_DB_URL`, `DOLBOM_DB_USER` and
    /// `DOLBOM_DB_PASSWORD`.
    ///
    /// @throws IllegalArgumentException when one of the three is missing or malformed; the message says which
    public static DatabaseConnection fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /// The same from any map of settings.
    ///
    /// @throws IllegalArgumentException when one of the three is missing or malformed; the message says which
    public static DatabaseConnection fromEnvironment(Map<String, String> environment) {
        String url = get(environment, "DOLBOM_DB_URL", "jdbc:postgresql://HOST:PORT/DATABASE");
        String user = get(environment, "DOLBOM_DB_USER", "a database user");
        String password = get(environment, "DOLBOM_DB_PASSWORD", "the password of the database user " + user);
        try {
            return new DatabaseConnection(url, user, password);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("DOLBOM_DB_URL is malformed: " + e.getMessage(), e);
        }
    }

    /// The same server and user, another database.
    public DatabaseConnection withDatabase(String database) {
        int end = url.indexOf('?');
        String parameters = end < 0 ? "" : url.substring(end);
        String base = url.substring(0, url.indexOf('/', "jdbc:postgresql://".length()) + 1);
        return new DatabaseConnection(base + database + parameters, user, password);
    }

    /// Host and port, `127.0.0.1:15432`; with several hosts as the URL lists them.
    public String server() {
        String[] hosts = property(PGProperty.PG_HOST).split(",", -1);
        String[] ports = property(PGProperty.PG_PORT).split(",", -1);
        var servers = new StringBuilder();
        for (int i = 0; i < hosts.length; i++) {
            servers.append(i == 0 ? "" : ",").append(hosts[i]).append(':').append(ports[i]);
        }
        return servers.toString();
    }

    /// The name of the database.
    public String database() {
        return property(PGProperty.PG_DBNAME);
    }

    @Override
    public String toString() {
        return user + "@" + server() + "/" + database();
    }

    private String property(PGProperty property) {
        Properties parsed = parse(url);
        String value = parsed == null ? null : property.getOrDefault(parsed);
        return value == null ? "" : value;
    }

    private static @Nullable Properties parse(String url) {
        String base = url.split("\\?", 2)[0];
        return base.indexOf('/', "jdbc:postgresql://".length()) > 0 && !base.endsWith("/")
                ? Driver.parseURL(url, null)
                : null;
    }

    private static String withoutSecrets(String url) {
        return url.replaceAll("(?i)(password=)[^&]*", "$1***").replaceAll("//[^/@]*@", "//***@");
    }

    private static String get(Map<String, String> environment, String name, String expected) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " is not set, expected " + expected
                    + ". `./dolbom up` starts a database and sets it; or set it to a server of your own.");
        }
        return value.strip();
    }
}
