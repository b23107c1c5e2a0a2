package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.City.SOON;
import static kr.dolbom.caseworker.City.rings;
import static kr.dolbom.caseworker.RosterOffice.created;
import static kr.dolbom.caseworker.RosterOffice.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.City.Person;
import kr.dolbom.sim.phone.push.PushAnswer;
import kr.dolbom.sim.phone.push.PushNotice;
import kr.dolbom.sim.phone.push.PushService;
import kr.dolbom.sim.phone.push.PushSubscription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Messages to the browsers of caseworkers. The simulator opens each as the browser would, with its own
/// keys.
class PushScenarioTest {
    private static final City CITY = new City();
    private static final String PATH = "/api/v1/push-subscriptions";

    private final City.Office office = CITY.open();
    private final Person minji = office.onCall("이민지");
    private final Person junho = office.onCall("박준호");
    private final Client minjisConsole = office.signIn(minji);

    @AfterAll
    static void close() {
        CITY.close();
    }

    @Test
    void aBrowserIsToldOfTheAlertAndOfNothingAboutTheResidentAndItsLinkTakesTheAlert() throws Exception {
        PushSubscription browser = subscribe(minjisConsole);
        UUID alert = raise("push");
        PushNotice notice = awaitNotice(browser);
        JsonNode shown = new ObjectMapper().readTree(notice.text());
        CITY.town.awaitAttempts(alert, "1 push accepted");
        new Client(shown.get("url").asText()).form("", Map.of());

        assertEquals(201, notice.status());
        assertEquals("고양시 노인복지과", shown.get("title").asText());
        assertEquals("긴급 돌봄 알림 1건", shown.get("body").asText());
        assertEquals(alert.toString(), shown.get("tag").asText());
        assertFalse(notice.text().contains("김영자") || notice.text().contains("움직임"), notice.text());
        assertEquals("600", notice.header("TTL"));
        assertEquals("high", notice.header("Urgency"));
        assertEquals("aes128gcm", notice.header("Content-Encoding"));
        assertEquals("이민지", CITY.owner(alert));
        CITY.town.awaitAttempts(alert, "1 push reached");
    }

    @Test
    void aBrowsersSubscriptionIsGoneTheNextStepComesAtOnce() {
        PushSubscription browser = subscribe(minjisConsole);
        CITY.town.phones.push().answer(browser.id(), PushAnswer.GONE);
        UUID first = raise("push");
        junho.take();
        CITY.town.awaitAttempts(first, "1 push failed", "2 voice reached");
        UUID second = raise("push");
        junho.take();

        CITY.town.awaitAttempts(second, "1 push failed", "2 voice reached");
        assertEquals(1, CITY.town.phones.push().notices(browser.id()).size());
        assertEquals(0, read(minjisConsole, PATH).size());
        assertEquals(List.of(0, 2), rings(minji, junho));
    }

    @Test
    void oneBrowserIsGoneAnotherOfTheSamePersonStillShowsIt() {
        PushSubscription old = subscribe(minjisConsole);
        PushSubscription current = subscribe(minjisConsole);
        CITY.town.phones.push().answer(old.id(), PushAnswer.NOT_FOUND);
        UUID alert = raise("push");
        awaitNotice(current);

        CITY.town.awaitAttempts(alert, "1 push accepted");
        assertEquals(1, read(minjisConsole, PATH).size());
        assertEquals(List.of(0, 0), rings(minji, junho));
    }

    @Test
    void aPushServiceThatIsIllIsPassedOverAndItsBrowserStaysSubscribed() {
        PushSubscription browser = subscribe(minjisConsole);
        CITY.town.phones.push().answer(browser.id(), PushAnswer.SERVER_ERROR);
        UUID alert = raise("push");
        junho.take();

        CITY.town.awaitAttempts(alert, "1 push failed", "2 voice reached");
        assertEquals(1, read(minjisConsole, PATH).size());
    }

    @Test
    void whoHasNoBrowserIsCalledAllTheSame() {
        UUID alert = raise("push\", \"voice");
        minji.take();

        CITY.town.awaitAttempts(alert, "1 voice reached");
    }

    @Test
    void aBrowserThatChangesHandsTellsWhoeverSignedInLast() {
        PushSubscription browser = subscribe(minjisConsole);
        created(office.signIn(junho).post(PATH, json(browser, browser.endpoint())));

        assertEquals(0, read(minjisConsole, PATH).size());
        UUID alert = raise("push");
        junho.phone().awaitRinging(SOON);
        CITY.town.awaitAttempts(alert, "1 push failed", "2 voice ringing");
        assertEquals(List.of(), CITY.town.phones.push().notices(browser.id()));
    }

