package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.City.SOON;
import static kr.dolbom.caseworker.City.awaitThat;
import static kr.dolbom.caseworker.City.rings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.City.Person;
import kr.dolbom.sim.phone.line.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Whom an alert reaches, in which order and by what.
class PolicyScenarioTest {
    private static final City CITY = new City("dolbom.response.step-wait", "60s");

    private final City.Office office = CITY.open();

    @AfterAll
    static void close() {
        CITY.close();
    }

    @Test
    void whenNobodyOnCallTakesItTheSupervisorIsRung() {
        Person minji = office.onCall("이민지");
        Person boss = office.supervisor("한과장");
        minji.phone().fault(Fault.API_400);
        UUID alert = office.resident("김영자").raise("critical", "emergency");
        boss.take();

        assertEquals("한과장", CITY.owner(alert));
    }

    @Test
    void theWholeTeamIsRungAtOnceAndTheFirstToPressSilencesTheOthers() {
        Person minji = office.onCall("이민지");
        Person junho = office.caseworker("박준호");
        Person sua = office.caseworker("최수아");
        office.policy("critical", policy("team", "voice", 60, true));
        UUID alert = office.resident("김영자").raise("critical", "emergency");
        for (Person person : List.of(minji, junho, sua)) {
            person.phone().awaitRinging(SOON);
        }
        junho.take();
        awaitThat(() -> !minji.phone().isRinging() && !sua.phone().isRinging());

        assertEquals("박준호", CITY.owner(alert));
        assertEquals(List.of(1, 1, 1), rings(minji, junho, sua));
    }

    @Test
    void theResidentsOwnCaseworkerIsRungBeforeWhoeverIsOnCall() {
        Person minji = office.onCall("이민지");
        Person own = office.caseworker("박준호");
        office.policy("urgent", """
                {"steps": [%s, %s], "rounds": 2, "keepsOn": true, "slowWaitSeconds": 300}""".formatted(
                        step("own-caseworker", "voice", 60, false), step("on-call", "voice", 60, false)));
        UUID alert = office.resident("김영자").of(own).raise("urgent", "silence");
        own.ringOut(CITY);
        minji.take();

        assertEquals("이민지", CITY.owner(alert));
        assertEquals(List.of(1, 1), rings(own, minji));
    }

    @Test
    void aGuardianWhoConsentedIsCalledAndOneWhoDidNotIsNot() {
        Person minji = office.onCall("이민지");
        City.Home home = office.resident("김영자");
        Person daughter = home.guardian("김미영", true);
        Person son = home.guardian("김철수", false);
        office.policy(
                "critical", """
                {"steps": [%s, %s], "rounds": 2, "keepsOn": true, "slowWaitSeconds": 300}""".formatted(step("guardian", "voice", 60, true), step("on-call", "voice", 60, false)));
        UUID alert = home.raise("critical", "emergency");
        daughter.take();

        assertEquals("김미영", CITY.owner(alert));
        assertEquals(List.of(1, 0, 0), rings(daughter, son, minji));
    }

    @Test
    void aTextAloneRingsNobodyAndItsLinkTakesTheAlert() {
        Person minji = office.onCall("이민지");
        office.policy("check-in", policy("on-call", "sms", 600, false));
        UUID alert = office.resident("김영자").raise("check-in", "silence");
        String text = minji.phone().awaitTexts(1, SOON).getFirst().body();
        new Client(text.substring(text.indexOf("http"))).form("", java.util.Map.of());

        assertEquals("이민지", CITY.owner(alert));
        assertEquals(List.of(0), rings(minji));
    }

    @Test
    void aStepThatRepeatsCallsTheSamePersonAgainBeforeAnyoneElse() {
        Person minji = office.onCall("이민지");
        Person junho = office.onCall("박준호");
        office.policy("critical", """
                {"steps": [{"targets": ["primary"], "channels": ["voice"], "waitSeconds": 60, "repeats": 2,
                            "together": false}, %s],
                 "rounds": 1, "keepsOn": true, "slowWaitSeconds": 300}""".formatted(step("backup", "voice", 60, false)));
        office.resident("김영자").raise("critical", "emergency");
        minji.phone().ringOut(SOON);
        minji.phone().ringOut(SOON);
        junho.take();

        assertEquals(List.of(2, 1), rings(minji, junho));
    }

    @Test
    void aPolicyThatKeepsOnRingsUntilSomebodyIsReached() {
        Person minji = office.onCall("이민지");
        office.policy("critical", """
                {"steps": [%s], "rounds": 1, "keepsOn": true, "slowWaitSeconds": 300}""".formatted(step("on-call", "voice", 60, false)));
        UUID alert = office.resident("김영자").raise("critical", "emergency");
        for (int round = 0; round < 4; round++) {
            minji.ringOut(CITY);
            CITY.pass(Duration.ofMinutes(5));
        }
        minji.take();

        assertEquals("이민지", CITY.owner(alert));
        assertTrue(CITY.town.events(alert).contains("nobody-reached"));
    }

    @Test
    void somebodyWhoLeftIsNeverCalled() {
        Person gone = office.onCall("이민지");
        Person junho = office.onCall("박준호");
        CITY.town.execute("update caseworker set left_at = now() where caseworker_no = " + gone.number());
        office.resident("김영자").raise("critical", "emergency");
        junho.take();

        assertEquals(List.of(0, 1), rings(gone, junho));
    }

    @Test
    void aPolicyThatReachesNobodyIsRefusedWhenItIsSaved() {
        Client operator = new Client(CITY.town.url).as("operator", Town.PASSWORD);
        String path = "/api/v1/offices/" + office.id() + "/policies/critical";
        String body = "{\"policy\": %s, \"reason\": \"a test\"}";
        var nobody = operator.put(path, body.formatted(policy("on-call", "voice", 60, false)));
        office.onCall("이민지");
        var silent = operator.put(path, body.formatted(policy("on-call", "sms", 60, false)));
        var wrong = operator.put(path, body.formatted(policy("the-mayor", "voice", 60, false)));
        var good = operator.put(path, body.formatted(policy("on-call", "voice", 60, false)));

        assertEquals(
                List.of(400, 400, 400, 200),
                List.of(nobody.statusCode(), silent.statusCode(), wrong.statusCode(), good.statusCode()));
        assertTrue(nobody.body().contains("put somebody on call"), nobody.body());
        assertTrue(silent.body().contains("a text wakes nobody"), silent.body());
        assertTrue(wrong.body().contains("the-mayor"), wrong.body());
        assertTrue(operator.get(path).body().contains("a test"));
    }

    static String policy(String target, String channel, int wait, boolean together) {
        return """
                {"steps": [%s], "rounds": 2, "keepsOn": true, "slowWaitSeconds": 300}""".formatted(step(target, channel, wait, together));
    }

    static String step(String target, String channel, int wait, boolean together) {
        return """
                {"targets": ["%s"], "channels": ["%s"], "waitSeconds": %d, "repeats": 1, "together": %s}""".formatted(target, channel, wait, together);
    }
}
