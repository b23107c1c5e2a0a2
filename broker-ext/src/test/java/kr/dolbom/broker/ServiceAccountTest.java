package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import kr.dolbom.broker.TestBroker.Device;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.identity.SecretHash;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the platform's own clients may do.
class ServiceAccountTest {
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int INVALID_CLIENT_ID = 0x85;

    private final TestBroker broker = TestBroker.shared();

    private record Service(String name, String secret) {
        String user() {
            return "service:" + name;
        }
    }

    private Service register(String... filters) {
        String name = "s" + UUID.randomUUID().toString().substring(0, 8);
        DeviceSecret secret = DeviceSecret.generate();
        SecretHash hash = secret.hash();
        broker.texts(
                "insert into service_account (name, salt, hash, filters) values (?, ?, ?, ?::text[])",
                name,
                hash.salt(),
                hash.hash(),
                "{" + String.join(",", filters) + "}");
        return new Service(name, secret.text());
    }

    private TestClient connect(Service service) throws MqttException {
        return TestClient.connect(broker.uri(), service.user(), service.user(), service.secret(), options -> {});
    }

    private RawClient connectRaw(Service service, int version) throws Exception {
        RawClient client = RawClient.open(broker.port(), version);
        assertEquals(
                0,
                client.connect(service.user(), service.user(), service.secret(), null)
                        .code());
        return client;
    }

