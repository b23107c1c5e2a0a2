package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import kr.dolbom.broker.TestBroker.Boxed;
import kr.dolbom.broker.TestBroker.Device;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.credential.RenewalMessage;
import kr.dolbom.contract.identity.ClaimCode;
import kr.dolbom.contract.identity.DeviceSecret;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How a device in a box comes by its secret.
class EnrolmentTest {
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int SESSION_TAKEN_OVER = 0x8E;

    private final TestBroker broker = TestBroker.shared();

    @BeforeAll
    static void listenToTheLog() {
        LogLines.begin();
    }

    static byte[] renewal(DeviceSecret secret) {
        return Contract.write(new RenewalMessage(UUID.randomUUID(), OffsetDateTime.now(ZoneOffset.UTC), secret));
    }

    private TestClient connect(Boxed boxed) throws Exception {
        return connect(boxed, boxed.code().text());
    }

    private TestClient connect(Boxed boxed, String password) throws Exception {
        return TestClient.connect(broker.uri(), boxed.id(), boxed.id(), password, options -> {});
    }

    private int refusal(Boxed boxed, String password) {
        return TestClient.refusal(broker.uri(), boxed.id(), boxed.id(), password, options -> {});
    }

    @Test
    void aDeviceSetsItsSecretByItsClaimCodeAndComesWithItFromThenOn() throws Exception {
        Boxed boxed = broker.registerBoxed();
        DeviceSecret secret = DeviceSecret.generate();
        try (TestClient client = connect(boxed)) {
            assertEquals(0, client.publish(boxed.renewalTopic(), renewal(secret)));

            assertEquals(List.of("secret"), broker.credentials(boxed.number()));
        }
        try (TestClient client = TestClient.connect(broker, boxed.with(secret))) {
            assertEquals(0, client.publish(boxed.with(secret).topic("activity"), Bodies.message(1, Bodies.ACTIVITY)));
        }
    }

    @Test
    void aDeviceOfMqtt311SetsItsSecretByItsClaimCode() throws Exception {
        Boxed boxed = broker.registerBoxed();
        DeviceSecret secret = DeviceSecret.generate();
        Device device = boxed.with(secret);
        try (OldClient client =
                OldClient.connect(broker.uri(), device, boxed.code().text())) {
            client.publish(boxed.renewalTopic(), renewal(secret));
        }
        try (OldClient client = OldClient.connect(broker.uri(), device)) {
            client.publish(device.topic("activity"), Bodies.message(1, Bodies.ACTIVITY));

            assertEquals(1, broker.telemetryRows(device));
        }
    }

    @Test
    void aClaimCodeIsTakenAsAPersonTypesIt() throws Exception {
        Boxed boxed = broker.registerBoxed();

        connect(boxed, boxed.code().grouped().toLowerCase(Locale.ROOT)).close();
    }

    @Test
    void aClaimCodeThatWasUsedIsWorthNothing() throws Exception {
        Boxed boxed = broker.registerBoxed();
        try (TestClient client = connect(boxed)) {
            client.publish(boxed.renewalTopic(), renewal(DeviceSecret.generate()));
        }

        assertEquals(NOT_AUTHORIZED, refusal(boxed, boxed.code().text()));
    }

    @Test
    void aClaimCodeThatHasExpiredIsWorthNothing() {
        Boxed boxed = broker.registerBoxed();
        ClaimCode expired = broker.addClaim(boxed.number(), "-1 second");

        assertEquals(NOT_AUTHORIZED, refusal(boxed, expired.text()));
    }

    @Test
    void aClaimCodeOfAnotherDeviceIsWorthNothing() {
        Boxed boxed = broker.registerBoxed();
        Boxed other = broker.registerBoxed();

        assertEquals(NOT_AUTHORIZED, refusal(boxed, other.code().text()));
    }

    @Test
    void aClaimCodeOfARevokedDeviceIsWorthNothing() {
        Boxed boxed = broker.registerBoxed();
        broker.texts("update device set revoked_at = now() where device_no = ?", boxed.number());

        assertEquals(NOT_AUTHORIZED, refusal(boxed, boxed.code().text()));
    }

