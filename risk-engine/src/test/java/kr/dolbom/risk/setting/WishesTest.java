package kr.dolbom.risk.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import kr.dolbom.db.fixture.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WishesTest {
    private static final Instant NOW = Instant.parse("2026-08-01T03:00:00Z");

    private final TestDatabase database = TestDatabase.create();

    @BeforeEach
    void populate() throws SQLException {
        execute("""
                insert into office (name_ko, name_en, short_name) values ('가', 'A', '가'), ('나', 'B', '나');
                insert into resident (office_no, name, birth_year, neighbourhood, address)
                values (1, '김영자', 1941, '대화동', '1'), (1, '박순자', 1938, '대화동', '2'), (2, '이순이', 1940, '금촌동', '3')""");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void withoutAnyWishAllIsAsUsual() throws SQLException {
        assertEquals(
                new RiskSettings(Duration.ofHours(4), Duration.ofHours(16), Duration.ofHours(24), 0),
                read().settingsOf(1, 1));
    }

    @Test
    void theResidentsWishGoesBeforeTheOfficesAndTheNewestCounts() throws SQLException {
        change("office_no", 1, "caps.urgent", "900");
        change("resident_no", 1, "caps.urgent", "600");
        change("resident_no", 1, "caps.urgent", "660");
        change("resident_no", 2, "caps.urgent", "600");
        change("resident_no", 2, "caps.urgent", "null");
        change("resident_no", 1, "margins.urgent", "-50");

        Wishes wishes = read();

        assertEquals(Duration.ofHours(11), wishes.settingsOf(1, 1).cap());
        assertEquals(-0.5, wishes.settingsOf(1, 1).margin());
        assertEquals(Duration.ofHours(15), wishes.settingsOf(2, 1).cap());
        assertEquals(Duration.ofHours(16), wishes.settingsOf(3, 2).cap());
    }

    @Test
    void boundsThatContradictEachOtherAreBroughtIntoOrder() throws SQLException {
        change("office_no", 1, "floors.urgent", "700");
        change("resident_no", 1, "caps.urgent", "600");

        assertEquals(Duration.ofHours(10), read().settingsOf(1, 1).floor());
    }

    @Test
    void quietHoursMayGoOverMidnight() throws SQLException {
        ZoneId seoul = ZoneId.of("Asia/Seoul");
        QuietHours usual = read().quietHoursOf(1, 1);
        Instant evening = Instant.parse("2026-08-01T13:00:00Z"); // 22:00 in Seoul

        assertTrue(usual.hold(evening, seoul));
        assertFalse(usual.hold(evening.minusSeconds(1), seoul));
        assertEquals(Instant.parse("2026-08-01T22:00:00Z"), usual.endAfter(evening, seoul));
        assertTrue(usual.hold(Instant.parse("2026-08-01T21:59:59Z"), seoul));
        assertFalse(usual.hold(Instant.parse("2026-08-01T22:00:00Z"), seoul));

        change("office_no", 1, "quiet.begins", "780");
        change("resident_no", 1, "quiet.ends", "840");
        QuietHours nap = read().quietHoursOf(1, 1);
        assertEquals(new QuietHours(LocalTime.of(13, 0), LocalTime.of(14, 0)), nap);
        assertTrue(nap.hold(Instant.parse("2026-08-01T04:30:00Z"), seoul));
        assertFalse(nap.hold(evening, seoul));
        change("resident_no", 1, "quiet.ends", "780");
        assertFalse(read().quietHoursOf(1, 1).hold(Instant.parse("2026-08-01T04:00:00Z"), seoul));
    }

    @Test
    void aModeHoldsFromItsBeginningToItsEnd() throws SQLException {
        execute("""
                insert into resident_mode (resident_no, mode, begins_at, ends_at, set_by, reason) values
                    (1, 'away', '2026-07-01T00:00Z', '2026-07-02T00:00Z', 'minji', 'over'),
                    (1, 'hospital', '2026-07-31T00:00Z', '2026-08-02T00:00Z', 'minji', 'now')""");

        Wishes wishes = read();

        Mode mode = wishes.findMode(1).orElseThrow();
        assertEquals(Mode.Kind.HOSPITAL, mode.kind());
        assertTrue(mode.holdsAt(NOW));
        assertFalse(mode.holdsAt(mode.until()));
        assertTrue(wishes.findMode(2).isEmpty());
    }

    private Wishes read() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return Wishes.read(connection, NOW);
        }
    }

    private void change(String whose, int number, String name, String value) throws SQLException {
        execute(
                "insert into risk_setting_change (%s, name, value, changed_by, reason) values (%d, '%s', %s, 'minji', 'a test')"
                        .formatted(whose, number, name, value));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
