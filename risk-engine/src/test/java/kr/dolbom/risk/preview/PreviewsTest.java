package kr.dolbom.risk.preview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import kr.dolbom.db.fixture.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Previews over stored telemetry, in a real database.
///
/// Six residents are up from 12:00 to 21:00 and silent for the 15 hours in between, day after day: nothing surprises
/// there, so that the caps alone decide. With a cap of 16 h nobody is alarmed about, with 14 h everybody is every day.
/// The sixth has not been seen since 21:00 of the 40th day until somebody came at 14:20, called by an alert of 12:30:
/// half an hour after noon is surprising enough.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreviewsTest {
    private static final int LATE_RISER = 1;
    private static final int FALLEN = 6;
    private static final Instant FROM = seoul(29, 0, 0);
    private static final Instant TO = seoul(43, 0, 0);
    private static final String CASE = "0195e5a0-0000-7000-8000-0000000000aa";

    private final TestDatabase database = TestDatabase.create();

    @BeforeAll
    void live() throws SQLException {
        update("""
                insert into office (name_ko, name_en, short_name)
                values ('시험시청 노인복지과', 'Test City', '시험시'), ('다른시청 노인복지과', 'Other City', '다른시')""");
        update(
                "insert into caseworker (office_no, name, phone) values (1, '가', '+821000000001'), (1, '나', '+821000000002')");
        update("""
                insert into resident (office_no, name, birth_year, neighbourhood, address)
                select case when i = 7 then 2 else 1 end, '시험', 1940, '대화동', '1' from generate_series(1, 7) i""");
        update("""
                insert into device (device_id, resident_no, vendor, model)
                select 'robot-' || resident_no, resident_no, 'v', 'm' from resident order by resident_no""");
        // At the front door at 15:00, so that the exits count as watched.
        update("""
                insert into telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data)
                select at, at, 1, device_no, resident_no, 1, gen_random_uuid(), convert_to(
                       '{"windowSeconds":600,"counts":[{"sensor":"motion","count":1,"room":"'
                       || case (at at time zone 'Asia/Seoul')::time when '15:00' then 'front-door' else 'lounge' end || '"}]}', 'UTF8')
                  from device, generate_series(?::timestamptz, ?::timestamptz, interval '20 minutes') at
                 where (at at time zone 'Asia/Seoul')::time between '12:00' and '21:00'
                   and not (resident_no = ? and at between ? and ?)""", seoul(15, 0, 0), TO, FALLEN, seoul(41, 0, 0), seoul(41, 14, 10));
        update("""
                insert into telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data)
                select at, at, 1, device_no, resident_no, 4, gen_random_uuid(),
                       convert_to('{"state":"heartbeat","firmware":"1","contract":"1.0"}', 'UTF8')
                  from device, generate_series(?::timestamptz, ?::timestamptz, interval '20 minutes') at""", seoul(15, 0, 0), TO);
        update("""
                insert into alert (alert_id, resident_no, family, tier, state, reason_ko, reason_en, moment, raised_at,
                                   resolved_at, outcome)
                values (?::uuid, ?, 'silence', 'urgent', 'resolved', '-', '-', ?, ?, ?, 'real-emergency')""", CASE, FALLEN, seoul(41, 12, 30), seoul(41, 12, 30), seoul(41, 15, 0));
        update("""
                insert into alert (resident_no, family, tier, state, reason_ko, reason_en, moment, raised_at,
                                   resolved_at, outcome)
                values (1, 'emergency', 'critical', 'resolved', '-', '-', ?, ?, ?, 'needed-help')""", seoul(35, 13, 0), seoul(35, 13, 0), seoul(35, 15, 0));
    }

    @BeforeEach
    void forget() throws SQLException {
        update("truncate risk_preview, risk_setting_change, resident_mode, monitoring_gap, weather_advisory cascade");
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void aShorterCapGivesMoreAlertsAndFindsTheTrueCaseEarlier() throws Exception {
        JsonNode result = workOut(null, "{\"caps.urgent\": 840}", FROM, TO);

        assertTrue(result.get("enoughData").asBoolean());
        assertEquals(6, result.get("residents").asInt());
        assertEquals(2, result.get("caseworkers").asInt());
        // Six homes for fourteen days, watched from end to end.
        assertEquals(84, result.get("personDays").asDouble(), 0.5);
        // The fallen resident's alone.
        assertEquals(1, alerts(result, "now", "urgent").get("count").asInt());
        // One in each night of 29 to 42 March that ends within the period, for each of six.
        assertEquals(84, alerts(result, "proposed", "urgent").get("count").asInt());
        assertEquals(6.0, alerts(result, "proposed", "urgent").get("perDay").asDouble(), 0.05);
        assertEquals(
                3.0, alerts(result, "proposed", "urgent").get("perWorkerAndDay").asDouble(), 0.05);
        assertEquals(
                30.0,
                alerts(result, "proposed", "urgent").get("per30PersonDays").asDouble(),
                0.3);
        JsonNode cases = result.get("trueCases");
        assertEquals(1, cases.get("foundNow").asInt());
        assertEquals(1, cases.get("foundProposed").asInt());
        assertEquals(1, cases.get("ofOtherFamilies").asInt());
        JsonNode fallen = cases.get("cases").get(0);
        assertEquals(CASE, fallen.get("alertId").asText());
        assertEquals("earlier", fallen.get("verdict").asText());
        assertEquals(-2, fallen.get("hoursLater").asDouble(), 0.01);
        assertTrue(p90(result, "proposed") < p90(result, "now"), result.toString());
    }

    @Test
    void aCaseThatIsNotFoundBeforeTheNextSignIsLostAndHowMuchLaterItWouldBeIsSaid() throws Exception {
        update("""
                insert into risk_setting_change (office_no, name, value, changed_by, reason)
                values (1, 'caps.urgent', 840, 'operator', 'to be careful')""");
        update("""
                insert into alert (resident_no, family, tier, state, reason_ko, reason_en, moment, raised_at,
                                   resolved_at, outcome)
                values (2, 'silence', 'urgent', 'resolved', '-', '-', ?, ?, ?, 'needed-help')""", seoul(36, 11, 0), seoul(36, 11, 0), seoul(36, 11, 50));

        JsonNode cases = workOut(null, "{\"caps.urgent\": 960}", FROM, TO).get("trueCases");
        update("delete from alert where resident_no = 2");

        assertEquals(2, cases.get("foundNow").asInt());
        assertEquals(1, cases.get("foundProposed").asInt());
        assertEquals(1, cases.get("lost").asInt());
        assertEquals("lost", cases.get("cases").get(0).get("verdict").asText());
        assertEquals(1.5, cases.get("cases").get(0).get("hoursLater").asDouble(), 0.5);
        assertEquals("later", cases.get("cases").get(1).get("verdict").asText());
    }

    @Test
    void oneResidentsPreviewCountsThisResidentAloneAndAResidentsOwnSettingGoesBeforeTheOffices() throws Exception {
        update("""
                insert into risk_setting_change (resident_no, name, value, changed_by, reason)
                values (?, 'caps.urgent', 960, 'minji', 'a late riser')""", LATE_RISER);

        JsonNode ofOne = workOut(LATE_RISER, "{\"caps.urgent\": 840}", FROM, TO);
        JsonNode ofOffice = workOut(null, "{\"caps.urgent\": 840}", FROM, TO);

        assertEquals(1, ofOne.get("residents").asInt());
        assertEquals(14, alerts(ofOne, "proposed", "urgent").get("count").asInt());
        assertFalse(alerts(ofOne, "proposed", "urgent").has("perWorkerAndDay"));
        assertEquals(0, ofOne.get("trueCases").get("ofSilence").asInt());
        assertEquals(70, alerts(ofOffice, "proposed", "urgent").get("count").asInt());
    }

    @Test
    void takingASettingBackIsReplayedTooAndWhatIsKnownNotToBeWatchedIsLeftOut() throws Exception {
        update("""
                insert into risk_setting_change (office_no, name, value, changed_by, reason)
                values (1, 'caps.urgent', 840, 'operator', 'to be careful')""");
        update("""
                insert into resident_mode (resident_no, mode, begins_at, ends_at, set_by, reason)
                values (?, 'away', ?, ?, 'minji', 'with his son')""", LATE_RISER, seoul(30, 0, 0), seoul(32, 0, 0));
        update("""
                insert into monitoring_gap (resident_no, from_at, to_at, cause)
                values (2, ?, ?, 'network-silent')""", seoul(33, 10, 30), seoul(33, 13, 0));

        JsonNode result = workOut(null, "{\"caps.urgent\": null}", FROM, TO);

        assertEquals(81, alerts(result, "now", "urgent").get("count").asInt());
        assertEquals(1, alerts(result, "proposed", "urgent").get("count").asInt());
        assertEquals(84 - 2 - 2.5 / 24, result.get("personDays").asDouble(), 0.5);
    }

    @Test
    void aHeatWaveTightensBothSides() throws Exception {
        update("""
                insert into weather_advisory (kind, office_no, starts_at, ends_at, source)
                values ('heat-wave', 1, ?, ?, 'KMA')""", FROM, TO);

        JsonNode result = workOut(null, "{\"caps.urgent\": 1200}", FROM, TO);

        // 12 h of 16 h, and 15 h of 20 h, at which everybody is just seen again.
        assertEquals(84, alerts(result, "now", "urgent").get("count").asInt());
    }

    @Test
    void tooFewPersonDaysAreCalledNotEnough() throws Exception {
        JsonNode result = workOut(LATE_RISER, "{\"caps.urgent\": 840}", TO.minus(Duration.ofDays(7)), TO);

        assertFalse(result.get("enoughData").asBoolean());
        assertFalse(result.has("now"));
        assertEquals(7.0, result.get("personDays").asDouble());
        assertEquals(14, result.get("leastPersonDays").asInt());
        assertTrue(result.get("advice").asText().startsWith("Not enough data: 7.0 watched person-days, at least 14"));
    }

    @Test
    void nothingStoredIsNotEnoughEither() throws Exception {
        long number = ask(2, null, "{}", Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2025-02-01T00:00:00Z"));
        work();

        assertFalse(result(number).get("enoughData").asBoolean());
    }

    @Test
    void theJobOfAKilledEngineIsTakenAgainAndTheKilledOneWritesNothing() throws Exception {
        long number = ask(1, LATE_RISER, "{\"caps.urgent\": 840}", FROM, TO);
        try (Connection killed = database.dataSource().getConnection()) {
            var jobs = new Jobs(killed, UUID.randomUUID());
            Job job = jobs.take().orElseThrow();
            assertTrue(jobs.keep(job, 0.5));
            work();
            assertEquals("running 0.5", state(number));
            update("update risk_preview set leased_until = now() - interval '1 second'");
            work();
            assertEquals("done 1", state(number));
            assertFalse(jobs.keep(job, 0.6));
            jobs.fail(job, "came back to life");
        }
        assertEquals("done 1", state(number));
        assertEquals(
                14, alerts(result(number), "proposed", "urgent").get("count").asInt());
    }

    @Test
    void aJobThatEndsEveryEngineIsGivenUp() throws Exception {
        long number = ask(1, null, "{}", FROM, TO);
        update("""
                update risk_preview set state = 'running', starts = 3, worker = gen_random_uuid(),
                       leased_until = now() - interval '1 second'""");
        work();

        assertEquals("failed 0", state(number));
    }

    @Test
    void anEngineThatIsToldToStopPutsTheJobBack() throws Exception {
        long number = ask(1, null, "{}", FROM, TO);
        try (Previews previews = open()) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, previews::work);
        }
        assertEquals("waiting 0", state(number));
    }

    private static JsonNode alerts(JsonNode result, String side, String tier) {
        return result.get(side).get(tier);
    }

    private static double p90(JsonNode result, String side) {
        return result.get(side).get("injectedSilences").get("p90Hours").asDouble();
    }

    private JsonNode workOut(@Nullable Integer residentNo, String proposed, Instant from, Instant to) throws Exception {
        long number = ask(1, residentNo, proposed, from, to);
        work();
        return result(number);
    }

    private void work() throws SQLException, InterruptedException {
        try (Previews previews = open()) {
            previews.work();
        }
    }

    private Previews open() throws SQLException {
        return Previews.open(database.connection(), "preview", Duration.ofMinutes(30), () -> false);
    }

    private long ask(int officeNo, @Nullable Integer residentNo, String proposed, Instant from, Instant to)
            throws SQLException {
        return Long.parseLong(
                text("""
                insert into risk_preview (office_no, resident_no, proposed, from_at, to_at, asked_by)
                values (?, ?::integer, ?::jsonb, ?, ?, 'minji') returning preview_no::text""", officeNo, residentNo == null ? null : residentNo.toString(), proposed, from, to));
    }

    private String state(long number) throws SQLException {
        return text("select state || ' ' || progress from risk_preview where preview_no = ?", number);
    }

    private JsonNode result(long number) throws SQLException, IOException {
        assertEquals("done 1", state(number));
        return new ObjectMapper().readTree(text("select result::text from risk_preview where preview_no = ?", number));
    }

    private void update(String statement, @Nullable Object... parameters) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement update = prepare(connection, statement, parameters)) {
            update.execute();
        }
    }

    private String text(String query, @Nullable Object... parameters) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement select = prepare(connection, query, parameters);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            statement.setObject(i + 1, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
        }
        return statement;
    }

    private static Instant seoul(int day, int hour, int minute) {
        return OffsetDateTime.of(2026, 3, 1, hour, minute, 0, 0, ZoneOffset.ofHours(9))
                .plusDays(day - 1L)
                .toInstant();
    }
}
