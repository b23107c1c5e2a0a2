package kr.dolbom.broker.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import kr.dolbom.broker.database.Database;
import kr.dolbom.broker.database.Session;
import kr.dolbom.contract.Fault;
import kr.dolbom.contract.Reason;
import kr.dolbom.db.fixture.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is kept of refused messages, and for how long, in the real database and by a clock of the test's own.
class QuarantineTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int ROWS_A_DAY = 100;

    private final TestDatabase database = TestDatabase.create();
    private final Session session =
            new Session(new Database(database.url(), database.user(), database.password()), "test");
    private final QuarantineBounds bounds = new QuarantineBounds(ROWS_A_DAY, Duration.ofDays(30), 1_000_000);
    private final QuarantineTable table = new QuarantineTable(bounds);

    @BeforeEach
    void register() throws Exception {
        query("""
                insert into device (device_id, vendor, model)
                select 'robot-' || n, 'test', 'test' from generate_series(1, 2) as n""");
    }

    @AfterEach
    void close() {
        session.close();
        database.close();
    }

    private int insert(List<Entry.Refusal> refusals) throws SQLException {
        return session.commit(connection -> table.insert(connection, refusals));
    }

    private static Entry.Refusal refusal(int device, Instant at, Reason reason, int bytes) {
        return new Entry.Refusal(
                new Entry.Origin(
                        device, "robot-" + device, "dolbom/v1/robot-" + device + "/telemetry/activity", new Flow()),
                at,
                new Fault(reason, "/data", "wrong"),
                new byte[bytes]);
    }

    private void sweepAt(Instant now) throws SQLException {
        try (QuarantineSweep sweep = new QuarantineSweep(
                new Session(new Database(database.url(), database.user(), database.password()), "sweep"),
                table,
                bounds,
                () -> now)) {
            sweep.sweep();
        }
    }

    @Test
    void theFirstHundredOfADeviceAndDayAreKeptAndAllAreCounted() throws Exception {
        int kept = 0;
        for (int i = 0; i < 10; i++) {
            kept += insert(Collections.nCopies(25, refusal(1, NOON, Reason.SCHEMA_VIOLATION, 200)));
        }
        kept += insert(List.of(refusal(1, NOON.plusSeconds(3_599), Reason.TOO_LARGE, 200)));
        assertEquals(ROWS_A_DAY, kept);

        assertEquals(1, insert(List.of(refusal(2, NOON, Reason.SCHEMA_VIOLATION, 200))), "another device");
        assertEquals(1, insert(List.of(refusal(1, NOON.plus(Duration.ofHours(12)), Reason.RETAINED, 0))), "midnight");
        assertEquals(
                List.of(
                        "1|2026-03-01 12:00:00|schema-violation|250|100",
                        "1|2026-03-01 12:00:00|too-large|1|0",
                        "1|2026-03-02 00:00:00|retained|1|1",
                        "2|2026-03-01 12:00:00|schema-violation|1|1"),
                query("""
                        select concat_ws('|', device_no, hour at time zone 'UTC', reason, messages, kept)
                          from quarantine_count order by device_no, hour, reason"""));
        assertEquals(List.of("102"), query("select count(*) from quarantine"));
    }

    @Test
    void theBoundHoldsWithinOneGroupAndAfterARestart() throws Exception {
        List<Entry.Refusal> mixed = IntStream.range(0, 1_000)
                .mapToObj(i -> refusal(1 + i % 2, NOON.plusMillis(i), Reason.MALFORMED_JSON, 10))
                .toList();
        assertEquals(2 * ROWS_A_DAY, insert(mixed));

        QuarantineTable afterRestart = new QuarantineTable(bounds);
        int kept = session.commit(connection -> afterRestart.insert(connection, mixed));

        assertEquals(0, kept);
        assertEquals(List.of("1000", "1000"), query("select messages from quarantine_count order by device_no"));
        assertEquals(
                List.of("2026-03-01 12:00:00.998"),
                query("select last_at at time zone 'UTC' from quarantine_count where device_no = 1"));
    }

    @Test
    void longNamesAndBodiesAreCutAndTheLengthIsKept() throws Exception {
        Entry.Refusal huge = new Entry.Refusal(
                new Entry.Origin(1, "robot-1", "t".repeat(60_000), new Flow()),
                NOON,
                new Fault(Reason.TOO_LARGE, "/p".repeat(8_000), "d".repeat(16_000)),
                new byte[20_000]);
        insert(List.of(huge));

        assertEquals(List.of("256|300|500|16384|20000"), query("""
                        select concat_ws('|', length(topic), length(pointer), length(detail), length(payload), payload_length)
                          from quarantine"""));
    }

    @Test
    void whatIsTooOldGoesWithItsCount() throws Exception {
        List<Entry.Refusal> old = new ArrayList<>();
        for (int hour = 0; hour < 3; hour++) {
            old.add(refusal(1, NOON.plus(Duration.ofHours(hour)), Reason.RETAINED, 10));
        }
        insert(old);

        sweepAt(NOON.plus(Duration.ofDays(30)).plus(Duration.ofMinutes(90)));

        assertEquals(List.of("2026-03-01 14:00:00"), query("select received_at at time zone 'UTC' from quarantine"));
        assertEquals(List.of("2026-03-01 14:00:00"), query("select hour at time zone 'UTC' from quarantine_count"));
    }

    @Test
    void moreThanASweepDeletesAtOnceIsDeletedToo() throws Exception {
        query("""
                insert into quarantine (received_at, device_no, device_id, topic, reason, reason_code, pointer, detail,
                                        payload)
                select timestamptz '2025-01-01 00:00Z' + n * interval '1 second', 1, 'robot-1', 't', 'retained', 135,
                       '', '', ''
                  from generate_series(1, 5000) as n""");

        sweepAt(NOON);

        assertEquals(List.of("0"), query("select count(*) from quarantine"));
    }

    @Test
    void allTogetherTakeNoMoreThanTheyMayAndTheOldestMakeRoom() throws Exception {
        QuarantineBounds many = new QuarantineBounds(100_000, Duration.ofDays(30), 1_000_000);
        QuarantineTable full = new QuarantineTable(many);
        int size = 10_000 + QuarantineTable.BYTES_A_ROW;
        List<Entry.Refusal> refusals = IntStream.range(0, 200)
                .mapToObj(i -> refusal(1, NOON.plusSeconds(i), Reason.SCHEMA_VIOLATION, 10_000))
                .toList();

        int kept = session.commit(connection -> full.insert(connection, refusals));

        assertEquals(1_000_000 / size, kept);
        assertEquals(List.of("200"), query("select messages from quarantine_count"));
        query("""
                insert into quarantine (received_at, device_no, device_id, topic, reason, reason_code, pointer, detail,
                                        payload)
                select timestamptz '2026-03-01 12:10Z' + n * interval '1 second', 1, 'robot-1', 't', 'schema-violation',
                       135, '', '', decode(repeat('00', 10000), 'hex')
                  from generate_series(1, 2500) as n""");
        query("update quarantine_count set bytes = bytes + 2500 * " + size);

        sweepAt(NOON.plusSeconds(3_600));

        // One group of 2,000 at a time, the oldest first: 2,597 rows, then 597, which is still too many, then none.
        assertEquals(List.of("0"), query("select count(*) from quarantine"));
        assertEquals(List.of("0"), query("select bytes from quarantine_count"));
        assertTrue(insert(List.of(refusal(1, NOON.plus(Duration.ofDays(1)), Reason.RETAINED, 10_000))) == 1);
    }

    private List<String> query(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            List<String> rows = new ArrayList<>();
            if (statement.execute()) {
                try (ResultSet result = statement.getResultSet()) {
                    while (result.next()) {
                        rows.add(result.getString(1));
                    }
                }
            }
            return rows;
        }
    }
}
