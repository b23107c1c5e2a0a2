package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.City.SOON;
import static kr.dolbom.caseworker.City.awaitThat;
import static kr.dolbom.caseworker.City.rings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.City.Person;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// A drill is told as one everywhere and keeps no real alert from anybody.
class DrillScenarioTest {
    private static final City CITY = new City("dolbom.response.step-wait", "60s");

    private final Client operator =
            new Client(CITY.town.url).signIn("operator", Town.PASSWORD).with("Accept", "*/*");
    private final City.Office office = CITY.open();
    private final Person minji = office.onCall("이민지");
    private final City.Home home = office.resident("김영자").device("doll");

    @AfterAll
    static void close() {
        CITY.close();
    }

    @Test
    void theRobotTheCallTheTextAndTheConsoleSayThatItIsOne() {
        UUID alert = drill("urgent");
        awaitThat(() -> CITY.town.commands(alert).size() == 1);
        assertTrue(
                CITY.town.commands(alert).getFirst().startsWith("check-in: 훈련입니다. 김영자 님"),
                CITY.town.commands(alert).toString());
        CITY.answerLatest(alert, "no-answer");
        minji.phone().awaitRinging(SOON);
        assertTrue(operator.get("/").body().contains("class=\"drill\">훈련<"));
        assertTrue(operator.get("/alerts/" + alert).body().contains("class=\"drill\">훈련<"));
        minji.take();

        List<String> told = minji.phone().spoken();
        assertTrue(told.getFirst().startsWith("훈련입니다. "), told.getFirst());
        assertTrue(told.getFirst().contains("실제 상황이 아닙니다"), told.getFirst());
        assertTrue(
                minji.phone().texts().getFirst().body().contains("훈련"),
                minji.phone().texts().toString());
        assertEquals(
                "drill-begun",
                CITY.town.text(
                        "select action as text from audit_event where detail ->> 'alert' = :value", alert.toString()));
    }

    @Test
    void aRealAlertThatJoinsTheCallOfADrillIsToldFirstAndHasATextOfItsOwn() {
        UUID drill = drill("critical");
        minji.phone().awaitRinging(SOON);
        UUID real = office.resident("박순자").raise("urgent", "silence");
        awaitThat(() -> CITY.town.attempts(real).stream().anyMatch(attempt -> attempt.contains("sms")));
        minji.take();

        List<String> told = minji.phone().spoken();
        assertTrue(told.get(1).startsWith("1. 긴급. 박순자 님"), told.get(1));
        assertTrue(told.get(2).startsWith("훈련입니다. 2. 위급. 김영자 님"), told.get(2));
        assertEquals("이민지", CITY.owner(drill));
        assertEquals("이민지", CITY.owner(real));
        assertEquals(List.of(1), rings(minji));
    }

    @Test
    void aRealAlertAboutTheSameResidentRingsThoughSomebodyHasTheDrill() {
        UUID drill = drill("critical");
        minji.take();
        UUID real = home.raise("urgent", "silence");
        awaitThat(() -> CITY.town.commands(real).size() == 1);
        CITY.answerLatest(real, "no-answer");
        minji.take();

        assertEquals("이민지", CITY.owner(drill));
        assertEquals(List.of(2), rings(minji));
        assertTrue(!CITY.town.events(real).contains("joined"));
    }

    @Test
    void thereIsOneDrillAtATimeWithAResidentAndForWhomThereIsNoneItIsSaid() {
        drill("review");
        assertEquals(409, begin(id(), "review").statusCode());
        assertEquals(400, begin(id(), "loud").statusCode());
        assertEquals(404, begin(UUID.randomUUID().toString(), "review").statusCode());
    }

    @Test
    void supervisorsMayBeginOneAndOtherCaseworkersMayNot() {
        Client caseworker = account("caseworker-of-drills", minji);
        Client supervisor = account("supervisor-of-drills", office.supervisor("한과장"));
        Client stranger = account("stranger-to-drills", CITY.open().supervisor("최수아"));

        assertEquals(
                403, caseworker.post("/api/v1/drills", body(id(), "review")).statusCode());
        assertEquals(404, stranger.post("/api/v1/drills", body(id(), "review")).statusCode());
        assertEquals(
                201, supervisor.post("/api/v1/drills", body(id(), "review")).statusCode());
    }

    private static Client account(String login, Person person) {
        CITY.town.transactions.run(
                connection -> Accounts.add(connection, login, Town.PASSWORD, Role.CASEWORKER, person.number()));
        return new Client(CITY.town.url).signIn(login, Town.PASSWORD).with("Accept", "*/*");
    }

    private UUID drill(String tier) {
        HttpResponse<String> begun = begin(id(), tier);
        assertEquals(201, begun.statusCode(), begun.body());
        return UUID.fromString(Client.json(begun).get("alertId").asText());
    }

    private HttpResponse<String> begin(String resident, String tier) {
        return operator.post("/api/v1/drills", body(resident, tier));
    }

    private static String body(String resident, String tier) {
        return "{\"residentId\": \"%s\", \"tier\": \"%s\", \"reason\": \"the monthly exercise\"}"
                .formatted(resident, tier);
    }

    private String id() {
        return CITY.town.text("select resident_id::text as text from resident where resident_no = :value", home.number);
    }
}
