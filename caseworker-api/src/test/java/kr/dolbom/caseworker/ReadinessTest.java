package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.RosterOffice.created;
import static kr.dolbom.caseworker.RosterOffice.read;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.timer.Chore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadinessTest {
    private final Town town = new Town();
    private final Client operator = new Client(town.url);
    private Chore check;

    @BeforeAll
    void start() {
        check = town.start().getApplicationContext().getBeansOfType(Chore.class).stream()
                .filter(chore -> chore.name().equals("readiness-check"))
                .findFirst()
                .orElseThrow();
        operator.signIn("operator", Town.PASSWORD).with("Accept", "*/*");
    }

    @AfterAll
    void close() {
        town.close();
    }

    @Test
    void supervisorsAreToldBeforehandAndThatItIsMended() {
        var office = new RosterOffice(town, operator, 2);
        office.live();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        assertTrue(notices(office).getFirst().startsWith("shift-gap: "), "nobody at all");

        office.open(0, 1, now);
        List<String> alone = notices(office);
        assertEquals(1, alone.size(), alone.toString());
        assertTrue(alone.getFirst().startsWith("shift-single: "), alone.toString());
        String second = office.open(1, 2, now);
        assertEquals(List.of(), notices(office));
        assertEquals(
                true,
                read(operator, "/api/v1/offices/" + office.id + "/readiness")
                        .get("ready")
                        .asBoolean());

        town.transactions.run(connection ->
                Sql.on(connection, """
                        insert into phone_trouble (phone, channel, code, since)
                        select phone, 'sms', '30003', now() from caseworker where caseworker_id = :second""").with("second", UUID.fromString(second)).update());
        List<String> dead = notices(office);
        assertEquals(2, dead.size(), dead.toString());
        assertTrue(dead.getFirst().startsWith("shift-number-unusable: "), dead.toString());
        assertTrue(dead.getLast().startsWith("shift-single: "), dead.toString());
        assertEquals(dead, notices(office), "told once");

        operator.post("/api/v1/caseworkers/" + second + "/change", "{\"phone\": \"+821077770077\"}");
        assertEquals(List.of(), notices(office));
    }

    @Test
    void aTestRingSaysThatItIsATestAndAMissedOneIsTold() {
        var office = new RosterOffice(town, operator, 2);
        office.live();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String first = office.open(0, 1, now);
        office.open(1, 2, now);
        String phone =
                town.text("select phone as text from caseworker where caseworker_id = :value", UUID.fromString(first));
        String rings = "/api/v1/offices/" + office.id + "/test-rings";
        String ring = "{\"caseworkerId\": \"%s\"}".formatted(first);

        created(operator.post(rings, ring));
        town.phones.phone(phone).decline(Town.SOON);
        await().atMost(Town.SOON)
                .until(() -> read(operator, rings).at("/0/state").asText().equals("busy"));
        List<String> missed = notices(office);
        assertEquals(1, missed.size(), missed.toString());
        assertTrue(missed.getFirst().startsWith("shift-test-ring-failed: "), missed.toString());

        created(operator.post(rings, ring));
        town.phones.phone(phone).answer(Town.SOON);
        town.phones.phone(phone).awaitSpoken("새 부서 돌봄 안심 알림 시험 전화입니다. 번호가 확인되었습니다. 하실 일은 없습니다. 감사합니다.", Town.SOON);
        await().atMost(Town.SOON)
                .until(() -> read(operator, rings).at("/0/heard").asBoolean());
        assertEquals(List.of(), notices(office));
    }

    @Test
    void whoeverComesOnCallSoonIsRungOnceWhereTheOfficeWantsIt() {
        var office = new RosterOffice(town, operator, 2);
        office.live();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        office.open(0, 1, now);
        String next = office.open(1, 2, now.plus(20, ChronoUnit.MINUTES));
        String phone =
                town.text("select phone as text from caseworker where caseworker_id = :value", UUID.fromString(next));
        operator.put("/api/v1/offices/" + office.id + "/roster-settings", "{\"testRingMinutes\": 30}");
        check.run();
        check.run();

        JsonNode rings = read(operator, "/api/v1/offices/" + office.id + "/test-rings");
        assertEquals(1, rings.size(), rings.toString());
        town.phones.phone(phone).decline(Town.SOON);
        assertEquals(next, rings.at("/0/caseworkerId").asText());
    }

    /// The open notices about rosters after a check: kind and the sentence in Korean.
    private List<String> notices(RosterOffice office) {
        check.run();
        return town.list("""
                select kind || ': ' || text_ko as text from notice where office_no = :value and ended_at is null
                 order by kind, about""", office.number);
    }
}
