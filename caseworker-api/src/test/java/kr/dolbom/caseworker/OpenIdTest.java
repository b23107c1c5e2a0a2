package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.Town.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Signing in with the city's own account, at a small provider that signs real tokens.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenIdTest {
    private final CityAccounts city = new CityAccounts();
    private final Town town = new Town()
            .with("dolbom.openid.issuer", city.issuer())
            .with("dolbom.openid.client-id", CityAccounts.CLIENT)
            .with("dolbom.openid.client-secret", CityAccounts.SECRET);

    @BeforeAll
    void start() {
        town.start();
        town.transactions.run(connection -> Accounts.add(connection, "minji", PASSWORD, Role.CASEWORKER, 1)
                && Accounts.add(connection, "junho", PASSWORD, Role.CASEWORKER, 2));
        town.execute("update account set email = 'Minji@goyang.example' where login = 'minji'");
    }

    @BeforeEach
    void honest() {
        city.beHonest();
    }

    @AfterAll
    void close() {
        town.close();
        city.close();
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer.body()));
    }

    /// Goes to the provider and comes back with its code.
    private HttpResponse<String> comeBack(Client browser, String to) {
        String there = location(browser.get("/sign-in/city?to=" + to));
        assertTrue(there.contains("code_challenge_method=S256"), there);
        return browser.get(city.authorize(URI.create(there)));
    }

    @Test
    void theFirstTimeByACheckedAddressAndThenByTheSubject() {
        assertTrue(new Client(town.url).get("/sign-in").body().contains("시청 계정으로 로그인"));
        city.person("subject-1", "minji@goyang.example", true);
        Client minji = new Client(town.url).with("Accept", "text/html");
        HttpResponse<String> back = comeBack(minji, "/me");
        assertEquals(200, back.statusCode(), back.body());
        assertTrue(back.body().contains("content=\"0; url=/me\""), back.body());
        assertTrue(minji.get("/me").body().contains("minji"));
        city.person("subject-1", "another@goyang.example", true);
        Client again = new Client(town.url).with("Accept", "text/html");
        assertEquals(200, comeBack(again, "/").statusCode(), "the subject counts, whatever the address is now");
    }

    @Test
    void whoComesThisWayForgetsNoAttemptsOfOthersAtTheirAddress() {
        city.person("subject-1", "minji@goyang.example", true);
        for (int i = 0; i < 3; i++) {
            Client stranger = new Client(town.url).signIn("nobody-" + i, PASSWORD);
            assertEquals(303, stranger.get("/me").statusCode());
        }
        assertEquals(
                200,
                comeBack(new Client(town.url).with("Accept", "text/html"), "/").statusCode());
        assertEquals(
                "3",
                town.text(
                        "select attempts::text as text from sign_in_lane where lane = sha256(convert_to(:value, 'UTF8'))",
                        "address:127.0.0.1"));
    }

    @Test
    void aProviderThatDoesNotSayWhereToAskIsNotAsked() {
        city.lie("endpoint", "somewhere");
        // A program that has not asked yet.
        EmbeddedServer another = town.start();
        HttpResponse<String> refused = new Client(another.getURL().toString())
                .with("Accept", "text/html")
                .get("/sign-in/city");
        assertEquals(502, refused.statusCode(), refused.body());
        another.stop();
    }

    @Test
    void whoComesBackFromAnotherSiteKeepsTheBrowserAndEndsTheSessionBefore() {
        city.person("subject-1", "minji@goyang.example", true);
        Client before = new Client(town.url).signIn("junho", PASSWORD);
        assertEquals(200, before.get("/me").statusCode());
        String there = location(before.get("/sign-in/city"));
        // From there the session's cookie does not come along, the others do.
        Client back = new Client(town.url)
                .with("Accept", "text/html")
                .withCookie("dolbom_sign_in", Objects.requireNonNull(before.cookie("dolbom_sign_in")))
                .withCookie("dolbom_browser", Objects.requireNonNull(before.cookie("dolbom_browser")));
        assertEquals(200, back.get(city.authorize(URI.create(there))).statusCode());
        assertEquals(200, back.get("/me").statusCode());
        assertEquals(before.cookie("dolbom_browser"), back.cookie("dolbom_browser"));
        assertEquals(303, before.get("/me").statusCode(), "nobody finds it open afterwards");
    }

    @Test
    void whoIsRefusedIsInTheAuditLog() {
        city.person("subject-of-nobody", "nobody@goyang.example", true);
        comeBack(new Client(town.url).with("Accept", "text/html"), "/");
        new Client(town.url).with("Accept", "text/html").get("/sign-in/city/back?code=x&state=y");
        assertEquals(
                List.of("sign-in-city-unknown unknown 127.0.0.1", "sign-in-city-refused unknown 127.0.0.1"),
                town.list("""
                        select action || ' ' || actor || ' ' || address as text from audit_event
                         where starts_with(action, :value) order by audit_no desc limit 2""", "sign-in-city").reversed());
    }

    @Test
    void whoHasNoAccountGetsNoneAndAnUncheckedAddressProvesNothing() {
        for (boolean checked : new boolean[] {true, false}) {
            city.person("subject-of-a-stranger", checked ? "stranger@goyang.example" : "minji@goyang.example", checked);
            Client stranger = new Client(town.url).with("Accept", "text/html");
            HttpResponse<String> back = comeBack(stranger, "/");
            assertEquals(403, back.statusCode(), back.body());
            assertTrue(back.body().contains("연결된 계정이 없습니다"), back.body());
            assertEquals(303, stranger.get("/me").statusCode());
        }
        assertEquals("3", town.text("select count(*)::text as text from account where login <> :value", "x"));
    }

    @Test
    void whatIsNotThisAttemptsOwnIsRefused() {
        city.person("subject-1", "minji@goyang.example", true);
        for (Map.Entry<String, String> lie : Map.of(
                        "nonce", "another",
                        "iss", "https://evil.example",
                        "aud", "another-client",
                        "exp", "1",
                        "key", "another")
                .entrySet()) {
            city.lie(lie.getKey(), lie.getValue());
            Client victim = new Client(town.url).with("Accept", "text/html");
            HttpResponse<String> back = comeBack(victim, "/");
            assertEquals(502, back.statusCode(), lie.getKey());
            assertEquals(303, victim.get("/me").statusCode(), lie.getKey());
            city.beHonest();
        }
        // Somebody else's code, brought to a browser that did not ask for it.
        Client thief = new Client(town.url).with("Accept", "text/html");
        String code = city.authorize(URI.create(location(thief.get("/sign-in/city"))));
        Client victim = new Client(town.url).with("Accept", "text/html");
        victim.get("/sign-in/city");
        assertEquals(502, victim.get(code).statusCode());
        assertFalse(victim.get("/me").statusCode() == 200);
    }
}
