package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.Town.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Passwords;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.signin.SignInPruning;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Who gets in, for how long, and who does not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInTest {
    private static final String SESSION = "dolbom_session";
    private static final String MINE = "a password of my own";

    private final Town town = new Town().with("dolbom.session.idle", "30m").with("dolbom.totp.roles", "auditor");

    private EmbeddedServer server;

    @BeforeAll
    void start() {
        server = town.start();
        town.transactions.run(connection -> Accounts.add(connection, "minji", PASSWORD, Role.CASEWORKER, 1)
                && Accounts.add(connection, "junho", PASSWORD, Role.CASEWORKER, 2)
                && Accounts.add(connection, "auditor", PASSWORD, Role.AUDITOR, null));
    }

    @BeforeEach
    void forgetAttempts() {
        town.execute("delete from sign_in_lane");
    }

    @AfterAll
    void close() {
        town.close();
    }

    private Client browser() {
        Client browser = new Client(town.url).with("Accept", "text/html").with("Origin", town.url);
        browser.get("/sign-in");
        return browser;
    }

    private HttpResponse<String> type(Client browser, String login, String password) {
        return browser.form("/sign-in", Map.of("login", login, "password", password));
    }

    @Test
    void aSessionOutlivesARestartAndAnotherInstanceKnowsIt() {
        Client minji = new Client(town.url).signIn("minji", PASSWORD);
        var second = town.start();
        Client elsewhere =
                new Client(second.getURL().toString()).withCookiesOf(minji).with("Accept", "text/html");

        assertEquals(200, elsewhere.get("/me").statusCode());
        second.stop();
        minji.form("/sign-out", Map.of());
        assertEquals(303, minji.get("/me").statusCode());
    }

    @Test
    void aSessionEndsWhenNobodyIsThereAndAfterItsLongestTime() {
        Client minji = new Client(town.url).signIn("minji", PASSWORD);
        town.clock.pass(Duration.ofMinutes(25));
        assertEquals(200, minji.get("/me").statusCode());
        town.clock.pass(Duration.ofMinutes(25));
        assertEquals(200, minji.get("/me").statusCode(), "a request counts as being there");
        town.clock.pass(Duration.ofMinutes(31));
        HttpResponse<String> ended = minji.get("/alerts/0c7e0f0a-0000-4000-8000-000000000000");
        assertEquals(303, ended.statusCode());
        assertEquals(
                "/sign-in?ended=1&to=%2Falerts%2F0c7e0f0a-0000-4000-8000-000000000000",
                ended.headers().firstValue("Location").orElseThrow());
        HttpResponse<String> again = minji.get("/sign-in?ended=1&to=%2Fme");
        assertTrue(again.body().contains("로그인이 끝났습니다."), again.body());
        HttpResponse<String> back = minji.form("/sign-in", Map.of("login", "minji", "password", PASSWORD, "to", "/me"));
        assertEquals("/me", back.headers().firstValue("Location").orElseThrow());
        for (int i = 0; i < 24; i++) {
            town.clock.pass(Duration.ofMinutes(25));
            if (minji.get("/me").statusCode() == 303) {
                assertTrue(i >= 22, "ended after " + (i + 1) * 25 + " min");
                return;
            }
        }
        throw new AssertionError("a session lasted longer than 10 hours");
    }

    @Test
    void lastSeenIsWrittenOnceAMinute() {
        Client minji = new Client(town.url).signIn("minji", PASSWORD);
        String before = seen();
        minji.get("/me");
        assertEquals(before, seen());
        town.clock.pass(Duration.ofSeconds(61));
        minji.get("/me");
        assertNotEquals(before, seen());
    }

    private String seen() {
        return town.text("select max(seen_at)::text as text from account_session where stage = :value", "open");
    }

    @Test
    void aPlantedSessionIsNotTheOneThatSomebodySignsInWith() {
        Client victim = browser().withCookie("dolbom_session", "planted-by-a-stranger");
        assertEquals(303, type(victim, "minji", PASSWORD).statusCode());
        assertNotEquals("planted-by-a-stranger", victim.cookie("dolbom_session"));
        String first = Objects.requireNonNull(victim.cookie("dolbom_session"));
        victim.get("/sign-in");
        type(victim, "minji", PASSWORD);
        assertNotEquals(first, victim.cookie("dolbom_session"));
        Client old = new Client(town.url).withCookie("dolbom_session", first).with("Accept", "text/html");
        assertEquals(303, old.get("/me").statusCode(), "the session before has ended");
    }

    @Test
    void onlyPathsOfOurOwnAreTheWayBack() {
        for (String evil : List.of(
                "https://evil.example/",
                "//evil.example",
                "/\\evil.example",
                "/%0d%0aSet-Cookie:x=y\r\nX: y",
                "javascript:alert(1)",
                "/\t/evil.example",
                "\\\\evil.example")) {
            Client browser = browser();
            HttpResponse<String> answer =
                    browser.form("/sign-in", Map.of("login", "minji", "password", PASSWORD, "to", evil));
            String location = answer.headers().firstValue("Location").orElseThrow();
            assertTrue(location.equals("/") || evil.startsWith("/%0d"), evil + " → " + location);
            assertFalse(answer.headers().map().containsKey("x"), evil);
        }
    }

    @Test
    void wrongPasswordsCostTimeAndTheOwnersBrowserIsNotKeptOut() {
        Client owner = new Client(town.url).signIn("junho", PASSWORD);
        owner.form("/sign-out", Map.of());
        Client stranger = browser();
        for (int i = 0; i < 4; i++) {
            assertEquals(401, type(stranger, "junho", "wrong " + i).statusCode());
        }
        assertEquals(401, type(stranger, "junho", "wrong 5").statusCode());
        HttpResponse<String> waits = type(stranger, "junho", PASSWORD);
        assertEquals(429, waits.statusCode());
        assertEquals("30", waits.headers().firstValue("Retry-After").orElseThrow());
        assertTrue(waits.body().contains("잠시 기다리셔야 합니다"), waits.body());
        // Neither the stranger's further attempts nor the right password lengthen it.
        type(stranger, "junho", "wrong 6");
        owner.get("/sign-in");
        assertEquals(303, type(owner, "junho", PASSWORD).statusCode(), "a known browser has a lane of its own");
        town.clock.pass(Duration.ofSeconds(31));
        assertEquals(401, type(stranger, "junho", "wrong 7").statusCode());
        assertEquals(
                "60",
                type(stranger, "junho", "wrong 8")
                        .headers()
                        .firstValue("Retry-After")
                        .orElseThrow());
        town.clock.pass(Duration.ofSeconds(61));
        assertEquals(303, type(stranger, "junho", PASSWORD).statusCode(), "and it is never for ever");
    }

    @Test
    void whoMistypesAtTheirOwnAccountKeepsNobodyFromSigningIn() {
        Client minji = new Client(town.url).signIn("minji", PASSWORD);
        List<Integer> wrong = Stream.generate(() -> minji.form("/me/codes/begin", Map.of("password", "x")))
                .limit(6)
                .map(HttpResponse::statusCode)
                .toList();
        assertEquals(List.of(400, 400, 400, 400, 400, 429), wrong);
        assertEquals(303, type(browser(), "minji", PASSWORD).statusCode(), "another browser at the same address");
        assertEquals(303, type(browser(), "junho", PASSWORD).statusCode());
        town.clock.pass(Duration.ofSeconds(31));
        assertEquals(
                200, minji.form("/me/codes/begin", Map.of("password", PASSWORD)).statusCode());

        for (int i = 0; i < 6; i++) {
            type(browser(), "minji", "x");
        }
        assertEquals(
                200,
                minji.form("/me/codes/begin", Map.of("password", PASSWORD)).statusCode(),
                "a stranger who tries to sign in keeps nobody from their own account");
    }

    @Test
    void aStrangersGuessesKeepNobodyFromGivingTheirOneTimeCode() {
        String secret = withCodes("guessed");
        Client stranger = browser();
        for (int i = 0; i < 4; i++) {
            assertEquals(401, type(stranger, "guessed", "wrong " + i).statusCode());
        }
        assertEquals(201, askForToken("guessed", code(secret)).statusCode(), "by REST");

        // Now the waiting is 15 minutes: longer than whoever gave the password may take for the code.
        for (int i = 0; i < 12; i++) {
            assertEquals(401, type(stranger, "guessed", "wrong " + i).statusCode());
            town.clock.pass(Duration.ofMinutes(16));
        }
        Client owner = browser();
        assertEquals(
                "/sign-in/code",
                type(owner, "guessed", PASSWORD)
                        .headers()
                        .firstValue("Location")
                        .orElseThrow());
        assertEquals(
                303, owner.form("/sign-in/code", Map.of("code", code(secret))).statusCode());
        assertEquals(200, owner.get("/me").statusCode());
    }

    @Test
    void wrongCodesAreCountedByThemselvesAndCostTime() {
        String secret = withCodes("miscoded");
        Client thief = browser();
        type(thief, "miscoded", PASSWORD);
        List<Integer> wrong = Stream.generate(() -> thief.form("/sign-in/code", Map.of("code", "000000")))
                .limit(6)
                .map(HttpResponse::statusCode)
                .toList();
        assertEquals(List.of(401, 401, 401, 401, 401, 429), wrong);
        assertEquals(429, askForToken("miscoded", code(secret)).statusCode(), "whatever the way in");
        assertEquals(303, type(browser(), "miscoded", PASSWORD).statusCode(), "the password is another matter");
        town.clock.pass(Duration.ofSeconds(31));
        assertEquals(201, askForToken("miscoded", code(secret)).statusCode());
    }

    @Test
    void whoIsInTakesBackWhatTheyAddedAndNoMore() {
        String secret = withCodes("frequent");
        Client known = new Client(town.url).signIn("minji", PASSWORD);
        for (int i = 0; i < 7; i++) {
            type(browser(), "nobody-" + i, "wrong");
        }
        assertEquals("7", attemptsOfAddress());
        for (int i = 0; i < 3; i++) {
            known.get("/sign-in");
            assertEquals(303, type(known, "minji", PASSWORD).statusCode());
        }
        assertEquals("7", attemptsOfAddress(), "a browser that is known is not counted by address");
        type(browser(), "junho", PASSWORD);
        assertEquals("7", attemptsOfAddress(), "another browser");
        Client coded = browser();
        type(coded, "frequent", PASSWORD);
        coded.form("/sign-in/code", Map.of("code", code(secret)));
        assertEquals(200, coded.get("/me").statusCode());
        assertEquals("7", attemptsOfAddress(), "with a code");
        town.clock.pass(Duration.ofSeconds(60));
        assertEquals(201, askForToken("frequent", code(secret)).statusCode());
        assertEquals("7", attemptsOfAddress(), "by REST");

        town.execute("update sign_in_lane set attempts = 50 where lane = sha256('address:127.0.0.1')");
        assertEquals(303, type(browser(), "junho", PASSWORD).statusCode());
        assertEquals(401, type(browser(), "nobody-7", "wrong").statusCode(), "a right one leaves nobody waiting");
        assertEquals(429, type(browser(), "junho", PASSWORD).statusCode());
        known.get("/sign-in");
        assertEquals(303, type(known, "minji", PASSWORD).statusCode());
        assertEquals(429, type(browser(), "junho", PASSWORD).statusCode(), "and ends no waiting of others");
    }

    private String attemptsOfAddress() {
        return town.text(
                "select attempts::text as text from sign_in_lane where lane = sha256(convert_to(:value, 'UTF8'))",
                "address:127.0.0.1");
    }

    /// Adds an account that has one-time codes.
    ///
    /// @return their secret
    private String withCodes(String login) {
        town.transactions.run(connection -> Accounts.add(connection, login, PASSWORD, Role.OPERATOR, null));
        Client browser = new Client(town.url).signIn(login, PASSWORD);
        String secret = find(
                browser.form("/me/codes/begin", Map.of("password", PASSWORD)).body(), "<code>([A-Z2-7]{32})</code>");
        browser.form("/me/codes/confirm", Map.of("code", code(secret)));
        town.clock.pass(Duration.ofSeconds(60));
        forgetAttempts();
        return secret;
    }

    private HttpResponse<String> askForToken(String login, String code) {
        return new Client(town.url)
                .post(
                        "/api/v1/tokens",
                        "{\"login\": \"%s\", \"password\": \"%s\", \"code\": \"%s\"}".formatted(login, PASSWORD, code));
    }

    @Test
    void whoLeavesKeepsTheirLoginAndWhatTheyDidStaysTheirs() {
        Client operator = new Client(town.url).as("operator", PASSWORD);
        String caseworker = """
                {"officeId": "%s", "name": "%s", "phone": "+82105555%s", "login": "haneul",
                 "password": "a first password"}""";
        String office = town.text("select office_id::text as text from office where office_no = :value", 1);
        String id = Client.json(operator.post("/api/v1/caseworkers", caseworker.formatted(office, "정하늘", "0001")))
                .get("caseworkerId")
                .asText();
        town.execute("update account set must_change = false, email = 'haneul@goyang.example' where login = 'haneul'");
        Client haneul = new Client(town.url).signIn("haneul", "a first password");
        assertEquals(200, haneul.get("/me").statusCode());

        HttpResponse<String> left = operator.post("/api/v1/caseworkers/" + id + "/left", "{}");
        assertEquals(200, left.statusCode(), left.body());
        assertTrue(Client.json(left).path("login").isNull()
                || Client.json(left).path("login").isMissingNode());
        assertEquals(303, haneul.get("/me").statusCode());
        assertEquals(401, type(browser(), "haneul", "a first password").statusCode());
        HttpResponse<String> taken =
                operator.post("/api/v1/caseworkers", caseworker.formatted(office, "다른 하늘", "0002"));
        assertEquals(409, taken.statusCode(), "nobody inherits a login");
        assertEquals(
                List.of(id),
                Client.json(operator.get("/api/v1/audit-events?account=haneul&action=sign-in"))
                        .findValuesAsText("person"));

        String account = town.text("select account_id::text as text from account where login = :value", "haneul");
        Client page = new Client(town.url).signIn("operator", PASSWORD);
        assertFalse(page.get("/accounts").body().contains(account), "nothing can be done with it");
        HttpResponse<String> reopened = page.form("/accounts/" + account + "/reopen", Map.of());
        assertEquals(409, reopened.statusCode());
        assertTrue(reopened.body().contains("그만둔 분의 계정입니다."), reopened.body());
        assertEquals(
                "nothing",
                town.text("select email as text from account where email = :value", "haneul@goyang.example"));
    }

    @Test
    void anAccountIsReopenedWithAnotherPasswordOrNotAtAll() {
        town.transactions.run(connection -> Accounts.add(connection, "away", PASSWORD, Role.OPERATOR, null));
        String account = town.text("select account_id::text as text from account where login = :value", "away");
        Client operator = new Client(town.url).signIn("operator", PASSWORD);
        assertEquals(
                303, operator.form("/accounts/" + account + "/close", Map.of()).statusCode());
        town.execute("alter table account add constraint no_change check (login <> 'away' or not must_change)");
        try {
            assertEquals(
                    503,
                    operator.form("/accounts/" + account + "/reopen", Map.of()).statusCode());
        } finally {
            town.execute("alter table account drop constraint no_change");
        }
        assertEquals(401, type(browser(), "away", PASSWORD).statusCode(), "the old password opens nothing");
        assertEquals(
                200, operator.form("/accounts/" + account + "/reopen", Map.of()).statusCode());
        assertEquals(401, type(browser(), "away", PASSWORD).statusCode());
    }

    @Test
    void whatSignsNobodyInAnyMoreIsRemoved() {
        new Client(town.url).signIn("junho", PASSWORD);
        town.clock.pass(Duration.ofMinutes(31));
        Client minji = new Client(town.url).signIn("minji", PASSWORD);
        type(browser(), "junho", "x");
        Instant now = town.clock.instant();
        town.execute("""
                insert into sign_in_lane (lane, attempts, tried_at, wait_until)
                values (sha256('old'), 9, '%1$s'::timestamptz - interval '25 hours', null),
                       (sha256('waits'), 9, '%1$s'::timestamptz - interval '25 hours', '%1$s'::timestamptz + interval '1 minute')""".formatted(now));
        town.execute("""
                insert into known_browser (browser_hash, account_no, seen_at)
                select sha256(convert_to('browser ' || days, 'UTF8')), account_no, '%s'::timestamptz - days * interval '1 day'
                  from account, unnest(array[364, 366]) days where login = 'minji'""".formatted(now));
        town.execute("""
                insert into access_token (token_hash, account_no, name, scopes, created_at, expires_at, address)
                select sha256(convert_to('token ' || hours, 'UTF8')), account_no, 'old', '', '%1$s',
                       '%1$s'::timestamptz + hours * interval '1 hour', '192.0.2.7'
                  from account, unnest(array[-1, 1]) hours where login = 'minji'""".formatted(now));

        server.getApplicationContext().getBean(SignInPruning.class).run();

        assertEquals(200, minji.get("/me").statusCode());
        assertEquals("0", count("account_session where seen_at < now() + interval '1 minute'"), "whoever was away");
        assertEquals("0", count("sign_in_lane where lane = sha256('old')"));
        assertEquals("1", count("sign_in_lane where lane = sha256('waits')"));
        assertEquals("1", count("known_browser where seen_at < now() - interval '100 days'"), "of two, one is too old");
        assertEquals("1", count("access_token where name = 'old'"));
        assertTrue(Integer.parseInt(count("sign_in_lane")) > 1, "wrong attempts of today");
    }

    private String count(String rows) {
        return town.text(
                "select count(*)::text as text from " + rows + (rows.contains("where") ? " and " : " where ")
                        + ":value",
                true);
    }

    @Test
    void aLoginThatThereIsNotCostsAsMuchAsOneThatThereIs() {
        Client stranger = browser();
        long start = Passwords.derivations();
        HttpResponse<String> known = type(stranger, "minji", "not the password");
        long one = Passwords.derivations() - start;
        HttpResponse<String> unknown = type(stranger, "nobody-here", "not the password");
        long other = Passwords.derivations() - start - one;
        assertEquals(1, one);
        assertEquals(1, other);
        assertEquals(known.statusCode(), unknown.statusCode());
        assertEquals(known.body().replace("minji", "x"), unknown.body().replace("nobody-here", "x"));
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    type(stranger, "minji", "wrong").statusCode(),
                    type(stranger, "nobody-here", "wrong").statusCode(),
                    "waiting does not tell either");
        }
    }

    @Test
    void whoeverWaitsLearnsNothingByTheTimeItTakes() {
        Client stranger = browser();
        for (int i = 0; i < 5; i++) {
            type(stranger, "minji", "wrong " + i);
            type(stranger, "nobody-here", "wrong " + i);
        }
        long start = Passwords.derivations();
        assertEquals(429, type(stranger, "minji", PASSWORD).statusCode());
        long known = Passwords.derivations() - start;
        assertEquals(429, type(stranger, "nobody-here", PASSWORD).statusCode());
        assertEquals(known, Passwords.derivations() - start - known);
    }

    @Test
    void aSessionGetsAnotherNameAtEveryStep() {
        Client planted = browser().withCookie(SESSION, "planted-by-somebody-else");
        planted.form("/sign-in", Map.of("login", "junho", "password", PASSWORD));
        assertNotEquals("planted-by-somebody-else", planted.cookie(SESSION));
        assertEquals(200, planted.get("/me").statusCode());
        assertNobody("planted-by-somebody-else");

        String before = Objects.requireNonNull(planted.cookie(SESSION));
        assertEquals(
                303,
                planted.form("/me/password", Map.of("password", PASSWORD, "new", MINE, "again", MINE))
                        .statusCode());
        assertNotEquals(before, planted.cookie(SESSION), "with the password the session changes");
        assertNobody(before);
        planted.form("/me/password", Map.of("password", MINE, "new", PASSWORD, "again", PASSWORD));
        String last = Objects.requireNonNull(planted.cookie(SESSION));
        planted.get("/sign-in");
        planted.form("/sign-in", Map.of("login", "junho", "password", PASSWORD));
        assertNotEquals(last, planted.cookie(SESSION), "who signs in again gets another one");

        town.transactions.run(connection -> Accounts.add(connection, "stepped", PASSWORD, Role.OPERATOR, null));
        Client stepped = new Client(town.url).signIn("stepped", PASSWORD);
        String secret = find(
                stepped.form("/me/codes/begin", Map.of("password", PASSWORD)).body(), "<code>([A-Z2-7]{32})</code>");
        stepped.form("/me/codes/confirm", Map.of("code", code(secret)));
        town.clock.pass(Duration.ofSeconds(60));
        Client again = browser();
        type(again, "stepped", PASSWORD);
        String half = Objects.requireNonNull(again.cookie(SESSION));
        again.get("/sign-in/code");
        assertEquals(
                303, again.form("/sign-in/code", Map.of("code", code(secret))).statusCode());
        assertNotEquals(half, again.cookie(SESSION), "with the code the session changes");
        assertEquals(200, again.get("/me").statusCode());
        assertNobody(half);
    }

    private void assertNobody(String session) {
        assertEquals(
                303,
                browser().withCookie(SESSION, session).get("/me").statusCode(),
                "an earlier name of a session opens nothing");
    }

    @Test
    void everyCookieIsOutOfScriptsReachAndStaysOnOurSite() {
        int cookies = 0;
        Client minji = browser();
        for (HttpResponse<String> answer : List.of(
                new Client(town.url).with("Accept", "text/html").get("/sign-in"),
                type(minji, "minji", PASSWORD),
                minji.form("/sign-out", Map.of()))) {
            for (String cookie : answer.headers().allValues("Set-Cookie")) {
                cookies++;
                assertTrue(cookie.matches("(?i).*; *httponly.*"), cookie);
                assertTrue(cookie.matches("(?i).*; *samesite=(strict|lax).*"), cookie);
                assertTrue(cookie.matches("(?i).*; *path=/(;.*)?"), cookie);
                assertFalse(cookie.matches("(?i).*; *domain=.*"), cookie);
                // The session's alone never comes along from another site.
                assertEquals(cookie.startsWith(SESSION), cookie.matches("(?i).*; *samesite=strict.*"), cookie);
            }
        }
        assertTrue(cookies >= 4, "found only " + cookies);
    }

    @Test
    void whoeverGotAPasswordFromSomebodyElseChoosesTheirOwnFirst() {
        Client operator = new Client(town.url).signIn("operator", PASSWORD);
        HttpResponse<String> added =
                operator.form("/accounts", Map.of("login", "new.vendor", "role", "vendor", "vendor", "Acme"));
        assertEquals(200, added.statusCode(), added.body());
        Matcher told = Pattern.compile("<code class=\"first\">([^<]+)</code>").matcher(added.body());
        assertTrue(told.find(), added.body());
        Client vendor = browser();
        HttpResponse<String> in = type(vendor, "new.vendor", told.group(1));
        assertEquals("/sign-in/change", in.headers().firstValue("Location").orElseThrow());
        assertEquals(303, vendor.get("/me").statusCode(), "a step opens nothing");
        vendor.get("/sign-in/change");
        for (String bad : List.of("short", "new.vendor", "password1234", "aaaaaaaaaaaa", told.group(1))) {
            HttpResponse<String> refused = vendor.form("/sign-in/change", Map.of("password", bad, "again", bad));
            assertEquals(400, refused.statusCode(), bad);
        }
        HttpResponse<String> changed = vendor.form("/sign-in/change", Map.of("password", MINE, "again", MINE));
        assertEquals(303, changed.statusCode(), changed.body());
        assertEquals(200, vendor.get("/me").statusCode());
        assertEquals("/fleet", vendor.get("/").headers().firstValue("Location").orElseThrow());
        assertEquals(403, vendor.get("/tasks").statusCode(), "a vendor never sees a resident");
        vendor.with("Accept", "*/*");
        assertEquals(403, vendor.get("/api/v1/residents").statusCode());
        assertEquals(403, vendor.get("/api/v1/alerts").statusCode());
    }

    @Test
    void changingThePasswordSignsOutEverywhereElse() {
        Client here = new Client(town.url).signIn("minji", PASSWORD);
        Client there = new Client(town.url).signIn("minji", PASSWORD);
        String token = Client.json(new Client(town.url)
                        .post("/api/v1/tokens", "{\"login\": \"minji\", \"password\": \"" + PASSWORD + "\"}"))
                .get("token")
                .asText();
        Client program = new Client(town.url).withToken(token);
        assertEquals(200, program.get("/api/v1/alerts").statusCode());
        HttpResponse<String> changed =
                here.form("/me/password", Map.of("password", PASSWORD, "new", MINE, "again", MINE));
        assertEquals(303, changed.statusCode(), changed.body());
        assertEquals(200, here.get("/me").statusCode());
        assertEquals(303, there.get("/me").statusCode());
        assertEquals(401, program.get("/api/v1/alerts").statusCode());
        assertEquals(
                303,
                here.form("/me/password", Map.of("password", MINE, "new", PASSWORD, "again", PASSWORD))
                        .statusCode());
    }

    @Test
    void oneTimeCodesAreAskedForAndEachIsGoodOnce() {
        town.transactions.run(connection -> Accounts.add(connection, "coded", PASSWORD, Role.OPERATOR, null));
        Client coded = new Client(town.url).signIn("coded", PASSWORD);
        HttpResponse<String> begun = coded.form("/me/codes/begin", Map.of("password", PASSWORD));
        assertTrue(begun.body().contains("<svg class=\"qr\""), begun.body());
        String secret = find(begun.body(), "<code>([A-Z2-7]{32})</code>");
        assertEquals(
                "0",
                town.text(
                        "select count(*)::text as text from account where totp_secret like '%' || :value || '%'",
                        secret),
                "the secret is stored encrypted");
        assertEquals(
                400, coded.form("/me/codes/confirm", Map.of("code", "000000")).statusCode());
        HttpResponse<String> on = coded.form("/me/codes/confirm", Map.of("code", code(secret)));
        assertEquals(200, on.statusCode(), on.body());
        String recovery = find(on.body(), "<li>([a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4})</li>");

        town.clock.pass(Duration.ofSeconds(60));
        Client again = browser();
        assertEquals(
                "/sign-in/code",
                type(again, "coded", PASSWORD).headers().firstValue("Location").orElseThrow());
        assertEquals(303, again.get("/me").statusCode());
        again.get("/sign-in/code");
        String now = code(secret);
        assertEquals(303, again.form("/sign-in/code", Map.of("code", now)).statusCode());
        assertEquals(200, again.get("/me").statusCode());
        Client thief = browser();
        type(thief, "coded", PASSWORD);
        thief.get("/sign-in/code");
        assertEquals(401, thief.form("/sign-in/code", Map.of("code", now)).statusCode(), "one code, one time");
        Client lost = browser();
        type(lost, "coded", PASSWORD);
        lost.get("/sign-in/code");
        assertEquals(303, lost.form("/sign-in/code", Map.of("code", recovery)).statusCode());
        Client twice = browser();
        type(twice, "coded", PASSWORD);
        twice.get("/sign-in/code");
        assertEquals(401, twice.form("/sign-in/code", Map.of("code", recovery)).statusCode());
        assertEquals(
                401,
                new Client(town.url)
                        .post("/api/v1/tokens", "{\"login\": \"coded\", \"password\": \"" + PASSWORD + "\"}")
                        .statusCode());
    }

    @Test
    void aSecretThatWaitsToBeConfirmedIsToldToOneSessionAlone() {
        town.transactions.run(connection -> Accounts.add(connection, "pending", PASSWORD, Role.AUDITOR, null));
        Client thief = browser();
        type(thief, "pending", PASSWORD);
        String stolen = pending(thief);
        Client owner = browser();
        type(owner, "pending", PASSWORD);
        String own = pending(owner);
        assertNotEquals(stolen, own);
        HttpResponse<String> mistyped = owner.form("/sign-in/enrol", Map.of("code", "000000"));
        assertEquals(400, mistyped.statusCode());
        assertTrue(mistyped.body().contains(own), "whoever mistypes goes on with the same");
        HttpResponse<String> late = thief.form("/sign-in/enrol", Map.of("code", code(own)));
        assertEquals(303, late.statusCode());
        assertFalse(late.body().contains(own));
        owner.form("/sign-in/enrol", Map.of("code", code(own)));
        assertEquals(200, owner.get("/me").statusCode());
        HttpResponse<String> over = thief.get("/sign-in/enrol");
        assertEquals(303, over.statusCode(), "where there are codes none are begun");

        Client operator = new Client(town.url).signIn("operator", PASSWORD);
        String first = find(
                operator.form("/me/codes/begin", Map.of("password", PASSWORD)).body(), "<code>([A-Z2-7]{32})</code>");
        operator.form("/me/password", Map.of("password", PASSWORD, "new", MINE, "again", MINE));
        assertEquals(
                400,
                operator.form("/me/codes/confirm", Map.of("code", code(first))).statusCode(),
                "another password forgets what was begun");
        operator.form("/me/password", Map.of("password", MINE, "new", PASSWORD, "again", PASSWORD));
    }

    private static String pending(Client browser) {
        return find(browser.get("/sign-in/enrol").body(), "<code>([A-Z2-7]{32})</code>");
    }

    @Test
    void whatIsDoneToAnAccountWhileSigningInAndOutIsInTheAuditLog() {
        town.transactions.run(connection -> Accounts.add(connection, "noted", PASSWORD, Role.AUDITOR, null));
        town.execute("update account set must_change = true where login = 'noted'");
        Client noted = browser();
        type(noted, "noted", PASSWORD);
        noted.form("/sign-in/change", Map.of("password", MINE, "again", MINE));
        noted.form("/sign-in/enrol", Map.of("code", code(pending(noted))));
        noted.form("/sign-out", Map.of());
        assertEquals(
                List.of("password-changed", "one-time-codes-on", "sign-in", "sign-out"),
                town.list("select action as text from audit_event where actor = :value order by audit_no", "noted"));
    }

    @Test
    void signingOutEverywhereElseTakesTheTokensBack() {
        town.transactions.run(connection -> Accounts.add(connection, "nowhere", PASSWORD, Role.OPERATOR, null));
        Client here = new Client(town.url).signIn("nowhere", PASSWORD);
        Client there = new Client(town.url).signIn("nowhere", PASSWORD);
        Client program = new Client(town.url)
                .withToken(Client.json(askForToken("nowhere", "")).get("token").asText());
        assertEquals(200, program.get("/api/v1/offices").statusCode());
        assertTrue(here.get("/me").body().contains("다른 곳은 모두 로그아웃하고 토큰도 회수"));
        assertEquals(303, here.form("/me/sessions/sign-out", Map.of()).statusCode());
        assertEquals(200, here.get("/me").statusCode());
        assertEquals(303, there.get("/me").statusCode());
        assertEquals(401, program.get("/api/v1/offices").statusCode());
    }

    @Test
    void aRoleMayDemandOneTimeCodes() {
        Client auditor = browser();
        assertEquals(
                "/sign-in/enrol",
                type(auditor, "auditor", PASSWORD)
                        .headers()
                        .firstValue("Location")
                        .orElseThrow());
        String secret = find(auditor.get("/sign-in/enrol").body(), "<code>([A-Z2-7]{32})</code>");
        HttpResponse<String> in = auditor.form("/sign-in/enrol", Map.of("code", code(secret)));
        assertEquals(200, in.statusCode());
        assertTrue(in.body().contains("복구 코드"), in.body());
        assertEquals(200, auditor.get("/me").statusCode());
        assertEquals(
                403, auditor.get("/alerts/0c7e0f0a-0000-4000-8000-000000000000").statusCode());
        assertEquals(403, auditor.with("Accept", "*/*").get("/api/v1/residents").statusCode());
    }

    @Test
    void aSupervisorKeepsTheAccountsOfTheOwnOfficeAndNoOthers() {
        town.execute(
                "insert into caseworker (office_no, name, phone, duty) values (1, '정다은', '+821044440004', 'supervisor')");
        int number = Integer.parseInt(
                town.text("select max(caseworker_no)::text as text from caseworker where office_no = :value", 1));
        town.transactions.run(connection -> Accounts.add(connection, "daeun", PASSWORD, Role.CASEWORKER, number)
                && Accounts.add(connection, "sua", PASSWORD, Role.CASEWORKER, 3));
        assertEquals("supervisor", town.text("select role as text from account where login = :value", "daeun"));
        Client daeun = new Client(town.url).signIn("daeun", PASSWORD);
        String page = daeun.get("/accounts").body();
        assertTrue(page.contains("<h2>minji</h2>"), page);
        assertFalse(page.contains("<h2>operator</h2>") || page.contains("<h2>sua</h2>"), page);
        for (String login : List.of("sua", "operator")) {
            String id = town.text("select account_id::text as text from account where login = :value", login);
            for (String what : List.of("reset", "close", "unlock", "sign-out", "remove-codes", "role", "reopen")) {
                assertEquals(
                        404,
                        daeun.form("/accounts/" + id + "/" + what, Map.of("role", "supervisor"))
                                .statusCode(),
                        login + " " + what);
            }
        }
        assertEquals(
                400,
                daeun.form("/accounts", Map.of("login", "boss", "role", "operator"))
                        .statusCode());
        assertEquals(
                403,
                new Client(town.url).signIn("minji", PASSWORD).get("/accounts").statusCode());
        String junho = town.text("select account_id::text as text from account where login = :value", "junho");
        assertEquals(
                303,
                daeun.form("/accounts/" + junho + "/role", Map.of("role", "supervisor"))
                        .statusCode());
        assertEquals("supervisor", town.text("select duty as text from caseworker where caseworker_no = :value", 2));
        assertEquals("supervisor", town.text("select role as text from account where login = :value", "junho"));
        daeun.form("/accounts/" + junho + "/role", Map.of("role", "caseworker"));
    }

    @Test
    void anAccountThatCannotBeAddedSaysWhichFieldAndKeepsWhatWasTyped() {
        Client operator = new Client(town.url).signIn("operator", PASSWORD);
        HttpResponse<String> nameless =
                operator.form("/accounts", Map.of("login", "acme.desk", "role", "vendor", "email", "a@acme.example"));
        assertEquals(400, nameless.statusCode());
        Document page = Jsoup.parse(nameless.body());
        assertEquals(
                "제조사 계정에는 제조사 이름이 필요합니다. 기기에 등록된 그대로 적어 주세요.",
                page.select("#vendor-fault").text());
        assertEquals("acme.desk", page.select("#other-login").val());
        assertEquals("a@acme.example", page.select("#other-email").val());
        assertEquals("vendor", page.select("#role option[selected]").val());
        assertTrue(page.select("details:has(#vendor)").hasAttr("open"));

        HttpResponse<String> taken = operator.form("/accounts", Map.of("login", "minji", "role", "operator"));
        assertEquals(409, taken.statusCode());
        assertEquals(
                "이미 쓰고 있는 아이디입니다. 다른 아이디를 적어 주세요.",
                Jsoup.parse(taken.body()).select("#other-login-fault").text());

        Map<String, String> one = Map.of("login", "audit.one", "role", "auditor", "email", "one@goyang.example");
        assertEquals(200, operator.form("/accounts", one).statusCode());
        HttpResponse<String> again = operator.form(
                "/accounts", Map.of("login", "audit.two", "role", "auditor", "email", "ONE@goyang.example"));
        assertEquals(409, again.statusCode(), again.body());
        assertTrue(again.body().contains("다른 계정에 등록된 이메일입니다"), again.body());
    }

    @Test
    void anErrorPageLeadsBackToWhereOneWasAndToNoOtherSite() {
        Client operator = new Client(town.url).signIn("operator", PASSWORD);
        String gone = "/accounts/0c7e0f0a-0000-4000-8000-000000000000/close";
        HttpResponse<String> lost =
                operator.with("Referer", town.url + "/accounts?done=role").form(gone, Map.of());
        assertEquals(404, lost.statusCode());
        assertEquals(
                List.of("/accounts?done=role", "/"),
                Jsoup.parse(lost.body()).select("main a").eachAttr("href"));
        assertFalse(lost.body().contains("열린 알림"), "vendors and auditors see no alerts");
        HttpResponse<String> foreign =
                operator.with("Referer", "https://evil.example/accounts").form(gone, Map.of());
        assertEquals(List.of("/"), Jsoup.parse(foreign.body()).select("main a").eachAttr("href"));
    }

    @Test
    void aTokenDoesWhatItsScopesSayAndNoMore() {
        Client stranger = new Client(town.url);
        String wanted = "{\"login\": \"operator\", \"password\": \"%s\", \"scopes\": [%s], \"lifetime\": \"PT1H\"}";
        JsonNode made = Client.json(
                stranger.post("/api/v1/tokens", wanted.formatted(PASSWORD, "\"residents:read\", \"account:read\"")));
        Client program = new Client(town.url).withToken(made.get("token").asText());
        assertEquals(200, program.get("/api/v1/residents").statusCode());
        HttpResponse<String> refused = program.get("/api/v1/alerts");
        assertEquals(403, refused.statusCode());
        assertTrue(refused.body().contains("alerts:read"), refused.body());
        assertEquals(403, program.post("/api/v1/residents", "{}").statusCode());
        assertEquals(403, program.get("/").statusCode(), "a page is for people");
        assertTrue(program.get("/api/v1/tokens")
                .body()
                .contains(made.get("tokenId").asText()));
        assertFalse(
                program.get("/api/v1/tokens").body().contains(made.get("token").asText()));
        assertEquals(
                "0",
                town.text(
                        "select count(*)::text as text from access_token where encode(token_hash, 'escape') = :value",
                        made.get("token").asText()));
        town.clock.pass(Duration.ofMinutes(61));
        assertEquals(401, program.get("/api/v1/residents").statusCode());
        assertEquals(
                400,
                stranger.post("/api/v1/tokens", wanted.formatted(PASSWORD, "\"everything\""))
                        .statusCode());
        assertEquals(
                401,
                stranger.with("Authorization", "Basic b3BlcmF0b3I6eA==")
                        .get("/api/v1/residents")
                        .statusCode());
    }

    private String code(String secret) {
        return Codes.at(town.clock.instant(), secret);
    }

    private static String find(String text, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        assertTrue(matcher.find(), () -> regex + " in " + text);
        return matcher.group(1);
    }
}