    @Test
    void ofTwoDevicesWithOneCodeTheFirstThatSetsItsSecretIsTheDevice() throws Exception {
        Boxed boxed = broker.registerBoxed();
        DeviceSecret firsts = DeviceSecret.generate();
        DeviceSecret seconds = DeviceSecret.generate();
        try (TestClient first = connect(boxed);
                TestClient second = connect(boxed)) {
            assertEquals(SESSION_TAKEN_OVER, first.awaitDisconnect());
            assertEquals(0, second.publish(boxed.renewalTopic(), renewal(seconds)));
        }

        assertEquals(NOT_AUTHORIZED, refusal(boxed, boxed.code().text()));
        assertEquals(NOT_AUTHORIZED, refusal(boxed, firsts.text()));
        connect(boxed, seconds.text()).close();
    }

    @Test
    void aSecondSecretOverTheSameConnectionIsRefusedAsTheCodeIsUsedUp() throws Exception {
        Boxed boxed = broker.registerBoxed();
        DeviceSecret first = DeviceSecret.generate();
        DeviceSecret second = DeviceSecret.generate();
        try (TestClient client = connect(boxed)) {
            assertEquals(0, client.publish(boxed.renewalTopic(), renewal(first)));

            TestClient.Answer answer = client.publishForAnswer(boxed.renewalTopic(), renewal(second));

            assertEquals(NOT_AUTHORIZED, answer.code());
            assertTrue(answer.reason().startsWith("not-authorized"), answer.reason());
        }
        assertEquals(NOT_AUTHORIZED, refusal(boxed, second.text()));
        connect(boxed, first.text()).close();
    }

    @Test
    void whoseAcknowledgementWasLostSendsTheSecretAgain() throws Exception {
        Boxed boxed = broker.registerBoxed();
        DeviceSecret secret = DeviceSecret.generate();
        try (RawClient client = RawClient.open(broker.port(), 5)) {
            client.connect(boxed.id(), boxed.id(), boxed.code().text(), null);
            assertEquals(
                    new RawClient.Packet(RawClient.PUBACK, 0),
                    client.publish(boxed.renewalTopic(), renewal(secret), 1, false));

            assertEquals(
                    new RawClient.Packet(RawClient.PUBACK, 0),
                    client.publish(boxed.renewalTopic(), renewal(secret), 1, false));
        }
        assertEquals(List.of("secret"), broker.credentials(boxed.number()));
        try (TestClient client = connect(boxed, secret.text())) {
            assertEquals(
                    0, client.publish(boxed.renewalTopic(), renewal(secret)), "and once more by the secret itself");
        }
        assertEquals(List.of("secret"), broker.credentials(boxed.number()));
    }

    @Test
    void aClaimCodeIsForSettingASecretAlone() throws Exception {
        Boxed boxed = broker.registerBoxed();
        try (RawClient client = RawClient.open(broker.port(), 5)) {
            client.connect(boxed.id(), boxed.id(), boxed.code().text(), null);
            Device device = boxed.with(DeviceSecret.generate());

            assertEquals(
                    new RawClient.Packet(RawClient.SUBACK, NOT_AUTHORIZED),
                    client.subscribe("dolbom/v1/" + boxed.id() + "/command/+"));
            assertEquals(
                    new RawClient.Packet(RawClient.PUBACK, NOT_AUTHORIZED),
                    client.publish(device.topic("emergency"), Bodies.message(1, Bodies.SOS), 1, false));
            assertEquals(0, broker.telemetryRows(device));
            assertEquals(List.of("not-authorized|135||0"), broker.quarantine(device));
        }
        assertEquals(List.of("claim"), broker.credentials(boxed.number()), "the code is still good");
    }

    @Test
    void aLastWillIsNotLetInWithAClaimCode() {
        Boxed boxed = broker.registerBoxed();

        assertEquals(
                NOT_AUTHORIZED,
                TestClient.refusal(
                        broker.uri(),
                        boxed.id(),
                        boxed.id(),
                        boxed.code().text(),
                        options -> options.setWill(
                                "dolbom/v1/" + boxed.id() + "/telemetry/status",
                                new MqttMessage(Bodies.message(1, Bodies.OFFLINE), 1, false, null))));
    }

