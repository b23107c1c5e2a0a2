package kr.dolbom.caseworker.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import kr.dolbom.caseworker.secrecy.Secrecy;
import kr.dolbom.caseworker.secrecy.Secret;
import kr.dolbom.caseworker.secrecy.SecretForms;
import org.jspecify.annotations.Nullable;

/// One SQL statement with parameters by name, `:alert`. For one use by one thread.
///
/// ```java
/// Sql.on(connection, "select language, name from resident where resident_id = :resident")
///         .with("resident", id)
///         .find(row -> row.text("language") + " " + row.secret("name", SecretColumn.RESIDENT_NAME));
/// ```
public final class Sql {
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-z][A-Za-z]*)");

    /// Statements are constants of the program: there are some hundreds.
    private static final Map<String, Positional> KNOWN = new ConcurrentHashMap<>();

    private final Connection connection;
    private final String text;
    private final Map<String, @Nullable Object> values = new HashMap<>();

    private Sql(Connection connection, String text) {
        this.connection = connection;
        this.text = text;
    }

    /// A statement on this connection, whose transaction is the caller's.
    public static Sql on(Connection connection, String text) {
        return new Sql(connection, text);
    }

    /// Gives a parameter its value: text, number, UUID, [Instant], bytes or null; [Secret] for what is
    /// stored encrypted, [SecretForms] for an array of what is looked for there.
    public Sql with(String name, @Nullable Object value) {
        values.put(
                name,
                switch (value) {
                    case Instant instant -> instant.atOffset(ZoneOffset.UTC);
                    case Secret secret -> Secrecy.current().encrypt(secret.column(), secret.plain());
                    case SecretForms forms -> Secrecy.current().forms(forms).toArray(String[]::new);
                    case null, default -> value;
                });
        return this;
    }

    /// Runs it and gives the number of rows it touched.
    ///
    /// @throws DatabaseException when the database refuses or is away
    public int update() {
        try (PreparedStatement statement = prepare()) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /// All rows.
    ///
    /// @throws DatabaseException when the database refuses or is away
    public <T> List<T> list(Function<Row, T> read) {
        try (PreparedStatement statement = prepare();
                ResultSet result = statement.executeQuery()) {
            var row = new Row(result);
            var list = new ArrayList<T>();
            while (result.next()) {
                list.add(read.apply(row));
            }
            return list;
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /// The only row, or empty when there is none.
    ///
    /// @throws DatabaseException when the database refuses or is away
    /// @throws IllegalStateException when there are several
    public <T> Optional<T> find(Function<Row, T> read) {
        List<T> rows = list(read);
        if (rows.size() > 1) {
            throw new IllegalStateException("%d rows, expected one at most: %s".formatted(rows.size(), text));
        }
        return rows.stream().findFirst();
    }

    /// The only row.
    ///
    /// @throws DatabaseException when the database refuses or is away
    /// @throws IllegalStateException when there is none or several
    public <T> T get(Function<Row, T> read) {
        return find(read).orElseThrow(() -> new IllegalStateException("no row, expected one: " + text));
    }

    /// A statement as the driver wants it.
    ///
    /// @param text with a question mark for each parameter
    /// @param order the parameters' names
    private record Positional(String text, List<String> order) {
        static Positional of(String named) {
            var order = new ArrayList<String>();
            String text = PARAMETER.matcher(named).replaceAll(match -> {
                order.add(match.group(1));
                return "?";
            });
            return new Positional(text, order);
        }
    }

    private PreparedStatement prepare() throws SQLException {
        Positional positional = KNOWN.computeIfAbsent(text, Positional::of);
        PreparedStatement statement = connection.prepareStatement(positional.text());
        for (int i = 0; i < positional.order().size(); i++) {
            String name = positional.order().get(i);
            if (!values.containsKey(name)) {
                statement.close();
                throw new IllegalStateException("parameter :%s has no value: %s".formatted(name, text));
            }
            statement.setObject(i + 1, values.get(name));
        }
        return statement;
    }
}
