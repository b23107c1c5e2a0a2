package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.Town.PASSWORD;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Scanner;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.words.Words;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {
    private final Town town = new Town();

    @BeforeAll
    void start() {
        town.start();
        town.transactions.run(connection -> Accounts.add(connection, "minji", PASSWORD, Role.CASEWORKER, 1)
                && Accounts.add(connection, "junho", PASSWORD, Role.CASEWORKER, 2)
                && Accounts.add(connection, "sua", PASSWORD, Role.CASEWORKER, 3));
    }

    @BeforeEach
    void closeAlerts() {
        town.execute(
                "update alert set state = 'resolved', resolved_at = now(), outcome = 'false-alarm' where state <> 'resolved'");
    }

    @AfterAll
    void close() {
        town.close();
    }

    @Test
    void formsAreSentWithTheirOriginSoThatPeopleCanSignIn() {
        HttpResponse<String> page =
                new Client(town.url).with("Accept", "text/html").get("/sign-in");

        assertEquals(200, page.statusCode());
        assertEquals("same-origin", page.headers().firstValue("Referrer-Policy").orElseThrow());
    }

    @Test
    void whoIsNotSignedInIsAskedTo() {
        HttpResponse<String> answer =
                new Client(town.url).with("Accept", "text/html").get("/");

        assertEquals(303, answer.statusCode());
        assertEquals("/sign-in", answer.headers().firstValue("Location").orElseThrow());
        assertEquals(401, new Client(town.url).get("/stream").statusCode());
    }

    @Test
    void aWrongPasswordIsRefusedAndNoted() {
        Client somebody = new Client(town.url);
        somebody.get("/sign-in");
        HttpResponse<String> answer = somebody.form("/sign-in", Map.of("login", "minji", "password", "x"));

        assertEquals(401, answer.statusCode());
        assertTrue(answer.body().contains("아이디나 비밀번호가 맞지 않습니다."), answer.body());
        assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());
        assertTrue(town.list("select actor as text from audit_event where action = :value", "sign-in-refused")
                .contains("minji"));
    }

    @Test
    void theSessionCookieIsForUsAloneAndEndsWithTheSession() {
        Client somebody = new Client(town.url);
        somebody.get("/sign-in");
        HttpResponse<String> answer = somebody.form("/sign-in", Map.of("login", "minji", "password", PASSWORD));
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();

        assertTrue(cookie.contains("HTTPOnly") || cookie.contains("HttpOnly"), cookie);
        assertTrue(cookie.contains("SameSite=Strict"), cookie);
        Client minji = new Client(town.url).signIn("minji", PASSWORD);
        assertEquals(200, minji.get("/").statusCode());
        minji.form("/sign-out", Map.of());
        assertEquals(303, minji.get("/").statusCode());
    }

    @Test
    void theListShowsWhoWhyAndOneButton() {
        UUID alert = town.raise("review");
        Client minji = new Client(town.url).signIn("minji", PASSWORD);
        String page = minji.get("/").body();

        assertTrue(page.contains("김영자 · "), page);
        assertTrue(page.contains("대화동"));
        assertTrue(page.contains("'살려줘'라고 말씀하셨습니다."), page);
        assertTrue(page.contains("/alerts/" + alert + "/take"));
        assertTrue(page.contains("이민지, 박준호"), "who is on call");
        assertFalse(page.contains("<style") || page.contains("style=") || page.contains("onclick"), "no inline code");
    }

    @Test
    void anEmptyListSaysSoAndProvesThatItIsAlive() {
        Client minji = new Client(town.url).signIn("minji", PASSWORD);
        // What other tests left was closed without a word to the program: it looks itself every few seconds.
        town.clock.pass(Duration.ofSeconds(6));
        String page = minji.get("/").body();

        assertFalse(page.contains("<article"), page);
        assertTrue(page.contains("지금 열린 알림이 없습니다."), page);
        assertTrue(page.contains("지켜보는 가구 1."), page);
    }

    @Test
    void theButtonTakesTheAlertAndTheSecondPersonIsTold() {
        UUID alert = town.raise("review");
        Client minji = new Client(town.url).signIn("minji", PASSWORD);
        Client junho = new Client(town.url).signIn("junho", PASSWORD);
        HttpResponse<String> first = minji.form("/alerts/" + alert + "/take", Map.of());
        HttpResponse<String> second = junho.form("/alerts/" + alert + "/take", Map.of());

        assertEquals("/alerts/" + alert, first.headers().firstValue("Location").orElseThrow());
        String told =
                junho.get(second.headers().firstValue("Location").orElseThrow()).body();
        assertTrue(told.contains("이민지 선생님이 먼저 확인했습니다."), told);
        assertTrue(told.contains("href=\"tel:" + Town.MINJI_PHONE + "\""), "whom to ask");
        assertTrue(told.contains("href=\"tel:119\""), told);
        String page = minji.get("/alerts/" + alert).body();
        assertTrue(page.contains("대화로 12, 301호"), page);
        assertTrue(page.contains("이민지 선생님이 확인했습니다(콘솔)."), page);
        assertTrue(page.contains("“이민지 선생님이 확인했어요. 지금 가고 있어요.”"), page);
        assertFalse(page.contains("/take"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"real-emergency", "needed-help", "resident-ok", "false-alarm", "device-fault", "not-reached"})
    void everyOutcomeClosesAnAlertAndIsToldInWords(String outcome) {
        UUID alert = town.raise("review");
        Client minji = new Client(town.url).signIn("minji", PASSWORD);
        minji.form("/alerts/" + alert + "/resolve", Map.of("outcome", outcome));

        assertEquals(outcome, town.text("select outcome as text from alert where alert_id = :value", alert));
        assertTrue(minji.get("/alerts/" + alert).body().contains(Words.KO.text("outcome." + outcome)));
        assertEquals(
                outcome,
                Client.json(new Client(town.url).as("minji", PASSWORD).get("/api/v1/alerts/" + alert))
                        .findValue("outcome")
                        .asText());
    }

    @Test
    void anAlertsScoreIsTheHighestSinceItWasRaisedAndNoneWhereNobodyWatched() {
        town.execute("delete from risk_score");
        UUID alert = town.raise("review");
        Client minji = new Client(town.url).signIn("minji", PASSWORD);
        town.execute("""
                insert into risk_score (resident_no, at, score, visibility)
                select resident_no, raised_at - interval '1 minute', 0, 'device-silent' from alert where state <> 'resolved'""");
        assertTrue(minji.get("/alerts/" + alert).body().contains("볼 수 없었음"));

        town.execute("""
                insert into risk_score (resident_no, at, score, visibility)
                select resident_no, raised_at + n * interval '1 minute', case n when 1 then 87 else 0 end, 'home'
                  from alert, generate_series(1, 2) n where state <> 'resolved'""");
        assertTrue(minji.get("/alerts/" + alert).body().contains("87 / 100"));
    }

    @Test
    void anAlertIsClosedWithOutcomeAndNote() {
        UUID alert = town.raise("review");
        Client minji = new Client(town.url).signIn("minji", PASSWORD);
        minji.form("/alerts/" + alert + "/resolve", Map.of("outcome", "needed-help", "note", "<b>물</b>을 드림"));

        assertEquals("resolved", town.stateOf(alert));
        assertEquals("needed-help", town.text("select outcome as text from alert where alert_id = :value", alert));
        assertTrue(minji.get("/alerts/" + alert).body().contains("&lt;b&gt;물&lt;/b&gt;을 드림"));
        assertEquals(
                409,
                minji.form("/alerts/" + alert + "/resolve", Map.of("outcome", "false-alarm"))
                        .statusCode());
        assertEquals(
                400,
                minji.form("/alerts/" + alert + "/resolve", Map.of("outcome", "magic"))
                        .statusCode());
    }

    @Test
    void anotherOfficesAlertsDoNotExist() {
        UUID alert = town.raise("review");
        Client sua = new Client(town.url).signIn("sua", PASSWORD);

        assertFalse(sua.get("/").body().contains("김영자"));
        assertEquals(404, sua.get("/alerts/" + alert).statusCode());
        assertEquals(404, sua.form("/alerts/" + alert + "/take", Map.of()).statusCode());
        assertEquals(
                404,
                new Client(town.url)
                        .as("sua", PASSWORD)
                        .post("/api/v1/alerts/" + alert + "/acknowledge", "")
                        .statusCode());
        assertEquals(
                403,
                new Client(town.url)
                        .as("sua", PASSWORD)
                        .get("/api/v1/residents")
                        .statusCode());
    }

    @Test
    void aPostFromAnotherSiteIsRefused() {
        UUID alert = town.raise("review");
        Client minji = new Client(town.url).signIn("minji", PASSWORD).with("Origin", "https://evil.example");
        HttpResponse<String> answer = minji.form("/alerts/" + alert + "/take", Map.of());

        assertEquals(403, answer.statusCode());
        assertEquals("", owner(alert));
    }

    @Test
    void pagesRunOurOwnFilesAloneAndKeepNoCopy() {
        HttpResponse<String> page = new Client(town.url).get("/sign-in");

        assertTrue(page.headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow()
                .contains("default-src 'none'; script-src 'self'"));
        assertEquals("no-store", page.headers().firstValue("Cache-Control").orElseThrow());
        assertEquals(200, new Client(town.url).get("/assets/dolbom.css").statusCode());
        assertEquals(200, new Client(town.url).get("/assets/dolbom.js").statusCode());
    }

    @Test
    void aNewAlertReachesAnOpenPageWithinHalfASecondAndEachResidentIsNotedOnce() throws IOException {
        Client minji = new Client(town.url).signIn("minji", PASSWORD);
        // What was shown within ten minutes is the same look.
        town.clock.pass(Duration.ofMinutes(11));
        long before = lookedAt();
        var lines = new ConcurrentLinkedQueue<String>();
        try (InputStream stream = minji.open("/stream")) {
            Thread.ofVirtual().start(() -> read(stream, lines));
            await().atMost(Town.SOON).until(() -> lines.stream().anyMatch(line -> line.contains("\"whole\":true")));
            UUID alert = town.raise("review");
            await().atMost(Duration.ofMillis(500))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> lines.stream().anyMatch(line -> line.contains("open-" + alert)));
            town.execute("update alert set tier = 'check-in' where state <> 'resolved'");
            town.execute("update device_presence set connected = false");
            tellChange(alert);
            await().atMost(Town.SOON).until(() -> lines.stream().anyMatch(line -> line.contains("로봇 연결 안 됨")));
        } finally {
            town.execute("update device_presence set connected = true");
        }
        assertEquals(before + 1, lookedAt());
    }

    @Test
    void theStreamEndsBeforeAnotherRowIsSentWhenASessionEndsOrItsAccountChanges() {
        Map<String, Consumer<Client>> ways = Map.of(
                "signed out", minji -> minji.form("/sign-out", Map.of()),
                "expired", minji -> town.clock.pass(Duration.ofHours(11)),
                "closed", minji -> town.execute("update account set closed_at = now() where login = 'minji'"),
                "another role",
                        minji -> town.execute("update caseworker set duty = 'supervisor' where caseworker_no = 1"),
                "another office", minji -> town.execute("update caseworker set office_no = 2 where caseworker_no = 1"));
        ways.forEach((how, end) -> {
            Client minji = new Client(town.url).signIn("minji", PASSWORD);
            UUID known = town.raise("review");
            var lines = new ConcurrentLinkedQueue<String>();
            try (InputStream stream = minji.open("/stream");
                    InputStream page = minji.open("/stream?alert=" + known)) {
                Thread list = Thread.ofVirtual().start(() -> read(stream, lines));
                Thread alert = Thread.ofVirtual().start(() -> read(page, lines));
                await().atMost(Town.SOON).until(() -> lines.contains("event: live"));
                await().atMost(Town.SOON).until(() -> lines.stream().anyMatch(line -> line.contains("open-" + known)));
                end.accept(minji);
                lines.clear();
                UUID later = town.raise("review", "decline");
                tellChange(known);

                await(how).atMost(Town.SOON).until(() -> !list.isAlive() && !alert.isAlive());
                assertEquals(
                        List.of("event: signed-out", "event: signed-out"),
                        lines.stream().filter(line -> line.startsWith("event:")).toList(),
                        how);
                assertTrue(lines.stream().noneMatch(line -> line.contains(later.toString())), how);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                town.execute("update account set closed_at = null where login = 'minji'");
                town.execute("update caseworker set duty = 'caseworker', office_no = 1 where caseworker_no = 1");
                closeAlerts();
            }
        });
    }

    @Test
    void anAlertsPageThatStaysOpenIsOneLookUntilTheAlertChanges() throws IOException {
        UUID alert = town.transactions.run(connection -> Sql.on(connection, """
                        insert into alert (resident_no, family, tier, state, reason_ko, reason_en, moment,
                                           acknowledged_at, acknowledged_by)
                        values (1, 'emergency', 'review', 'acknowledged', '-', '-', now(), now(), 1)
                        returning alert_id""").get(row -> row.uuid("alert_id")));
        Client minji = new Client(town.url).signIn("minji", PASSWORD);
        int before = opened();
        String page = minji.get("/alerts/" + alert).body();
        Matcher address = Pattern.compile("data-stream=\"([^\"]*)\"").matcher(page);
        assertTrue(address.find(), page);
        var lines = new ConcurrentLinkedQueue<String>();
        try (InputStream stream = minji.open(address.group(1).replace("&amp;", "&"))) {
            Thread.ofVirtual().start(() -> read(stream, lines));
            await().atMost(Town.SOON).until(() -> lines.contains("event: live"));
            for (int looks = 1; looks <= 3; looks++) {
                int expected = looks;
                tellChange(alert);
                await().atMost(Town.SOON)
                        .until(() -> Collections.frequency(new ArrayList<>(lines), "event: alive") >= expected);
            }
            assertEquals(before + 1, opened(), "opened once, and nothing has happened since");
            town.execute("update alert set tier = 'check-in' where alert_id = '%s'".formatted(alert));
            tellChange(alert);
            await().atMost(Town.SOON).until(() -> Collections.frequency(new ArrayList<>(lines), "event: live") == 2);
            assertEquals(before + 2, opened(), "what is new was seen");
        }
        lines.clear();
        try (InputStream stream = minji.open("/stream?alert=" + alert)) {
            Thread.ofVirtual().start(() -> read(stream, lines));
            await().atMost(Town.SOON).until(() -> lines.contains("event: live"));
        }
        assertEquals(before + 3, opened(), "who was not shown it before is");
    }

    private void tellChange(UUID alert) {
        town.transactions.run(connection -> {
            AlertStore.tellChange(connection, alert);
            return alert;
        });
    }

    private int opened() {
        return Collections.frequency(
                town.list("select actor as text from audit_event where action = :value", "alert-read"), "minji");
    }

    @Test
    void restListsShowsTakesAndClosesAlerts() {
        UUID alert = town.raise("review");
        Client minji = new Client(town.url).as("minji", PASSWORD);
        await().atMost(Town.SOON).until(() -> town.events(alert).contains("raised"));

        var list = Client.json(minji.get("/api/v1/alerts"));
        assertEquals(1, list.size());
        assertEquals(alert.toString(), list.get(0).get("alertId").asText());
        assertEquals("김영자", list.get(0).get("resident").get("name").asText());
        var one = Client.json(minji.get("/api/v1/alerts/" + alert));
        assertEquals("raised", one.get("events").get(0).get("type").asText());
        HttpResponse<String> taken = minji.post("/api/v1/alerts/" + alert + "/acknowledge", "");
        assertEquals("이민지", Client.json(taken).get("acknowledgedBy").get("name").asText(), taken.body());
        Client junho = new Client(town.url).as("junho", PASSWORD);
        assertEquals(
                409, junho.post("/api/v1/alerts/" + alert + "/acknowledge", "").statusCode());
        HttpResponse<String> closed = minji.post(
                "/api/v1/alerts/" + alert + "/resolve", "{\"outcome\": \"resident-ok\", \"note\": \"잘 계심\"}");
        assertEquals("resident-ok", Client.json(closed).get("outcome").asText(), closed.body());
        assertEquals(
                409,
                minji.post("/api/v1/alerts/" + alert + "/resolve", "{\"outcome\": \"resident-ok\"}")
                        .statusCode());
    }

    @Test
    void theAlertShowsWhatBecameOfTheRobotsQuestion() {
        UUID alert = town.raise("urgent", "silence");
        await().atMost(Town.SOON).until(() -> !town.commands(alert).isEmpty());
        town.execute("update device_command set state = 'delivered', sent_at = now(), delivered_at = now()");
        Client minji = new Client(town.url).as("minji", PASSWORD);

        var command = Client.json(minji.get("/api/v1/alerts/" + alert))
                .get("commands")
                .get(0);
        assertEquals("check-in", command.get("kind").asText());
        assertEquals("delivered", command.get("state").asText());
        assertFalse(command.get("deliveredAt").isNull());
        String page = new Client(town.url)
                .signIn("minji", PASSWORD)
                .get("/alerts/" + alert)
                .body();
        assertTrue(page.contains("안부 확인: 기기가 받음 ("), page);
    }

    @Test
    void anOperatorSeesAlertsButTakesNone() {
        UUID alert = town.raise("review");
        Client operator = new Client(town.url).as("operator", PASSWORD);

        assertEquals(1, Client.json(operator.get("/api/v1/alerts")).size());
        assertEquals(
                403,
                operator.post("/api/v1/alerts/" + alert + "/acknowledge", "").statusCode());
        assertEquals("", owner(alert));
    }

    private static void read(InputStream stream, Queue<String> lines) {
        try (var scanner = new Scanner(stream, StandardCharsets.UTF_8)) {
            while (scanner.hasNextLine()) {
                lines.add(scanner.nextLine());
            }
        }
    }

    private long lookedAt() {
        return town.list("select actor as text from audit_event where action = :value", "alert-listed").stream()
                .filter("minji"::equals)
                .count();
    }

    private String owner(UUID alert) {
        return town.text(
                "select coalesce(acknowledged_by::text, '') as text from alert where alert_id = :value", alert);
    }
}
