package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.RosterOffice.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kr.dolbom.caseworker.City.Person;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.audit.Actor;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.trail.AuditFilter;
import kr.dolbom.caseworker.trail.AuditReviews;
import kr.dolbom.caseworker.trail.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Who may read who looked at whom.
class AuditScenarioTest {
    private static final City CITY = new City();
    private static final Client OPERATOR = new Client(CITY.town.url).as("operator", Town.PASSWORD);
    private static final String EVENTS = "/api/v1/audit-events";

    private final City.Office office = CITY.open();
    private final Person minji = office.caseworker("이민지");
    private final City.Home home = office.resident("김영자").of(minji);

    @AfterAll
    static void close() {
        CITY.close();
    }

    @Test
    void whoLooksAtDevicesLooksAtTheHomesInWhichTheyAre() {
        home.device("looked-at");
        String device = "looked-at-" + home.number;
        read(OPERATOR, "/api/v1/devices?limit=1000");
        read(OPERATOR, "/api/v1/devices/" + device);
        read(OPERATOR, "/api/v1/phone-troubles");

        assertEquals(
                List.of("device-read", "device-listed"),
                CITY.town.list(
                        "select action as text from audit_event where resident_no = :value order by audit_no desc",
                        home.number));
        assertEquals(
                "phone-troubles-listed",
                CITY.town.text(
                        "select action as text from audit_event where action = :value", "phone-troubles-listed"));
    }

    @Test
    void anOperatorFindsWhoLookedAtAResidentPageByPage() {
        Client console = office.signIn(minji);
        for (int i = 0; i < 5; i++) {
            read(console, "/api/v1/residents/" + home.id() + "/check-ins");
        }
        String query = EVENTS + "?limit=2&action=check-ins-*&resident=" + home.id();
        List<String> seen = new ArrayList<>();
        Set<Long> numbers = new HashSet<>();
        JsonNode page = read(OPERATOR, query);
        while (true) {
            page.get("events").forEach(event -> {
                seen.add(event.get("account").asText() + " "
                        + event.get("action").asText());
                numbers.add(event.get("number").asLong());
            });
            if (page.get("after").isNull()) {
                break;
            }
            page = read(OPERATOR, query + "&before=" + page.get("after").asLong());
        }

        assertEquals(
                List.of("person-%d check-ins-read".formatted(minji.number())),
                seen.stream().distinct().toList());
        assertEquals(5, seen.size());
        assertEquals(5, numbers.size());
        JsonNode own = read(OPERATOR, EVENTS + "?action=audit-read&account=operator");
        assertEquals(
                home.id().toString(),
                own.at("/events/0/detail/resident").asText(),
                "that it was read is noted as well");
        assertEquals(
                0,
                read(OPERATOR, query + "&from=" + CITY.town.clock.instant().plusSeconds(86_400))
                        .get("events")
                        .size());
        assertEquals(400, OPERATOR.get(EVENTS + "?limit=501").statusCode());
    }

    @Test
    void anOfficeSeesItsResidentsAndItsPeopleAndNothingElse() {
        City.Office other = CITY.open();
        Person stranger = other.caseworker("최수아");
        City.Home elsewhere = other.resident("박순자");
        look("person-" + minji.number(), home.number);
        look("person-" + stranger.number(), elsewhere.number);
        look("person-" + stranger.number(), home.number);
        add(minji);
        add(stranger);
        List<String> seen = CITY.town.transactions.run(
                connection -> AuditTrail.list(connection, office.number, AuditFilter.ALL, null, 100).stream()
                        .map(event -> event.account() + " " + event.residentId())
                        .toList());

        assertTrue(seen.contains("person-%d %s".formatted(minji.number(), home.id())), seen.toString());
        assertTrue(seen.contains("person-%d %s".formatted(stranger.number(), home.id())), seen.toString());
        assertFalse(seen.contains("person-%d %s".formatted(stranger.number(), elsewhere.id())), seen.toString());
        assertEquals(403, office.signIn(office.caseworker("박준호")).get(EVENTS).statusCode());
        assertEquals(401, new Client(CITY.town.url).get(EVENTS).statusCode());
    }

