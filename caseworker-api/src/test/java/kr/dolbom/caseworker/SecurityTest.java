package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.Town.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.web.router.Router;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Passwords;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.token.Scopes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Walks every route of the running program as those who may not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityTest {
    private static final Pattern VARIABLE = Pattern.compile("\\{[?&]?([A-Za-z]+)[^}]*}");
    private static final String SCRIPT = "<script>x1()</script>";
    private static final String IMAGE = "\"><img src=x onerror=y()>";
    private static final String FORMULA = "=cmd()";

    private final Town town = new Town().with("dolbom.limit.link", 5);
    private final Map<String, String> ids = new HashMap<>();
    private EmbeddedServer server;

    private record Route(String method, String path) {}

    @BeforeAll
    void start() {
        server = town.start();
        town.transactions.run(connection -> Accounts.add(connection, "minji", PASSWORD, Role.CASEWORKER, 1)
                && Accounts.add(connection, "sua", PASSWORD, Role.CASEWORKER, 3)
                && Accounts.add(connection, "auditor", PASSWORD, Role.AUDITOR, null)
                && Accounts.add(
                        connection,
                        new Accounts.NewAccount("vendor", Role.VENDOR, null, null, "Acme", null),
                        Passwords.hash(PASSWORD),
                        false));
        town.execute("update caseworker set duty = 'supervisor' where caseworker_no = 3");
        ids.put("alertId", town.raise("review").toString());
        ids.put(
                "residentId",
                town.text("select resident_id::text as text from resident where resident_no = :value", 1));
        ids.put("officeId", town.text("select office_id::text as text from office where office_no = :value", 1));
        ids.put(
                "caseworkerId",
                town.text("select caseworker_id::text as text from caseworker where caseworker_no = :value", 1));
        ids.put("deviceId", "robot-1");
        ids.put("month", "2026-11");
        ids.put("tier", "critical");
    }

    @AfterAll
    void close() {
        town.close();
    }

    private List<Route> routes() {
        var routes = new TreeMap<String, Route>();
        server.getApplicationContext().getBean(Router.class).uriRoutes().forEach(route -> {
            String path = route.getUriMatchTemplate().toString().replaceAll("\\{[?&][^}]*}", "");
            routes.put(path + " " + route.getHttpMethodName(), new Route(route.getHttpMethodName(), path));
        });
        return new ArrayList<>(routes.values());
    }

    private String fill(String path, Map<String, String> values) {
        return VARIABLE.matcher(path)
                .replaceAll(variable ->
                        values.getOrDefault(variable.group(1), UUID.randomUUID().toString()));
    }

    private static boolean isPage(Route route) {
        return route.method().equals("GET")
                && !route.path().startsWith("/api/")
                && !route.path().matches("/(stream|health|a/|twilio|alimtalk|sign-in|openapi).*")
                && !route.path().contains("stream");
    }

    @Test
    void everyRestRouteIsInTheDocumentWithItsErrorsAndItsScope() {
        String document = new Client(town.url).get("/openapi/dolbom.yml").body();
        int count = 0;
        for (Route route : routes()) {
            if (!route.path().startsWith("/api/") || route.method().equals("HEAD")) {
                continue;
            }
            count++;
            int at = document.indexOf("\n  " + route.path() + ":\n");
            assertTrue(at > 0, "not in the document: " + route);
            int end = nextPath(document, at + 1);
            String path = document.substring(at, end);
            int method = path.indexOf("\n    " + route.method().toLowerCase(java.util.Locale.ROOT) + ":\n");
            assertTrue(method > 0, "not in the document: " + route);
            String told = path.substring(method);
            assertTrue(told.contains("summary: "), "no summary: " + route);
            assertTrue(told.contains("\"403\":") && told.contains("responses/Problem"), "no errors: " + route);
            assertTrue(Scopes.of(route.method(), fill(route.path(), ids)).isPresent(), "no scope: " + route);
        }
        assertTrue(count > 100, "found only " + count);
        assertTrue(document.contains("scheme: bearer") && document.contains("\n    Problem:\n"), "schemes");
        HttpResponse<String> viewer = new Client(town.url).get("/openapi");
        assertEquals(200, viewer.statusCode());
        assertFalse(viewer.body().contains("<script>"), "no inline script");
        assertEquals(
                200,
                new Client(town.url)
                        .get("/webjars/swagger-ui/5.34.1/swagger-ui-bundle.js")
                        .statusCode());
        System.out.println("routes in the document: " + count);
    }

    private static int nextPath(String document, int from) {
        var next = Pattern.compile("\n {2}/|\ncomponents:").matcher(document);
        return next.find(from) ? next.start() : document.length();
    }

    @Test
    void nothingOfAnotherOfficeIsToldByAnyRouteOrPage() {
        List<String> secrets = List.of("김영자", "대화로 12", "+82319001234", "+821011110001");
        for (String login : List.of("sua", "auditor", "vendor")) {
            Client browser = new Client(town.url).signIn(login, PASSWORD).with("Accept", "*/*");
            int count = 0;
            for (Route route : routes()) {
                if (!route.method().equals("GET") || route.path().matches(".*(stream|/a/|sign-in).*")) {
                    continue;
                }
                String path = fill(route.path(), ids);
                HttpResponse<String> answer = browser.get(path);
                boolean namesSomething = route.path().matches(".*\\{(alertId|residentId)}.*");
                if (namesSomething) {
                    assertTrue(
                            List.of(400, 403, 404).contains(answer.statusCode()),
                            login + " " + path + " answered " + answer.statusCode());
                    Map<String, String> guessed = new HashMap<>(ids);
                    guessed.remove("alertId");
                    guessed.remove("residentId");
                    assertEquals(
                            answer.statusCode(),
                            browser.get(fill(route.path(), guessed)).statusCode(),
                            "a thing of another office is as one that there is not: " + path);
                }
                assertTrue(answer.statusCode() < 500, login + " " + path + " " + answer.body());
                for (String secret : secrets) {
                    assertFalse(answer.body().contains(secret), login + " reads " + secret + " at " + path);
                }
                count++;
            }
            System.out.println(login + " read " + count + " routes and pages");
        }
    }

    @Test
    void nobodyChangesAnythingOfAnotherOffice() {
        String before =
                town.text("select md5(string_agg(r::text, '')) as text from resident r where office_no = :value", 1);
        String alert = whatPeopleDid();
        for (String login : List.of("sua", "auditor", "vendor")) {
            Client browser = new Client(town.url).signIn(login, PASSWORD).with("Accept", "*/*");
            for (Route route : routes()) {
                if (route.method().equals("GET") || !route.path().matches(".*\\{(alertId|residentId)}.*")) {
                    continue;
                }
                String path = fill(route.path(), ids);
                HttpResponse<String> answer = route.path().startsWith("/api/")
                        ? route.method().equals("PUT")
                                ? browser.put(path, "{}")
                                : route.method().equals("DELETE") ? browser.delete(path) : browser.post(path, "{}")
                        : browser.form(path, Map.of("reason", "none", "value", "1"));
                assertTrue(
                        answer.statusCode() >= 400 && answer.statusCode() < 500,
                        login + " " + route + " answered " + answer.statusCode() + " " + answer.body());
            }
        }
        assertEquals(
                before,
                town.text("select md5(string_agg(r::text, '')) as text from resident r where office_no = :value", 1));
        assertEquals(alert, whatPeopleDid());
    }

    /// To the alert; the program itself goes on with it meanwhile.
    private String whatPeopleDid() {
        return town.text("""
                select concat_ws(' ', acknowledged_by, outcome, outcome_note, snoozed_until, emergency_called_at) as text
                  from alert where alert_id = :value""", UUID.fromString(ids.get("alertId")));
    }

    @Test
    void whatDoesNotComeFromAPageOfThisSessionChangesNothing() {
        Client minji = new Client(town.url).signIn("minji", PASSWORD);
        String take = "/alerts/" + ids.get("alertId") + "/take";
        Client other = new Client(town.url).signIn("minji", PASSWORD);
        for (Map<String, String> form : List.of(
                Map.of("_csrf", ""),
                Map.of("_csrf", "nonsense"),
                Map.of(
                        "_csrf",
                        kr.dolbom.caseworker.account.Csrf.tokenOf(
                                Objects.requireNonNull(other.cookie("dolbom_session")))))) {
            HttpResponse<String> refused = minji.form(take, form);
            assertEquals(403, refused.statusCode());
            assertTrue(refused.body().contains("확인할 수 없습니다"), refused.body());
        }
        minji.withoutProof();
        assertEquals(403, minji.form(take, Map.of()).statusCode());
        HttpResponse<String> script = minji.post("/api/v1" + take.replace("take", "acknowledge"), "{}");
        assertEquals(403, script.statusCode());
        assertTrue(script.body().contains("X-CSRF-Token"), script.body());
        assertEquals(403, minji.form("/sign-out", Map.of()).statusCode());
        Client stranger = new Client(town.url);
        assertEquals(
                403,
                stranger.form("/sign-in", Map.of("login", "minji", "password", PASSWORD))
                        .statusCode(),
                "nobody is signed in by another site's form");
    }

    @Test
    void everyAnswerCarriesTheHeadersThatKeepItSafe() {
        for (String path : List.of("/sign-in", "/api/v1/alerts", "/nothing-here", "/assets/dolbom.css")) {
            var headers =
                    new Client(town.url).with("Accept", "text/html").get(path).headers();
            String policy = headers.firstValue("Content-Security-Policy").orElseThrow();
            assertFalse(policy.contains("unsafe-"), policy);
            assertTrue(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), policy);
            assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").orElseThrow());
            assertEquals(
                    "same-origin",
                    headers.firstValue("Cross-Origin-Opener-Policy").orElseThrow());
            assertTrue(headers.firstValue("Permissions-Policy").orElseThrow().contains("camera=()"));
        }
    }

    @Test
    void whoOpensLinksTooFastWaits() {
        Client guesser = new Client(town.url).with("Accept", "text/html");
        for (int i = 0; i < 5; i++) {
            assertFalse(guesser.get("/a/guess-" + i).statusCode() == 429);
        }
        HttpResponse<String> waits = guesser.get("/a/guess-6");
        assertEquals(429, waits.statusCode());
        int seconds = Integer.parseInt(waits.headers().firstValue("Retry-After").orElseThrow());
        assertTrue(seconds >= 1 && seconds <= 12, "waits " + seconds);
        assertTrue(waits.body().contains(seconds + "초 뒤에"), waits.body());
    }

    @Test
    void whatPeopleTypeIsShownAndNeverRun() {
        Client operator = new Client(town.url).as("operator", PASSWORD);
        Map<String, String> known = new HashMap<>(ids);
        for (String evil : List.of(SCRIPT, IMAGE, FORMULA)) {
            String text = evil.replace("\"", "\\\"");
            known.put("officeId", made(operator, "/api/v1/offices", "officeId", """
                    {"nameKo": "%1$s", "nameEn": "%1$s", "shortName": "%2$s"}""".formatted(
                            text, text.substring(0, Math.min(18, text.length())).replaceAll("\\\\$", ""))));
            known.put("caseworkerId", made(operator, "/api/v1/caseworkers", "caseworkerId", """
                    {"officeId": "%s", "name": "%s", "phone": "+82105555%04d", "login": "evil-%d",
                     "password": "a first password"}""".formatted(
                            known.get("officeId"), text, evil.length(), evil.length())));
            known.put("residentId", made(operator, "/api/v1/residents", "residentId", """
                    {"officeId": "%1$s", "name": "%2$s", "birthYear": 1940, "neighbourhood": "%2$s", "address": "%2$s"}""".formatted(
                            known.get("officeId"), text)));
            made(operator, "/api/v1/residents/" + known.get("residentId") + "/guardians", "guardianId", """
                    {"name": "%s", "relation": "daughter", "phone": "+821066660001"}""".formatted(
                            text));
            made(operator, "/api/v1/teams", "teamId", """
                    {"officeId": "%s", "name": "%s", "caseworkerIds": ["%s"]}""".formatted(
                            known.get("officeId"), text, known.get("caseworkerId")));
            town.execute("update device set vendor = '%1$s', model = '%1$s'".formatted(evil));
            town.execute("""
                    insert into alert (resident_no, family, tier, reason_ko, reason_en, moment)
                    select resident_no, 'night', 'review', '%1$s', '%1$s', now() from resident
                     where resident_id = '%2$s'""".formatted(evil, known.get("residentId")));
            known.put("alertId", town.text("""
                    select alert_id::text as text from alert join resident using (resident_no)
                     where resident_id = :value::uuid""", known.get("residentId")));
            Client browser = new Client(town.url).signIn("operator", PASSWORD);
            int shown = 0;
            for (Route route : routes()) {
                if (!isPage(route)) {
                    continue;
                }
                String body = browser.get(fill(route.path(), known)).body();
                assertFalse(body.contains(SCRIPT), "a script runs at " + route.path());
                assertFalse(body.contains("<img src=x"), "an image runs at " + route.path());
                shown += body.contains("&lt;script>") || body.contains("&lt;script&gt;") || body.contains("&lt;img")
                        ? 1
                        : 0;
            }
            assertTrue(evil.equals(FORMULA) || shown >= 2, "shown on " + shown + " pages");
            System.out.println(evil + " is shown on " + shown + " pages");
        }
        String csv = operator.get("/api/v1/reports/monthly?month=2026-11&format=csv&reason=checking")
                .body();
        for (String line : csv.split("\r?\n", -1)) {
            for (String cell : line.split(",", -1)) {
                assertFalse(cell.replace("\"", "").matches("[=+@].*"), "a formula in: " + line);
            }
        }
    }

    private static String made(Client client, String path, String id, String json) {
        HttpResponse<String> answer = client.post(path, json);
        assertTrue(answer.statusCode() < 300, path + " " + answer.statusCode() + " " + answer.body());
        return Client.json(answer).get(id).asText();
    }
}