    @Test
    void aSubscriptionLeadsToPushServicesAloneAndBelongsToWhoMadeIt() {
        PushSubscription browser = CITY.town.phones.push().subscribe();
        for (String elsewhere : List.of(
                "https://169.254.169.254/latest",
                "http://localhost:8080/",
                "https://127.0.0.1.example.com/",
                "ftp://127.0.0.1/")) {
            assertEquals(400, minjisConsole.post(PATH, json(browser, elsewhere)).statusCode(), elsewhere);
        }
        String endpoint = browser.endpoint();
        assertEquals(
                400,
                minjisConsole
                        .post(
                                PATH,
                                "{\"endpoint\": \"%s\", \"keys\": {\"p256dh\": \"x\", \"auth\": \"y\"}}"
                                        .formatted(endpoint))
                        .statusCode());
        String id = created(minjisConsole.post(PATH, json(browser, endpoint)))
                .get("subscriptionId")
                .asText();
        created(minjisConsole.post(PATH, json(browser, endpoint)));

        assertEquals(1, read(minjisConsole, PATH).size());
        assertEquals(404, office.signIn(junho).delete(PATH + "/" + id).statusCode());
        Client operator = new Client(CITY.town.url).as("operator", Town.PASSWORD);
        assertEquals(403, operator.post(PATH, json(browser, endpoint)).statusCode());
        assertEquals(204, minjisConsole.delete(PATH + "/" + id).statusCode());
        assertEquals(0, read(minjisConsole, PATH).size());
        assertEquals(
                87,
                read(minjisConsole, PATH + "/key")
                        .get("applicationServerKey")
                        .asText()
                        .length());
    }

    @Test
    void theKeyThatBrowsersSubscribeToOutlivesARestart() {
        PushSubscription browser = subscribe(minjisConsole);
        String before = read(minjisConsole, PATH + "/key").toString();
        CITY.restart();
        Client again = new Client(CITY.town.url).as("person-" + minji.number(), Town.PASSWORD);
        raise("push");

        assertEquals(201, awaitNotice(browser).status());
        assertEquals(before, read(again, PATH + "/key").toString());
    }

    @Test
    void aPolicyMayNameEveryChannelButMustRingSomebody() {
        Client operator = new Client(CITY.town.url).as("operator", Town.PASSWORD);
        String path = "/api/v1/offices/" + office.id() + "/policies/critical";
        assertEquals(
                200,
                operator.put(path, change("\"voice\", \"alimtalk\", \"push\"")).statusCode());
        String refused = operator.put(path, change("\"alimtalk\", \"push\"")).body();
        String unknown = operator.put(path, change("\"voice\", \"fax\"")).body();

        assertTrue(refused.contains("a step with channel voice"), refused);
        assertTrue(unknown.contains("one of voice, sms, alimtalk, push"), unknown);
    }

    private static String change(String channels) {
        return """
                {"reason": "as the test needs it", "policy": {
                 "steps": [{"targets": ["on-call"], "channels": [%s], "waitSeconds": 60, "repeats": 1,
                            "together": false}], "rounds": 1, "keepsOn": true, "slowWaitSeconds": 300}}""".formatted(channels);
    }

    /// First whoever is on call first by these channels, ten minutes long, then the other one by a call.
    private UUID raise(String channels) {
        office.policy("urgent", """
                {"steps": [{"targets": ["primary"], "channels": ["%s"], "waitSeconds": 600, "repeats": 1,
                            "together": false},
                           {"targets": ["backup"], "channels": ["voice"], "waitSeconds": 600, "repeats": 1,
                            "together": false}],
                 "rounds": 1, "keepsOn": false, "slowWaitSeconds": 300}""".formatted(channels));
        return office.resident("김영자").raise("urgent", "silence");
    }

    private static PushSubscription subscribe(Client console) {
        PushSubscription browser = CITY.town.phones.push().subscribe();
        created(console.post(PATH, json(browser, browser.endpoint())));
        return browser;
    }

    /// As a browser writes it.
    private static String json(PushSubscription browser, String endpoint) {
        return PushService.json(browser)
                .put("endpoint", endpoint)
                .putNull("expirationTime")
                .without(List.of("id"))
                .toString();
    }

    private static PushNotice awaitNotice(PushSubscription browser) {
        return CITY.town.phones.push().awaitNotices(browser.id(), 1, SOON).getFirst();
    }
}