    @Test
    void theMonthsReviewCountsViewsDownloadsStrangersAndNightsAndIsSignedOnce() {
        City.Home notOwn = office.resident("박순자");
        add(minji);
        String login = "person-" + minji.number();
        look(login, home.number);
        look(login, home.number);
        look(login, notOwn.number);
        CITY.town.transactions.run(connection -> {
            AuditLog.write(connection, new Actor(login, "192.0.2.7"), "roster-exported", null, Map.of());
            return 1;
        });
        ZoneId seoul = ZoneId.of("Asia/Seoul");
        YearMonth month = YearMonth.now(seoul);
        CITY.town.execute("""
                insert into audit_event (at, actor, action, resident_no, address)
                values (('%s-01'::date + time '03:00') at time zone 'Asia/Seoul', '%s', 'alert-read', %d, '192.0.2.7')""".formatted(month, login, home.number));
        List<AuditReviews.Activity> activity = CITY.town.transactions.run(
                connection -> AuditReviews.listActivity(connection, office.number, month, seoul));

        assertEquals(1, activity.size(), activity.toString());
        AuditReviews.Activity own = activity.getFirst();
        assertEquals(login, own.account());
        assertEquals(Role.CASEWORKER, own.role());
        assertEquals(4, own.views());
        assertEquals(1, own.exports());
        assertEquals(2, own.residents());
        assertEquals(1, own.outsideCaseload());
        assertTrue(own.nightViews() >= 1);
        var supervisor = new Actor("supervisor", "192.0.2.7");
        var auditor = new Actor("auditor", "192.0.2.8");
        Instant now = Instant.parse("2026-12-01T00:00:00Z");
        assertTrue(sign(office.number, month, supervisor, now));
        assertFalse(sign(office.number, month, auditor, now), "once for an office");
        assertTrue(sign(null, month, auditor, now.plusSeconds(60)), "and once for all");
        assertFalse(sign(null, month, supervisor, now));
        assertEquals(
                List.of("supervisor", "auditor"),
                CITY.town.transactions.run(c -> AuditReviews.listSignatures(c, office.number, month)).stream()
                        .map(AuditReviews.Signature::by)
                        .toList());
        JsonNode noted = read(OPERATOR, EVENTS + "?action=audit-review-signed&account=supervisor");
        assertEquals(
                month.toString(), noted.at("/events/0/detail/month").asText(), "to sign is an event of the log itself");
    }

    private static boolean sign(@Nullable Integer office, YearMonth month, Actor actor, Instant now) {
        return CITY.town.transactions.run(c -> AuditReviews.sign(c, office, month, actor, now, "아무 이상 없음"));
    }

    @Test
    void aProgramThatMayNotIsToldWhichRoleMay() {
        var refused = office.signIn(minji).get(EVENTS);
        assertEquals(403, refused.statusCode());
        assertTrue(refused.body().contains("It takes the role operator or auditor or supervisor."), refused.body());
    }

    @Test
    void aDownloadWithoutAReasonIsRefused() {
        String sheet = "/api/v1/rosters/%s/%s/roster.csv".formatted(office.id(), YearMonth.now(CITY.town.clock));
        assertEquals(400, OPERATOR.get(sheet).statusCode());
        assertEquals(400, OPERATOR.get(sheet + "?reason=ab").statusCode());
        assertEquals(
                200,
                OPERATOR.get(sheet + "?reason=for%20the%20monthly%20meeting").statusCode());
        JsonNode noted = read(OPERATOR, EVENTS + "?action=roster-exported&limit=1");
        assertEquals(
                "for the monthly meeting", noted.at("/events/0/detail/reason").asText());
    }

    @Test
    void theCheckSaysWhetherAllIsAsItWasWritten() {
        look("operator", home.number);
        JsonNode verdict = read(OPERATOR, EVENTS + "/check");
        assertTrue(verdict.has("hash"), verdict.toString());
        assertEquals(403, office.signIn(minji).get(EVENTS + "/check").statusCode());
    }

    private static void add(Person person) {
        CITY.town.transactions.run(connection ->
                Accounts.add(connection, "person-" + person.number(), Town.PASSWORD, Role.CASEWORKER, person.number()));
    }

    private static void look(String login, int resident) {
        CITY.town.transactions.run(connection -> {
            AuditLog.write(connection, new Actor(login, "192.0.2.7"), "resident-read", resident);
            return resident;
        });
    }
}
