package kr.dolbom.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseConnectionTest {
    private static final Map<String, String> COMPLETE = Map.of(
            "DOLBOM_DB_URL", "jdbc:postgresql://db.example:6432/dolbom?ssl=true",
            "DOLBOM_DB_USER", "dolbom",
            "DOLBOM_DB_PASSWORD", "secret");

    @Test
    void theEnvironmentSaysWhereAndAsWhom() {
        var connection = DatabaseConnection.fromEnvironment(COMPLETE);
        assertEquals("db.example:6432", connection.server());
        assertEquals("dolbom", connection.database());
        assertEquals("dolbom", connection.user());
        assertEquals("secret", connection.password());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOLBOM_DB_URL", "DOLBOM_DB_USER", "DOLBOM_DB_PASSWORD"})
    void aMissingVariableIsNamed(String missing) {
        Map<String, String> environment = new HashMap<>(COMPLETE);
        environment.remove(missing);
        var e = assertThrows(IllegalArgumentException.class, () -> DatabaseConnection.fromEnvironment(environment));
        assertTrue(String.valueOf(e.getMessage()).startsWith(missing + " is not set"), e.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://db.example/dolbom",
                "jdbc:mysql://db.example/dolbom",
                "jdbc:postgresql://db.example",
                "jdbc:postgresql://db.example/",
                "jdbc:postgresql://db.example:port/dolbom",
                "jdbc:postgresql://dolbom:secret@/dolbom?password=secret"
            })
    void aMalformedUrlIsShownWithoutItsPassword(String url) {
        Map<String, String> environment = new HashMap<>(COMPLETE);
        environment.put("DOLBOM_DB_URL", url);
        var e = assertThrows(IllegalArgumentException.class, () -> DatabaseConnection.fromEnvironment(environment));
        assertTrue(
                String.valueOf(e.getMessage()).startsWith("DOLBOM_DB_URL is malformed: Database URL 'jdbc:postgresql:")
                        || !url.startsWith("jdbc:postgresql:"),
                e.toString());
        assertFalse(e.toString().contains("secret"), e.toString());
    }

    @Test
    void aConnectionPrintsWithoutItsPassword() {
        assertEquals(
                "dolbom@db.example:6432/dolbom",
                DatabaseConnection.fromEnvironment(COMPLETE).toString());
    }

    @Test
    void anotherDatabaseOfTheSameServerKeepsTheRest() {
        assertEquals(
                "jdbc:postgresql://db.example:6432/postgres?ssl=true",
                DatabaseConnection.fromEnvironment(COMPLETE)
                        .withDatabase("postgres")
                        .url());
    }

    @Test
    void severalHostsAreAllShown() {
        var connection = new DatabaseConnection("jdbc:postgresql://one:1,two:2/dolbom", "dolbom", "");
        assertEquals("one:1,two:2", connection.server());
    }
}