    @Test
    void aServiceHearsWhatAnotherSaysBelowItsPrefix() throws Exception {
        Service speaker = register();
        Service hearer = register("dolbom/service/" + speaker.name() + "/#", "dolbom/v1/+/command/+");
        try (TestClient hears = connect(hearer);
                TestClient speaks = connect(speaker)) {
            hears.subscribe("dolbom/service/" + speaker.name() + "/#");
            hears.subscribe("dolbom/v1/+/command/+");

            assertEquals(0, speaks.publish("dolbom/service/" + speaker.name() + "/weather", Bodies.bytes("heat")));

            assertEquals("heat", new String(hears.awaitCommand().getPayload(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aServiceMayRunMoreThanOnce() throws Exception {
        Service service = register();
        try (TestClient first = connect(service);
                TestClient second = TestClient.connect(
                        broker.uri(), service.user() + ":second", service.user(), service.secret(), options -> {})) {
            assertTrue(first.isConnected() && second.isConnected());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dolbom/v1/DEVICE/telemetry/activity",
                "dolbom/v1/DEVICE/telemetry/emergency",
                "dolbom/v1/DEVICE/command/speak",
                "dolbom/v1/DEVICE/credential/renew",
                "dolbom/service/another/weather",
                "dolbom/service/NAME",
                "DOLBOM/service/NAME/weather",
                "weather",
            })
    void aServicePublishesNowhereElse(String pattern) throws Exception {
        Device device = broker.registerDevice();
        Service service = register("#");
        String topic = pattern.replace("DEVICE", device.id()).replace("NAME", service.name());
        try (RawClient client = connectRaw(service, 5)) {
            RawClient.Packet answer = client.publish(topic, Bodies.message(1, Bodies.SOS), 1, false);

            assertEquals(new RawClient.Packet(RawClient.PUBACK, NOT_AUTHORIZED), answer);
            assertEquals(new RawClient.Packet(RawClient.DISCONNECT, NOT_AUTHORIZED), client.read());
        }
        try (RawClient client = connectRaw(service, 4)) {
            assertEquals(
                    new RawClient.Packet(RawClient.CLOSED, 0),
                    client.publish(topic, Bodies.message(1, Bodies.SOS), 1, false));
        }
        assertEquals(0, broker.telemetryRows(device));
        assertEquals(0, broker.number("select count(*) from device_command where device_no = ?", device.number()));
    }

    @ParameterizedTest
    @CsvSource({"5, 14, 0x82", "4, 0, 0"})
    void hivemqItselfClosesTheConnectionOfAServiceThatPublishesToASystemTopic(int version, int type, String code)
            throws Exception {
        try (RawClient client = connectRaw(register(), version)) {
            assertEquals(
                    new RawClient.Packet(type, Integer.decode(code)),
                    client.publish("$SYS/weather", Bodies.bytes("x"), 1, false));
        }
    }

    @Test
    void nothingOfAServiceIsRetained() throws Exception {
        Service service = register();
        try (RawClient client = connectRaw(service, 5)) {
            assertEquals(
                    new RawClient.Packet(RawClient.PUBACK, NOT_AUTHORIZED),
                    client.publish("dolbom/service/" + service.name() + "/x", Bodies.bytes("x"), 1, true));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dolbom/v1/DEVICE/telemetry/status, false, 1",
        "dolbom/service/NAME/gone, true, 1",
        "dolbom/service/NAME/gone, false, 0",
    })
    void aLastWillOfAServiceIsJudgedAsItsMessages(String pattern, boolean retained, int letIn) throws Exception {
        Device device = broker.registerDevice();
        Service service = register();
        String topic = pattern.replace("DEVICE", device.id()).replace("NAME", service.name());
        try (RawClient client = RawClient.open(broker.port(), 5)) {
            RawClient.Packet answer = client.connect(
                    service.user(),
                    service.user(),
                    service.secret(),
                    new RawClient.Will(topic, Bodies.message(1, Bodies.OFFLINE), 1, retained));

            assertEquals(new RawClient.Packet(RawClient.CONNACK, letIn == 0 ? 0 : NOT_AUTHORIZED), answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "dolbom/#", "dolbom/v1/+/telemetry/+", "$SYS/#", "$share/x/dolbom/v1/+/command/+"})
    void aServiceSubscribesToTheFiltersOfItsAccountAlone(String filter) throws Exception {
        Service service = register("dolbom/v1/+/command/+");
        int code = filter.startsWith("$share") ? 0x9E : NOT_AUTHORIZED;
        try (RawClient client = connectRaw(service, 5)) {
            assertEquals(new RawClient.Packet(RawClient.SUBACK, code), client.subscribe(filter));
            assertEquals(new RawClient.Packet(RawClient.SUBACK, 1), client.subscribe("dolbom/v1/+/command/+"));
        }
        try (RawClient client = connectRaw(service, 4)) {
            assertEquals(new RawClient.Packet(RawClient.SUBACK, 0x80), client.subscribe(filter));
        }
    }

    @Test
    void aServiceIsNotCountedAsADevice() throws Exception {
        Service service = register();
        int before = broker.number("select count(*) from presence_event");
        Device device = broker.registerDevice();
        try (TestClient client = connect(service)) {
            assertTrue(client.isConnected());
        }
        TestClient.connect(broker, device).close();

        await().until(() ->
                broker.number("select count(*) from presence_event where device_no = ?", device.number()) == 2);
        assertTrue(broker.number("select count(*) from presence_event") >= before + 2);
        assertEquals(
                0,
                broker.number("select count(*) from device_presence left join device using (device_no)"
                        + " where device.device_no is null or device_id like 'service%'"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServiceThatIsRevokedIsDisconnectedWithinFiveSeconds(boolean told) throws Exception {
        Service service = register();
        try (TestClient client = connect(service)) {
            broker.texts("update service_account set revoked_at = now() where name = ?", service.name());
            if (told) {
                broker.texts("select pg_notify('dolbom_device', '')");
            }

            await().atMost(Duration.ofSeconds(5)).until(() -> !client.isConnected());
            assertEquals(NOT_AUTHORIZED, client.awaitDisconnect());
        }
        assertEquals(NOT_AUTHORIZED, refusal(service.user(), service.user(), service.secret()));
    }

    @Test
    void whoIsNoServiceIsNotLetIn() {
        Service service = register();
        Service other = register();
        Device device = broker.registerDevice();

        assertEquals(NOT_AUTHORIZED, refusal(service.user(), service.user(), "wrong"));
        assertEquals(NOT_AUTHORIZED, refusal(service.user(), service.user(), other.secret()));
        assertEquals(NOT_AUTHORIZED, refusal(service.user(), other.user(), other.secret()));
        assertEquals(NOT_AUTHORIZED, refusal("service:nobody", "service:nobody", "x"));
        assertEquals(NOT_AUTHORIZED, refusal(device.id(), service.user(), service.secret()));
        assertEquals(NOT_AUTHORIZED, refusal(service.user(), device.id(), device.secret()));
        assertEquals(INVALID_CLIENT_ID, refusal(service.user() + ":", service.user(), service.secret()));
        assertEquals(
                INVALID_CLIENT_ID, refusal("service:" + service.name().toUpperCase(Locale.ROOT), service.user(), "x"));
        assertEquals(INVALID_CLIENT_ID, refusal("Service:" + service.name(), service.user(), service.secret()));
    }

    private int refusal(String client, String user, String secret) {
        return TestClient.refusal(broker.uri(), client, user, secret, options -> {});
    }

    @Test
    void aDeviceHearsNoService() throws Exception {
        Service service = register();
        Device device = broker.registerDevice();
        try (RawClient client = RawClient.connect(broker, device, 5)) {
            assertEquals(
                    new RawClient.Packet(RawClient.SUBACK, NOT_AUTHORIZED),
                    client.subscribe("dolbom/service/" + service.name() + "/x"));
            assertEquals(
                    new RawClient.Packet(RawClient.PUBACK, 0x90),
                    client.publish("dolbom/service/" + service.name() + "/x", Bodies.bytes("x"), 1, false));
        }
    }
}
