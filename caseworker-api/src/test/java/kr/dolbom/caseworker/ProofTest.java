package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.Town.PASSWORD;
import static kr.dolbom.caseworker.Town.SOON;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import kr.dolbom.sim.phone.line.CallbackRules;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// An alert that somebody takes by a key, with callbacks that come twice; then what an auditor gets to see of it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProofTest {
    private final String month = YearMonth.now(ZoneId.of("Asia/Seoul")).toString();

    private final Town town = new Town().with("dolbom.response.step-wait", "10m");
    private UUID alert;

    @BeforeAll
    void reachSomebody() {
        town.start();
        town.transactions.run(connection -> Accounts.add(connection, "minji", PASSWORD, Role.CASEWORKER, 1)
                && Accounts.add(connection, "sua", PASSWORD, Role.CASEWORKER, 3));
        town.phones.callbacks(CallbackRules.IN_ORDER.withCopies(2));
        alert = town.raise("critical");
        town.minji().awaitRinging(SOON);
        town.minji().answer();
        town.minji().press("1");
        town.minji().awaitCallEnd(SOON);
        await().atMost(SOON)
                .until(() -> statuses().stream().filter("completed"::equals).count() >= 2);
    }

    @AfterAll
    void close() {
        town.close();
    }

    @Test
    void theLedgerHasEveryStatusTheProvidersOwnTimeAndTheHumanProof() {
        JsonNode ledger = Client.json(operator().get("/api/v1/alerts/" + alert + "/ledger"));

        assertTrue(ledger.get("verifies").asBoolean(), ledger.toPrettyString());
        assertEquals("critical", ledger.at("/entries/0/detail/alert.tier").asText());
        String person = town.text(
                "select caseworker_id::text as text from caseworker where phone = any(:value)",
                SecretColumn.PHONE.anyOf(Town.MINJI_PHONE));
        assertTrue(entries(ledger).stream()
                .anyMatch(entry -> entry.get("type").asText().equals("acknowledged")
                        && entry.get("actor").asText().equals(person)
                        && entry.at("/detail/by").asText().equals("key")));
        assertTrue(
                statuses().containsAll(List.of("ringing", "in-progress", "completed", "delivered")),
                statuses().toString());
        JsonNode completed = entries(ledger).stream()
                .filter(entry -> entry.at("/detail/provider-status").asText().equals("completed"))
                .findFirst()
                .orElseThrow();
        Instant theirs = Instant.parse(completed.at("/detail/provider-at").asText());
        Instant ours = Instant.parse(completed.get("at").asText());
        assertTrue(Duration.between(theirs, ours).abs().compareTo(SOON) < 0, theirs + " and " + ours);
        assertTrue(completed.at("/detail/sid").asText().startsWith("CA"));
    }

    @Test
    void anAuditorRecomputesEveryHashFromTheAnswerAlone() throws Exception {
        JsonNode ledger = Client.json(operator().get("/api/v1/alerts/" + alert + "/ledger"));
        String previous = "0".repeat(64);
        for (JsonNode entry : ledger.get("entries")) {
            String hashed = entry.get("hashed").asText();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(hashed.getBytes(StandardCharsets.UTF_8));
            assertEquals(entry.get("hash").asText(), HexFormat.of().formatHex(hash));
            assertEquals(previous, hashed.lines().skip(1).findFirst().orElseThrow());
            previous = entry.get("hash").asText();
        }
    }

    @Test
    void theLedgerIsForTheOwnOfficeTheCheckForOperators() {
        String path = "/api/v1/alerts/" + alert + "/ledger";

        assertEquals(200, caseworker("minji").get(path).statusCode());
        assertEquals(404, caseworker("sua").get(path).statusCode());
        assertEquals(401, new Client(town.url).get(path).statusCode());
        assertEquals(403, caseworker("minji").get("/api/v1/ledger/check").statusCode());
        assertTrue(town.list("select action as text from audit_event where resident_no = :value", 1)
                .contains("ledger-read"));
    }

    @Test
    void theCheckAnswersForAllOfItAndAsksForAWholeSeal() {
        JsonNode verdict = Client.json(operator().get("/api/v1/ledger/check"));

        assertTrue(verdict.get("verifies").asBoolean(), verdict.toPrettyString());
        assertEquals(1, verdict.get("alerts").asInt());
        assertTrue(Client.json(operator().get("/api/v1/ledger/check?seal=1"))
                .get("detail")
                .asText()
                .startsWith("hash is 'null', expected the seal's 64"));
        HttpResponse<String> unknown = operator().get("/api/v1/ledger/check?seal=7&hash=" + "ab".repeat(32));
        assertEquals("changed", Client.json(unknown).at("/faults/0/kind").asText());
    }

    @Test
    void aReportNeedsAReasonWhichTheAuditLogKeeps() {
        String path = "/api/v1/reports/monthly?month=" + month;

        HttpResponse<String> refused = caseworker("minji").get(path);
        HttpResponse<String> given = caseworker("minji").get(path + "&reason=Council%20meeting");

        assertEquals(400, refused.statusCode());
        assertTrue(refused.body().contains("what the download is for"), refused.body());
        JsonNode report = Client.json(given);
        assertEquals(1, report.get("offices").size());
        assertEquals(1, report.at("/offices/0/fromCall/reached").asInt(), report.toPrettyString());
        assertEquals("minji Council meeting own " + month, town.text("""
                        select actor || ' ' || (detail ->> 'reason') || ' ' || (detail ->> 'office') || ' ' ||
                               (detail ->> 'month') as text from audit_event where actor = 'minji' and action = :value""", "report-downloaded"));
    }

    @Test
    void aCaseworkerGetsNoOtherOfficeAndNobodyAMonthToCome() {
        String other = town.text("select office_id::text as text from office where office_no = :value", 2);
        Client minji = caseworker("minji");

        assertEquals(
                404,
                minji.get("/api/v1/reports/monthly?reason=yearly%20audit&month=" + month + "&office=" + other)
                        .statusCode());
        assertEquals(
                2,
                Client.json(operator().get("/api/v1/reports/monthly?reason=yearly%20audit&format=json&month=2026-01"))
                        .get("offices")
                        .size());
        for (String wrong :
                List.of("month=2199-01", "month=2026-13", "month=x", "format=pdf&month=" + month, "office=" + other)) {
            assertEquals(
                    400,
                    operator()
                            .get("/api/v1/reports/monthly?reason=yearly%20audit&" + wrong)
                            .statusCode(),
                    wrong);
        }
    }

    @Test
    void theReportIsASpreadsheetOrAPageToPrintInBothLanguages() {
        String path = "/api/v1/reports/monthly?reason=" + "%3Cb%3Eyearly%20audit" + "&month=" + month + "&format=";
        HttpResponse<String> csv = operator().with("Accept-Language", "ko").get(path + "csv");
        HttpResponse<String> korean = operator().with("Accept-Language", "ko").get(path + "html");
        HttpResponse<String> english = operator().with("Accept-Language", "en").get(path + "html");

        assertTrue(csv.body().startsWith("\uFEFF부서,월,항목,뜻,구분,값,단위\r\n"), csv.body());
        assertTrue(csv.body().contains("고양시청 노인복지과," + month + ",within-60,60초 안에 확인,,100.00,%\r\n"), csv.body());
        assertEquals(
                "attachment; filename=\"dolbom-" + month + ".csv\"",
                csv.headers().firstValue("Content-Disposition").orElseThrow());
        assertTrue(korean.body().contains("고양시청 노인복지과"), korean.body());
        assertTrue(english.body().contains("Reached within 60 s"), english.body());
        assertTrue(english.body().contains("&lt;b&gt;yearly audit"), "the reason stands on it, harmless");
        assertFalse(english.body().contains("<b>audit"));
    }

    private List<String> statuses() {
        return town.list(
                "select coalesce(detail::jsonb ->> 'provider-status', '') as text from ledger_entry where alert_id = :value order by entry_no",
                alert);
    }

    private static List<JsonNode> entries(JsonNode ledger) {
        return StreamSupport.stream(ledger.get("entries").spliterator(), false).toList();
    }

    private Client operator() {
        return new Client(town.url).as("operator", PASSWORD);
    }

    private Client caseworker(String login) {
        return new Client(town.url).as(login, PASSWORD);
    }
}
