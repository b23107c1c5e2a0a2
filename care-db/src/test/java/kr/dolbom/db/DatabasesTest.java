package kr.dolbom.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import kr.dolbom.db.fixture.TestDatabase;
import org.junit.jupiter.api.Test;

class DatabasesTest {

    @Test
    void anAbsentDatabaseIsWaitedForNoLongerThanSaid() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var nowhere = new DatabaseConnection("jdbc:postgresql://127.0.0.1:" + port + "/dolbom", "dolbom", "secret");
        var e = assertThrows(
                DatabaseUnavailableException.class, () -> Databases.awaitDatabase(nowhere, Duration.ofMillis(600)));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("No database dolbom@127.0.0.1:" + port + "/dolbom after "), message);
        assertTrue(message.contains("Connection to 127.0.0.1:" + port + " refused"), message);
        assertFalse(message.contains("secret"), message);
    }

    @Test
    void aDatabaseThatDoesNotExistYetIsWaitedForToo() {
        try (var database = TestDatabase.create()) {
            var missing = database.connection().withDatabase("not_there");
            var e = assertThrows(
                    DatabaseUnavailableException.class, () -> Databases.awaitDatabase(missing, Duration.ofMillis(600)));
            assertTrue(String.valueOf(e.getMessage()).contains("and 3 attempts"), e.toString());
        }
    }

    @Test
    void aWrongPasswordIsNotWaitedFor() {
        try (var database = TestDatabase.create()) {
            var wrong = new DatabaseConnection(database.url(), database.user(), "wrong");
            var e = assertThrows(
                    DatabaseUnavailableException.class, () -> Databases.awaitDatabase(wrong, Databases.FOREVER));
            assertTrue(String.valueOf(e.getMessage()).startsWith("The database refuses " + wrong + ": "), e.toString());
        }
    }

    @Test
    void anErrorTellsNothingOfTheRowThatCausedIt() throws Exception {
        try (var database = TestDatabase.create();
                var pool = Databases.pool(database.connection(), "quiet", 1);
                var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            var e = assertThrows(
                    SQLException.class,
                    () -> statement.execute("insert into office (name_ko, name_en) values ('고양시청 김영자', 'x')"));
            assertTrue(String.valueOf(e.getMessage()).contains("short_name"), e.toString());
            assertFalse(e.toString().contains("김영자"), e.toString());
        }
    }

    @Test
    void aPoolGivesConnectionsThatTheServerKnowsByItsName() throws Exception {
        try (var database = TestDatabase.create();
                var pool = Databases.pool(database.connection(), "risk-engine", 2);
                var connection = pool.getConnection();
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show application_name")) {
            Databases.awaitDatabase(database.connection(), Duration.ZERO);
            assertTrue(row.next());
            assertEquals("risk-engine", row.getString(1));
        }
    }
}
