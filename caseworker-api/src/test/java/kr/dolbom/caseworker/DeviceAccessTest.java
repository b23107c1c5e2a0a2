package kr.dolbom.caseworker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.contract.identity.ClaimCode;
import kr.dolbom.contract.identity.SecretHash;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// By what devices and services come in, as an operator arranges it by REST.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceAccessTest {
    private final Town town = new Town();
    private final Client operator = new Client(town.url).as("operator", Town.PASSWORD);

    @BeforeAll
    void start() {
        town.start();
        town.transactions.run(connection -> Accounts.add(connection, "minji", Town.PASSWORD, Role.CASEWORKER, 1));
    }

    @AfterAll
    void close() {
        town.close();
    }

    private JsonNode register(String id, String more) {
        HttpResponse<String> answer = operator.post(
                "/api/v1/devices",
                "{\"deviceId\": \"%s\", \"vendor\": \"Acme\", \"model\": \"Doll\"%s}".formatted(id, more));
        assertEquals(201, answer.statusCode(), answer.body());
        return Client.json(answer);
    }

    private JsonNode done(String path, String body) {
        HttpResponse<String> answer = operator.post(path, body);
        assertEquals(200, answer.statusCode(), answer.body());
        return Client.json(answer);
    }

    private String credentials(String device) {
        return town.text("""
                        select coalesce(string_agg(kind || case when dropped_at is null then '' else '-' end, ' '
                                                   order by credential_no), '') as text
                          from device_credential join device using (device_no) where device_id = :value""", device);
    }

    private String audit(String device) {
        return town.text("""
                        select coalesce(string_agg(action, ' ' order by audit_no), '') as text
                          from audit_event where detail->>'device' = :value""", device);
    }

    @Test
    void aDeviceIsRegisteredWithAClaimCodeThatIsShownOnceAndStoredAsItsHash() {
        JsonNode device = register("boxed-1", ", \"credential\": \"claim-code\"");

        assertTrue(
                device.path("secret").isMissingNode() || device.path("secret").isNull());
        ClaimCode code = ClaimCode.find(device.get("claimCode").asText()).orElseThrow();
        String stored = town.text("""
                        select encode(salt, 'hex') || encode(hash, 'hex') as text
                          from device_credential join device using (device_no)
                         where device_id = :value and kind = 'claim' and expires_at > now()""", "boxed-1");
        HexFormat hex = HexFormat.of();
        assertTrue(new SecretHash(hex.parseHex(stored.substring(0, 32)), hex.parseHex(stored.substring(32)))
                .matches(code.text()));
        assertFalse(operator.get("/api/v1/devices/boxed-1").body().contains(code.grouped()));
        assertEquals("device-registered", audit("boxed-1"));
    }

    @Test
    void aDeviceIsRegisteredWithTheCodeThatIsPrintedInItsBox() {
        ClaimCode printed = ClaimCode.generate();

        JsonNode device = register(
                "boxed-2", ", \"credential\": \"claim-code\", \"claimCode\": \"%s\"".formatted(printed.grouped()));

        assertEquals(printed.grouped(), device.get("claimCode").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"credential\": \"claim-code\", \"claimCode\": \"not a code\"",
                "\"claimCode\": \"01234-56789-ABCDE-FGHJK-MNPQRS\"",
                "\"credential\": \"password\"",
            })
    void aRegistrationThatContradictsItselfIsRefused(String more) {
        HttpResponse<String> answer = operator.post(
                "/api/v1/devices",
                "{\"deviceId\": \"boxed-3\", \"vendor\": \"Acme\", \"model\": \"Doll\", %s}".formatted(more));

        assertEquals(400, answer.statusCode(), answer.body());
        assertFalse(answer.body().contains("not a code"), answer.body());
        assertEquals(404, operator.get("/api/v1/devices/boxed-3").statusCode());
    }

    @Test
    void aNewClaimCodeMakesTheOneBeforeWorthlessAndLeavesTheSecret() {
        register("doll-101", "");
        String first = done("/api/v1/devices/doll-101/claim-code", "{}")
                .get("claimCode")
                .asText();
        String second = done("/api/v1/devices/doll-101/claim-code", "{}")
                .get("claimCode")
                .asText();

        assertNotEquals(first, second);
        assertEquals("secret claim- claim", credentials("doll-101"));
        assertEquals("device-registered claim-code-issued claim-code-issued", audit("doll-101"));
    }

    @Test
    void aDeviceIsBoundAndUnboundAndBothResidentsKnowOfIt() {
        register("doll-102", "");
        String resident =
                town.text("select resident_id::text as text from resident where resident_no = :value::int", "1");

        done("/api/v1/devices/doll-102/resident", "{\"residentId\": \"%s\"}".formatted(resident));
        assertEquals(
                resident,
                Client.json(operator.get("/api/v1/devices/doll-102"))
                        .get("residentId")
                        .asText());
        done("/api/v1/devices/doll-102/resident", "{}");

        assertEquals("none", town.text("""
                        select coalesce(resident_no::text, 'none') as text from device where device_id = :value""", "doll-102"));
        assertEquals("device-registered device-bound device-unbound", audit("doll-102"));
        assertEquals("2", town.text("""
                        select count(*)::text as text from audit_event
                         where detail->>'device' = :value and resident_no = 1""", "doll-102"));
    }

    @Test
    void aRenewalIsACommandToTheDevice() {
        register("doll-103", "");

        String command =
                done("/api/v1/devices/doll-103/renewal", "").get("commandId").asText();

        assertEquals("renew-secret {} pending 7 days", town.text("""
                        select concat_ws(' ', kind, data, state, expires_at - created_at) as text
                          from device_command where command_id = :value::uuid""", command));
        assertEquals("device-registered renewal-asked", audit("doll-103"));
    }

    @Test
    void aRevokedDeviceGetsNoCodeUntilThatIsTakenBack() {
        register("doll-104", "");
        done("/api/v1/devices/doll-104/revocation", "{\"revoked\": true}");
        done("/api/v1/devices/doll-104/revocation", "{\"revoked\": true}");

        assertEquals(
                409, operator.post("/api/v1/devices/doll-104/claim-code", "{}").statusCode());
        assertEquals(409, operator.post("/api/v1/devices/doll-104/renewal", "").statusCode());
        assertTrue(Client.json(operator.get("/api/v1/devices/doll-104"))
                .get("revoked")
                .asBoolean());

        done("/api/v1/devices/doll-104/revocation", "{\"revoked\": false}");
        done("/api/v1/devices/doll-104/claim-code", "{}");
        assertEquals("device-registered device-revoked device-readmitted claim-code-issued", audit("doll-104"));
    }

    @Test
    void aDeviceMayComeByCertificateWhenItIsSaidSo() {
        String fingerprint = "AB:".repeat(31) + "cd";
        register("doll-105", "");

        done("/api/v1/devices/doll-105/certificate", "{\"allowed\": true}");
        assertEquals("secret certificate", credentials("doll-105"));
        done(
                "/api/v1/devices/doll-105/certificate",
                "{\"allowed\": true, \"fingerprint\": \"%s\"}".formatted(fingerprint));
        assertEquals("ab".repeat(31) + "cd", town.text("""
                        select encode(hash, 'hex') as text from device_credential join device using (device_no)
                         where device_id = :value and kind = 'certificate' and dropped_at is null""", "doll-105"));
        done("/api/v1/devices/doll-105/certificate", "{\"allowed\": false}");

        assertEquals("secret certificate- certificate-", credentials("doll-105"));
        assertEquals(
                "device-registered certificate-allowed certificate-allowed certificate-forbidden", audit("doll-105"));
    }

    @Test
    void aCertificateIsRevokedByItsFingerprint() {
        String fingerprint = "0f".repeat(32);
        HttpResponse<String> answer = operator.post(
                "/api/v1/revoked-certificates",
                "{\"fingerprint\": \"%s\", \"note\": \"stolen\"}".formatted(fingerprint));

        assertEquals(201, answer.statusCode(), answer.body());
        assertEquals(fingerprint, Client.json(answer).get("fingerprint").asText());
        assertTrue(operator.get("/api/v1/revoked-certificates").body().contains(fingerprint));
        assertEquals(
                400,
                operator.post("/api/v1/revoked-certificates", "{\"fingerprint\": \"0f0f\", \"note\": \"stolen\"}")
                        .statusCode());
    }

    @Test
    void aServiceAccountIsAddedItsSecretShownOnceAndRevoked() {
        HttpResponse<String> answer = operator.post(
                "/api/v1/service-accounts", "{\"name\": \"weather\", \"filters\": [\"dolbom/service/+/heat\"]}");

        assertEquals(201, answer.statusCode(), answer.body());
        JsonNode added = Client.json(answer);
        assertEquals("service:weather", added.get("userName").asText());
        assertEquals("dolbom/service/weather/", added.get("topicPrefix").asText());
        String list = operator.get("/api/v1/service-accounts").body();
        assertTrue(list.contains("dolbom/service/+/heat"), list);
        assertFalse(list.contains(added.get("secret").asText()));
        assertEquals(
                409,
                operator.post("/api/v1/service-accounts", "{\"name\": \"weather\", \"filters\": []}")
                        .statusCode());

        assertEquals(
                204,
                operator.post("/api/v1/service-accounts/weather/revocation", "").statusCode());

        assertTrue(operator.get("/api/v1/service-accounts").body().contains("\"revoked\":true"));
        assertEquals(
                404,
                operator.post("/api/v1/service-accounts/nobody/revocation", "").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "$SYS/#", "$share/x/dolbom/v1/#", "other/x", "dolbom/v1/a b", "dolbom/v1/A"})
    void aFilterBeyondThePlatformsTopicsIsRefused(String filter) {
        assertEquals(
                400,
                operator.post(
                                "/api/v1/service-accounts",
                                "{\"name\": \"curious\", \"filters\": [\"%s\"]}".formatted(filter))
                        .statusCode());
    }

    @Test
    void aResidentsConsentIsNotedAndTheBrokerHearsOfIt() {
        String resident =
                town.text("select resident_id::text as text from resident where resident_no = :value::int", "1");

        assertTrue(done("/api/v1/residents/" + resident + "/consent", "{\"transcriptConsent\": true}")
                .get("transcriptConsent")
                .asBoolean());
        assertFalse(done("/api/v1/residents/" + resident + "/consent", "{\"transcriptConsent\": false}")
                .get("transcriptConsent")
                .asBoolean());

        assertEquals("true false", town.text("""
                        select string_agg(detail->>'transcriptConsent', ' ' order by audit_no) as text
                          from audit_event where action = :value""", "consent-changed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/devices/robot-1/resident",
                "/api/v1/devices/robot-1/claim-code",
                "/api/v1/devices/robot-1/renewal",
                "/api/v1/devices/robot-1/certificate",
                "/api/v1/devices/robot-1/revocation",
                "/api/v1/revoked-certificates",
                "/api/v1/service-accounts",
                "/api/v1/service-accounts/weather/revocation",
            })
    void onlyAnOperatorMay(String path) {
        assertEquals(401, new Client(town.url).post(path, "{}").statusCode());
        assertEquals(
                403,
                new Client(town.url).as("minji", Town.PASSWORD).post(path, "{}").statusCode());
        assertEquals("", audit("robot-1"));
    }
}
