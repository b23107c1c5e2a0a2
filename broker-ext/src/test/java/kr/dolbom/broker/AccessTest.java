package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kr.dolbom.broker.TestBroker.Device;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who gets in, and what topics are whose.
class AccessTest {
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int TOPIC_NAME_INVALID = 0x90;
    private static final int QOS_NOT_SUPPORTED = 0x9B;

    private final TestBroker broker = TestBroker.shared();

    @Test
    void aWrongSecretIsNotAuthorized() {
        Device device = broker.registerDevice();
        Device other = broker.registerDevice();

        assertEquals(
                NOT_AUTHORIZED,
                TestClient.refusal(broker.uri(), device.id(), device.id(), other.secret(), options -> {}));
    }

    @Test
    void anUnknownDeviceIsNotAuthorized() {
        String id = "nobody-knows-me";

        assertEquals(NOT_AUTHORIZED, TestClient.refusal(broker.uri(), id, id, "secret", options -> {}));
    }

    @Test
    void aUserNameThatIsNotTheClientIdIsNotAuthorized() {
        Device device = broker.registerDevice();

        assertEquals(
                NOT_AUTHORIZED,
                TestClient.refusal(broker.uri(), "another-client", device.id(), device.secret(), options -> {}));
    }

    @Test
    void aConnectionWithoutAnyCredentialsIsNotAuthorized() {
        Device device = broker.registerDevice();

        assertEquals(
                NOT_AUTHORIZED, TestClient.refusal(broker.uri(), device.id(), device.id(), device.secret(), options -> {
                    options.setUserName(null);
                    options.setPassword(null);
                }));
    }

    @Test
    void namingAnAuthenticationMethodIsNoWayAroundTheSecret() {
        Device device = broker.registerDevice();

        assertEquals(NOT_AUTHORIZED, TestClient.refusal(broker.uri(), device.id(), device.id(), "wrong", options -> {
            options.setAuthMethod("PLAIN");
            options.setAuthData("x".getBytes(StandardCharsets.UTF_8));
        }));
    }

    @Test
    void aRevokedDeviceIsNotAuthorized() {
        Device device = broker.registerDevice();
        broker.texts("update device set revoked_at = now() where device_no = ?", device.number());

        // The broker may have looked at its devices between the two statements, and looks again soon.
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertEquals(NOT_AUTHORIZED, TestClient.refusal(broker, device)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDeviceThatIsRevokedWhileConnectedIsDisconnected(boolean told) throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            broker.texts("update device set revoked_at = now() where device_no = ?", device.number());
            if (told) {
                broker.texts("select pg_notify('dolbom_device', ?)", device.id());
            }

            assertEquals(NOT_AUTHORIZED, client.awaitDisconnect());
            assertEquals(NOT_AUTHORIZED, TestClient.refusal(broker, device));
        }
    }

