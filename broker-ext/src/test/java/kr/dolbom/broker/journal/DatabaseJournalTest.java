package kr.dolbom.broker.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kr.dolbom.broker.TcpProxy;
import kr.dolbom.broker.database.Database;
import kr.dolbom.db.fixture.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The journal in the database, over a network that can be cut.
@SuppressWarnings("try")
class DatabaseJournalTest extends JournalContractTest {
    private static final AtomicInteger DEVICES = new AtomicInteger();

    private static TestDatabase database;
    private static TcpProxy network;
    private static DatabaseJournal journal;

    @BeforeAll
    static void start() throws IOException {
        database = TestDatabase.create();
        network = new TcpProxy(0, Integer.parseInt(database.url().replaceFirst("^.*:(\\d+)/.*$", "$1")));
        journal = new DatabaseJournal(
                new Database(
                        database.url().replaceFirst(":\\d+/", ":" + network.port() + "/"),
                        database.user(),
                        database.password()),
                HOLD,
                QuarantineBounds.USUAL,
                (commit, took) -> {},
                InstantSource.system());
    }

    @AfterAll
    static void stop() throws Exception {
        journal.close();
        network.close();
        database.close();
    }

    @Test
    void amongManyNewMessagesOneThatIsThereAlreadyIsPassedOver() throws Exception {
        int device = newDevice();
        Entry.Message first = message(device, 0);
        journal.append(first).get(20, TimeUnit.SECONDS);
        List<CompletableFuture<Receipt>> answers = new ArrayList<>();
        for (int sequence = 1; sequence <= 100; sequence++) {
            answers.add(journal.append(sequence == 50 ? first : message(device, sequence)));
        }
        for (var answer : answers) {
            assertEquals(new Receipt.Stored(), answer.get(20, TimeUnit.SECONDS));
        }

        assertEquals(100, stored(device).size());
    }

    @Override
    Journal journal() {
        return journal;
    }

    @Override
    int newDevice() {
        return Math.toIntExact(numbers(
                        "insert into device (device_id, vendor, model) values (?, 'test', 'test') returning device_no",
                        "journal-" + DEVICES.incrementAndGet())
                .get(0));
    }

    @Override
    List<Long> stored(int device) {
        return numbers("select seq from telemetry where device_no = ? order by txid, at, seq", device);
    }

    @Override
    int quarantined(int device) {
        return Math.toIntExact(numbers("select count(*) from quarantine where device_no = ?", device)
                .get(0));
    }

    /// A status message waits for the row of its device's presence.
    @Override
    AutoCloseable blockOrdinary(int device) throws SQLException {
        numbers(
                "insert into device_presence (device_no, connected, changed_at, reason)"
                        + " values (?, true, now(), 'connect') returning device_no",
                device);
        Connection lock = database.dataSource().getConnection();
        lock.setAutoCommit(false);
        try (PreparedStatement select =
                lock.prepareStatement("select * from device_presence where device_no = ? for update")) {
            select.setInt(1, device);
            select.execute();
        }
        return () -> {
            lock.rollback();
            lock.setAutoCommit(true);
            lock.close();
        };
    }

    @Override
    AutoCloseable outage() throws IOException {
        network.cut();
        return network::mend;
    }

    private static List<Long> numbers(String sql, Object parameter) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, parameter);
            List<Long> numbers = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
            }
            return numbers;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
