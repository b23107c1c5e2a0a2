package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.City.SOON;
import static kr.dolbom.caseworker.City.awaitThat;
import static kr.dolbom.caseworker.City.rings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.City.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// While an office is in maintenance nobody is rung or asked but for what is critical, and nothing is lost.
class MaintenanceScenarioTest {
    private static final City CITY = new City("dolbom.response.step-wait", "60s");

    private final Client operator =
            new Client(CITY.town.url).signIn("operator", Town.PASSWORD).with("Accept", "*/*");
    private final City.Office office = CITY.open();
    private final Person minji = office.onCall("이민지");

    @AfterAll
    static void close() {
        CITY.close();
    }

    @Test
    void anUrgentAlertWaitsAndRingsWhenTheMaintenanceExpires() {
        begin(Duration.ofHours(2));
        UUID alert = office.resident("김영자").raise("urgent", "silence");
        CITY.awaitEvent(alert, "held");
        assertEquals(List.of(0), rings(minji));
        CITY.pass(Duration.ofHours(2));
        minji.take();

        assertEquals("이민지", CITY.owner(alert));
        assertEquals(
                List.of("raised", "held", "robot-unreachable"),
                List.of(CITY.town.events(alert).get(0), CITY.town.events(alert).get(1), CITY.town.text("""
                                select detail ->> 'why' as text from alert_event
                                 where type = 'people-called' and alert_id = :value""", alert)));
    }

    @Test
    void anSosRingsInMaintenanceToo() {
        begin(Duration.ofHours(2));
        UUID alert = office.resident("김영자").raise("critical", "emergency");
        minji.take();

        assertEquals("이민지", CITY.owner(alert));
    }

    @Test
    void theRobotIsNotAskedUntilItEnds() {
        UUID maintenance = begin(Duration.ofHours(2));
        UUID alert = office.resident("김영자").device("doll").raise("check-in", "silence");
        CITY.awaitEvent(alert, "held");
        assertEquals(List.of(), CITY.town.commands(alert));
        assertEquals(204, operator.delete("/api/v1/maintenance/" + maintenance).statusCode());

        awaitThat(() -> CITY.town.commands(alert).size() == 1);
    }

    @Test
    void aRingingCallGoesOnAndTheNextStepWaits() {
        Person junho = office.onCall("박준호");
        UUID alert = office.resident("김영자").raise("urgent", "silence");
        minji.phone().awaitRinging(SOON);
        UUID maintenance = begin(Duration.ofHours(2));
        minji.ringOut(CITY);
        CITY.awaitEvent(alert, "held");
        assertEquals(List.of(1, 0), rings(minji, junho));
        assertEquals(204, operator.delete("/api/v1/maintenance/" + maintenance).statusCode());
        junho.take();

        assertEquals("박준호", CITY.owner(alert));
    }

    @Test
    void whatWaitsInTheLineWhenItBeginsGoesWhenItEnds() {
        City.Home home = office.resident("김영자");
        Instant now = CITY.town.clock.instant();
        CITY.town.execute("""
                insert into alert (resident_no, family, tier, state, reason_ko, reason_en, moment)
                values (%d, 'silence', 'urgent', 'escalating', '-', '-', now())""".formatted(home.number));
        CITY.town.execute("""
                insert into escalation_attempt (alert_id, step, channel, caseworker_no, destination, state, started_at,
                                                not_before)
                select alert_id, 1, channel, %d, '%s', 'starting', '%s', '%s'
                  from alert, (values ('sms'), ('voice')) c (channel)
                 where resident_no = %d""".formatted(minji.number(), minji.phone().number(), now, now.plusSeconds(60), home.number));
        UUID maintenance = begin(Duration.ofHours(2));
        CITY.pass(Duration.ofSeconds(61));
        awaitThat(() -> CITY.town.list("""
                        select channel as text from escalation_attempt join alert using (alert_id)
                         where resident_no = :value and not_before > started_at + interval '65 seconds'""", home.number).size() == 2);
        assertEquals(List.of(0), rings(minji));
        assertEquals(List.of(), minji.phone().texts());
        assertEquals(204, operator.delete("/api/v1/maintenance/" + maintenance).statusCode());
        CITY.pass(Duration.ofSeconds(16));

        minji.phone().awaitRinging(SOON);
        minji.phone().awaitTexts(1, SOON);
    }

    @Test
    void anExtendedOneHoldsOnAndTheSupervisorsNoticeEndsWithIt() {
        UUID maintenance = begin(Duration.ofHours(1));
        assertEquals(1, notices());
        UUID alert = office.resident("김영자").raise("urgent", "silence");
        CITY.awaitEvent(alert, "held");
        String later = body(Duration.ofHours(3));
        assertEquals(
                200, operator.put("/api/v1/maintenance/" + maintenance, later).statusCode());
        CITY.pass(Duration.ofHours(2));
        assertEquals(
                1,
                Client.json(operator.get("/api/v1/maintenance?officeId=" + office.id()))
                        .get(0)
                        .get("held")
                        .asInt());
        assertEquals(1, notices());
        CITY.pass(Duration.ofHours(1));
        minji.take();
        operator.get("/api/v1/maintenance?officeId=" + office.id());

        assertEquals(0, notices());
        assertEquals("이민지", CITY.owner(alert));
        assertEquals(
                List.of("maintenance-begun: the database is mended", "maintenance-extended: it takes longer"),
                CITY.town.list("""
                        select action || ': ' || (detail ->> 'reason') as text from audit_event
                         where detail ->> 'maintenance' = :value order by audit_no""", maintenance.toString()));
    }

    @Test
    void itMustEndWithinADayAndThereIsOneAtATime() {
        var tooLong = operator.post("/api/v1/maintenance", newBody(Duration.ofHours(25)));
        assertEquals(400, tooLong.statusCode());
        assertTrue(tooLong.body().contains("24 h"), tooLong.body());
        UUID maintenance = begin(Duration.ofHours(2));
        assertEquals(
                409,
                operator.post("/api/v1/maintenance", newBody(Duration.ofHours(2)))
                        .statusCode());
        assertEquals(
                400,
                operator.put("/api/v1/maintenance/" + maintenance, body(Duration.ofHours(25)))
                        .statusCode());
        operator.delete("/api/v1/maintenance/" + maintenance);

        assertEquals(
                409,
                operator.put("/api/v1/maintenance/" + maintenance, body(Duration.ofHours(2)))
                        .statusCode());
        assertEquals(
                401,
                new Client(CITY.town.url)
                        .post("/api/v1/maintenance", newBody(Duration.ofHours(2)))
                        .statusCode());
    }

    private UUID begin(Duration time) {
        var begun = operator.post("/api/v1/maintenance", newBody(time));
        assertEquals(201, begun.statusCode(), begun.body());
        return UUID.fromString(Client.json(begun).get("maintenanceId").asText());
    }

    private String newBody(Duration time) {
        return "{\"officeId\": \"%s\", \"until\": \"%s\", \"reason\": \"the database is mended\"}"
                .formatted(office.id(), until(time));
    }

    private static String body(Duration time) {
        return "{\"until\": \"%s\", \"reason\": \"it takes longer\"}".formatted(until(time));
    }

    private static Instant until(Duration time) {
        return CITY.town.clock.instant().plus(time);
    }

    private int notices() {
        return Integer.parseInt(CITY.town.text("""
                select count(*)::text as text from notice
                 where kind = 'maintenance' and ended_at is null and office_no = :value""", office.number));
    }
}