    @Test
    void aTopicOfAnotherDeviceIsRefusedAndItsBodyNotKept() throws Exception {
        Device device = broker.registerDevice();
        Device other = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            TestClient.Answer answer = client.publishForAnswer(other.topic("emergency"), Bodies.message(1, Bodies.SOS));

            assertEquals(NOT_AUTHORIZED, answer.code());
            assertTrue(answer.reason().startsWith("foreign-topic"), answer.reason());
            assertEquals(0, broker.telemetryRows(device) + broker.telemetryRows(other));
            assertEquals(List.of("foreign-topic|135||0"), broker.quarantine(device));
        }
    }

    /// Topics that are not the device's own, and the reason code of each.
    private static final Map<String, Integer> STRANGE_TOPICS = Map.ofEntries(
            Map.entry("dolbom/v1/OTHER/command/speak", NOT_AUTHORIZED),
            Map.entry("dolbom/v1/OTHER/telemetry/presence", NOT_AUTHORIZED),
            Map.entry("dolbom/v1/OWN/command/speak", TOPIC_NAME_INVALID),
            Map.entry("dolbom/v1/OWN/telemetry/unheard-of", TOPIC_NAME_INVALID),
            Map.entry("dolbom/v1/OWN/telemetry/EMERGENCY", TOPIC_NAME_INVALID),
            Map.entry("dolbom/v1/OWN/telemetry/", TOPIC_NAME_INVALID),
            Map.entry("dolbom/v1/OWN/telemetry/emergency/", TOPIC_NAME_INVALID),
            Map.entry("/dolbom/v1/OWN/telemetry/emergency", TOPIC_NAME_INVALID),
            Map.entry("dolbom//v1/OWN/telemetry/emergency", TOPIC_NAME_INVALID),
            Map.entry("dolbom/v1/./OWN/telemetry/emergency", TOPIC_NAME_INVALID),
            Map.entry("dolbom/v1/OWN/../OTHER/telemetry/emergency", TOPIC_NAME_INVALID),
            Map.entry("DOLBOM/v1/OWN/telemetry/emergency", TOPIC_NAME_INVALID),
            Map.entry("dolbom/v2/OWN/telemetry/emergency", TOPIC_NAME_INVALID),
            Map.entry("dolbom/v1/OTHER /telemetry/emergency", TOPIC_NAME_INVALID),
            Map.entry("dolbom/v1/ＯWN/telemetry/emergency", TOPIC_NAME_INVALID),
            Map.entry("$SYS/broker", TOPIC_NAME_INVALID),
            Map.entry("$share/group/dolbom/v1/OTHER/telemetry/emergency", TOPIC_NAME_INVALID),
            Map.entry("x", TOPIC_NAME_INVALID));

    @Test
    void aTopicThatIsNotTheDevicesOwnIsRefused() throws Exception {
        Device device = broker.registerDevice();
        Device other = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            Map<String, Integer> answers = new HashMap<>();
            for (String pattern : STRANGE_TOPICS.keySet()) {
                String topic = pattern.replace("OWN", device.id()).replace("OTHER", other.id());
                answers.put(pattern, client.publish(topic, Bodies.message(1, Bodies.SOS)));
            }

            assertEquals(STRANGE_TOPICS, answers);
            assertEquals(0, broker.telemetryRows(device) + broker.telemetryRows(other));
            assertEquals(STRANGE_TOPICS.size(), broker.quarantine(device).size());
            assertTrue(client.isConnected());
        }
    }

    @Test
    void retainedTelemetryIsRefused() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            TestClient.Answer answer = TestClient.answer(
                    client.send(device.topic("activity"), Bodies.message(1, Bodies.ACTIVITY), 1, true));

            assertEquals(NOT_AUTHORIZED, answer.code());
            assertTrue(answer.reason().startsWith("retained"), answer.reason());
            assertEquals(0, broker.telemetryRows(device));
        }
    }

    @Test
    void telemetryWithoutAcknowledgementIsNotStoredAndClosesTheConnection() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            client.send(device.topic("activity"), Bodies.message(1, Bodies.ACTIVITY), 0, false);

            assertEquals(QOS_NOT_SUPPORTED, client.awaitDisconnect());
            assertEquals(0, broker.telemetryRows(device));
            assertEquals(List.of("wrong-qos|135||0"), broker.quarantine(device));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dolbom/v1/OWN/command/+", "dolbom/v1/OWN/command/check-in"})
    void aDeviceMaySubscribeToItsOwnCommands(String pattern) throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            assertEquals(1, client.subscribeForCode(pattern.replace("OWN", device.id())));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dolbom/v1/OTHER/telemetry/status, 1, false, ",
        "dolbom/v1/OWN/telemetry/emergency, 1, false, ",
        "dolbom/v1/OWN/telemetry/status, 0, false, ",
        "dolbom/v1/OWN/telemetry/status, 1, true, ",
        "dolbom/v1/OWN/telemetry/status, 1, false, broken",
    })
    void aForeignOrBrokenLastWillIsNotLetIn(String pattern, int qos, boolean retained, String body) {
        Device device = broker.registerDevice();
        Device other = broker.registerDevice();
        MqttMessage will = new MqttMessage(
                body == null ? Bodies.message(1, Bodies.OFFLINE) : Bodies.bytes(body), qos, retained, null);
        String topic = pattern.replace("OWN", device.id()).replace("OTHER", other.id());

        assertEquals(
                NOT_AUTHORIZED,
                TestClient.refusal(
                        broker.uri(),
                        device.id(),
                        device.id(),
                        device.secret(),
                        options -> options.setWill(topic, will)));
    }

    @Test
    void aTranscriptIsNotStoredWithoutConsent() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            client.publish(
                    device.topic("voice"),
                    Bodies.message(
                            1,
                            "{'codes':[],'turns':1,'talkSeconds':2,'transcript':'적적하네',"
                                    + "'x-asr':[{'transcript':'적적하네','n':1.50}]}"));
            client.publish(device.topic("voice"), Bodies.bytes("{'transcript':'적적하네'"));
            client.publish(device.topic("activity"), Bodies.message(2, "{'transcript':'적적하네'}"));

            assertEquals(
                    List.of("{\"codes\": [], \"turns\": 1, \"x-asr\": [{\"n\": 1.50}], \"talkSeconds\": 2}"),
                    broker.texts("select telemetry_data(data) from telemetry where device_no = ?", device.number()));
            assertEquals(
                    List.of("malformed-json|153||0", "schema-violation|153|/data/windowSeconds|0"),
                    broker.quarantine(device));
        }
    }

    @Test
    void aTranscriptIsStoredWithConsent() throws Exception {
        Device device = broker.registerDevice(true);
        try (TestClient client = TestClient.connect(broker, device)) {
            client.publish(
                    device.topic("voice"),
                    Bodies.message(1, "{'codes':[],'turns':1,'talkSeconds':2,'transcript':'적적하네'}"));

            assertEquals(
                    "적적하네",
                    broker.text(
                            "select telemetry_data(data)->>'transcript' from telemetry where device_no = ?",
                            device.number()));
        }
    }
}
