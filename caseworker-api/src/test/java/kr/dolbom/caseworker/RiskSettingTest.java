package kr.dolbom.caseworker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// The settings of the risk engine over [RiskSettingApi], and the modes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RiskSettingTest {
    private static final String PASSWORD = "correct horse battery";

    private final Town town = new Town();
    private final Client operator = new Client(town.url).as("operator", Town.PASSWORD);
    private final Client minji = new Client(town.url).as("minji", PASSWORD);
    private final Client sua = new Client(town.url).as("sua", PASSWORD);
    private String office = "";
    private String resident = "";

    @BeforeAll
    void start() {
        town.start();
        town.transactions.run(connection -> Accounts.add(connection, "minji", PASSWORD, Role.CASEWORKER, 1)
                && Accounts.add(connection, "sua", PASSWORD, Role.CASEWORKER, 3));
        office = "/api/v1/offices/"
                + town.text("select office_id::text as text from office where office_no = :value", 1);
        resident = "/api/v1/residents/"
                + town.text("select resident_id::text as text from resident where resident_no = :value", 1);
    }

    @BeforeEach
    void forget() {
        town.execute("truncate risk_setting_change, resident_mode, relearning");
    }

    @AfterAll
    void close() {
        town.close();
    }

    @Test
    void theResidentsSettingGoesBeforeTheOfficesAndThatBeforeTheUsual() {
        assertEquals("16h usual", standing("caps.urgent"));

        assertEquals(
                200, put(operator, office, "caps.urgent", "14h", "heat wave").statusCode());
        assertEquals("14h office", standing("caps.urgent"));

        assertEquals(
                200,
                put(minji, resident, "caps.urgent", "12h30m", "fell last week").statusCode());
        assertEquals("12h30m resident", standing("caps.urgent"));

        assertEquals(
                200,
                minji.put(resident + "/risk-settings/caps.urgent", "{\"value\": null, \"reason\": \"well again\"}")
                        .statusCode());
        assertEquals("14h office", standing("caps.urgent"));
    }

    @Test
    void everyChangeIsKeptWithWhoAndWhy() {
        put(minji, resident, "margins.urgent", "0.5", "goes to the market every day");
        put(operator, resident, "margins.urgent", "-0.25", "lives alone now");

        JsonNode changes = Client.json(minji.get(resident + "/risk-settings")).get("changes");

        assertEquals(
                List.of("-0.25 operator lives alone now", "0.50 minji goes to the market every day"),
                StreamSupport.stream(changes.spliterator(), false)
                        .map(change -> change.get("value").asText() + " "
                                + change.get("changedBy").asText() + " "
                                + change.get("reason").asText())
                        .toList());
        assertEquals(
                "margins.urgent",
                town.text(
                        "select detail ->> 'name' as text from audit_event where action = :value"
                                + " order by at desc limit 1",
                        "risk-setting-changed"));
    }

    @ParameterizedTest
    @CsvSource({
        "caps.urgent, 26h, a value from 8h to 24h",
        "caps.urgent, fourteen, a value from 8h to 24h",
        "margins.urgent, 3, a value from -1.00 to 2.00"
    })
    void aValueOutOfBoundsIsRefusedWithTheBounds(String name, String value, String expected) {
        HttpResponse<String> answer = put(minji, resident, name, value, "to try it");

        assertEquals(400, answer.statusCode());
        assertEquals(
                expected,
                Client.json(answer).get("errors").get(0).get("expected").asText());
        assertTrue(standing(name).endsWith("usual"));
    }

    @Test
    void aChangeWithoutAReasonOrOfAnUnknownSettingIsRefused() {
        assertEquals(400, put(minji, resident, "caps.urgent", "14h", "").statusCode());
        assertEquals(
                404, put(minji, resident, "caps.nothing", "14h", "to try it").statusCode());
    }

    @Test
    void aCaseworkerOfAnotherOfficeFindsNoSuchResidentAndNoneSetsAnOffice() {
        assertEquals(404, sua.get(resident + "/risk-settings").statusCode());
        assertEquals(404, put(sua, resident, "caps.urgent", "14h", "to try it").statusCode());
        assertEquals(404, sua.get(resident + "/modes").statusCode());
        assertEquals(403, put(minji, office, "caps.urgent", "14h", "to try it").statusCode());
    }

    @Test
    void theEngineIsToldOfAChange() throws SQLException {
        try (Connection listener = town.database.dataSource().getConnection();
                Statement listen = listener.createStatement()) {
            listen.execute("listen dolbom_setting");

            put(operator, office, "floors.urgent", "3h", "cold wave");

            PGNotification[] heard = listener.unwrap(PGConnection.class).getNotifications(5_000);
            assertEquals("dolbom_setting", heard[0].getName());
        }
    }

    @Test
    void aModeHoldsUntilItsTimeOrUntilSomebodyEndsIt() {
        assertEquals(200, mode("hospital", Duration.ofDays(7)).statusCode());
        assertEquals(200, mode("away", Duration.ofDays(2)).statusCode());

        JsonNode modes = Client.json(minji.get(resident + "/modes"));
        assertEquals("away", modes.get(0).get("mode").asText());
        assertTrue(modes.get(0).get("running").asBoolean());
        assertFalse(modes.get(1).get("running").asBoolean());
        assertEquals("minji", modes.get(1).get("endedBy").asText());

        assertEquals(204, minji.delete(resident + "/mode").statusCode());
        assertFalse(Client.json(minji.get(resident + "/modes"))
                .get(0)
                .get("running")
                .asBoolean());
        assertEquals(204, minji.delete(resident + "/mode").statusCode());
    }

    @ParameterizedTest
    @CsvSource({"on holiday, P2D", "away, P61D", "away, PT-1H"})
    void aModeThatIsNoneOrHasNoEndInSightIsRefused(String mode, Duration length) {
        assertEquals(400, mode(mode, length).statusCode());
    }

    @Test
    void learningAnewIsAskedForWithAReason() {
        assertEquals(
                202,
                minji.post(resident + "/relearning", "{\"reason\": \"moved house\"}")
                        .statusCode());
        assertEquals(400, minji.post(resident + "/relearning", "{}").statusCode());
        assertEquals(
                "minji",
                town.text(
                        "select asked_by as text from relearning where reason = :value and done_at is null",
                        "moved house"));
    }

    private HttpResponse<String> mode(String mode, Duration length) {
        return minji.put(
                resident + "/mode",
                "{\"mode\": \"%s\", \"until\": \"%s\", \"reason\": \"told by her son\"}"
                        .formatted(mode, Instant.now().plus(length)));
    }

    private static HttpResponse<String> put(Client client, String whose, String name, String value, String reason) {
        return client.put(
                whose + "/risk-settings/" + name, "{\"value\": \"%s\", \"reason\": \"%s\"}".formatted(value, reason));
    }

    /// Value and whose it is.
    private String standing(String name) {
        JsonNode settings = Client.json(minji.get(resident + "/risk-settings")).get("settings");
        return StreamSupport.stream(settings.spliterator(), false)
                .filter(setting -> setting.get("name").asText().equals(name))
                .map(setting -> setting.get("value").asText() + " "
                        + setting.get("from").asText())
                .findFirst()
                .orElseThrow();
    }
}