    @Test
    void whoEnrolsAgainLosesTheOldSecret() throws Exception {
        Device device = broker.registerDevice();
        ClaimCode code = broker.addClaim(device.number(), "1 hour");
        Boxed again = new Boxed(device.id(), device.number(), code);
        DeviceSecret secret = DeviceSecret.generate();
        TestClient.connect(broker, device).close();
        try (TestClient client = connect(again)) {
            client.publish(again.renewalTopic(), renewal(secret));
        }

        assertEquals(NOT_AUTHORIZED, TestClient.refusal(broker, device));
        connect(again, secret.text()).close();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true"})
    void aSecretIsNotSetWithoutAcknowledgementNorRetained(int qos, boolean retained) throws Exception {
        Boxed boxed = broker.registerBoxed();
        DeviceSecret secret = DeviceSecret.generate();
        try (RawClient client = RawClient.open(broker.port(), 5)) {
            client.connect(boxed.id(), boxed.id(), boxed.code().text(), null);

            RawClient.Packet answer = client.publish(boxed.renewalTopic(), renewal(secret), qos, retained);

            assertEquals(
                    qos == 0
                            ? new RawClient.Packet(RawClient.DISCONNECT, 0x9B)
                            : new RawClient.Packet(RawClient.PUBACK, NOT_AUTHORIZED),
                    answer);
        }
        assertEquals(List.of("claim"), broker.credentials(boxed.number()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':'01980d3e-7d2c-7c4e-9a55-0d6f8a1b2c3d','time':'SECRET','data':{'secret':'SECRET'}}",
                "{'id':'SECRET','time':'2026-03-01T07:10:00+09:00','data':{'secret':'SECRET'}}",
                "{'id':'01980d3e-7d2c-7c4e-9a55-0d6f8a1b2c3d','time':'2026-03-01T07:10:00+09:00','data':{'secret':'SECRETx'}}",
                "{'SECRET':null,'SECRET':'\\u0000'}",
                "{'secret':SECRET",
                "SECRET",
                "{'id':'01980d3e-7d2c-7c4e-9a55-0d6f8a1b2c3d','time':'2026-03-01T07:10:00+09:00','data':{'SECRET':'\\u0000'}}",
            })
    void aBrokenMessageIsRefusedAndNoWordOfItIsKept(String pattern) throws Exception {
        Boxed boxed = broker.registerBoxed();
        DeviceSecret secret = DeviceSecret.generate();
        try (TestClient client = connect(boxed)) {
            TestClient.Answer answer = client.publishForAnswer(
                    boxed.renewalTopic(), Bodies.bytes(pattern.replace("SECRET", secret.text())));

            assertEquals(0x99, answer.code());
            assertFalse(answer.reason().contains(secret.text()), answer.reason());
        }
        assertNoTraceOf(secret);
        assertEquals(List.of("claim"), broker.credentials(boxed.number()), "the code is still good");
    }

    @Test
    void aSecretIsKeptNowhereButAsItsHash() throws Exception {
        Boxed boxed = broker.registerBoxed();
        Boxed other = broker.registerBoxed();
        DeviceSecret secret = DeviceSecret.generate();
        try (TestClient client = connect(boxed)) {
            client.publish(other.renewalTopic(), renewal(secret));
            client.publish(boxed.renewalTopic(), renewal(secret));
        }

        assertNoTraceOf(secret);
    }

    /// Neither as text nor as bytes in any table, nor in the log of this process.
    private void assertNoTraceOf(DeviceSecret secret) throws Exception {
        await().until(() -> LogLines.contain("boxed-"));
        assertFalse(LogLines.contain(secret.text()));
        for (String table : broker.texts("""
                select quote_ident(table_name) from information_schema.tables
                 where table_schema = 'public' and table_type = 'BASE TABLE'""")) {
            assertEquals(
                    0,
                    broker.number(
                            "select count(*) from " + table
                                    + " as r where strpos(r::text, ?) > 0 or strpos(r::text, ?) > 0",
                            secret.text(),
                            HexFormat.of().formatHex(secret.text().getBytes(StandardCharsets.US_ASCII))),
                    table);
        }
    }
}
