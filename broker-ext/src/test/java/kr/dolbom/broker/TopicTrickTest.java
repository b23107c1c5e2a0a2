package kr.dolbom.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import kr.dolbom.broker.RawClient.Packet;
import kr.dolbom.broker.TestBroker.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Topics and filters by which a device might come at what is not its own. OWN stands for its id, OTHER
/// for another's.
class TopicTrickTest {
    private static final int MALFORMED = 0x81;
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int TOPIC_FILTER_INVALID = 0x8F;
    private static final int TOPIC_NAME_INVALID = 0x90;
    private static final int OLD_FAILURE = 0x80;
    private static final int SHARED = 0x9E;
    private static final int WILDCARD = 0xA2;

    private final TestBroker broker = TestBroker.shared();
    private final Device own = broker.registerDevice();
    private final Device other = broker.registerDevice();

    private String topic(String pattern) {
        return pattern.replace("OWN", own.id())
                .replace("OTHER", other.id())
                .replace("UPPER", other.id().toUpperCase(Locale.ROOT))
                // Full-width letters look like others and are none.
                .replace("WIDE", "ｒ" + other.id().substring(1))
                // A Cyrillic letter that looks like the Latin o.
                .replace("CYRILLIC", other.id().replaceFirst("o", "о"))
                .replace("LONG", "x".repeat(300));
    }

    /// Topics, and what a device gets that publishes there: a PUBACK with this code.
    static Stream<Arguments> refusedTopics() {
        Map<String, Integer> topics = new LinkedHashMap<>();
        topics.put("dolbom/v1/OTHER/telemetry/emergency", NOT_AUTHORIZED);
        topics.put("dolbom/v1/OTHER/command/speak", NOT_AUTHORIZED);
        topics.put("dolbom/v1/OTHER/credential/renew", NOT_AUTHORIZED);
        for (String none : new String[] {
            "dolbom/v1/UPPER/telemetry/emergency",
            "Dolbom/v1/OTHER/telemetry/emergency",
            "dolbom/V1/OTHER/telemetry/emergency",
            "dolbom/v1/OTHER/Telemetry/emergency",
            "dolbom/v1/OTHER/telemetry/Emergency",
            "dolbom/v1/WIDE/telemetry/emergency",
            "dolbom/v1/CYRILLIC/telemetry/emergency",
            "dolbom／v1／OTHER／telemetry／emergency",
            "dolbom/v1/OTHER\u200B/telemetry/emergency",
            "dolbom/v1/OTHER\u0301/telemetry/emergency",
            "\uFEFFdolbom/v1/OTHER/telemetry/emergency",
            "dolbom%2Fv1%2FOTHER%2Ftelemetry%2Femergency",
            "dolbom/v1/%6FTHER/telemetry/emergency",
            "dolbom/v1/OWN/../OTHER/telemetry/emergency",
            "dolbom/v1/OWN/telemetry/../../OTHER/telemetry/emergency",
            "dolbom/v1/./OTHER/telemetry/emergency",
            "dolbom//v1/OTHER/telemetry/emergency",
            "dolbom/v1//telemetry/emergency",
            "dolbom/v1/OTHER//telemetry/emergency",
            "/dolbom/v1/OTHER/telemetry/emergency",
            "dolbom/v1/OTHER/telemetry/emergency/",
            "dolbom/v1/OTHER/telemetry/",
            "dolbom/v1/OTHER/telemetry",
            " dolbom/v1/OTHER/telemetry/emergency",
            "dolbom/v1/OTHER /telemetry/emergency",
            "dolbom/v1/OTHER/telemetry/emergency ",
            "dolbom\\v1\\OTHER\\telemetry\\emergency",
            "dolbom/v2/OTHER/telemetry/emergency",
            "dolbom/v1/OWN/telemetry/emergency/OTHER",
            "dolbom/v1/OWN/credential/renew/OTHER",
            "dolbom/v1/LONG/telemetry/emergency",
            "dolbom/service/OTHER/x",
            "$SYS/broker",
            "$share/x/dolbom/v1/OTHER/telemetry/emergency",
            "$dolbom/v1/OTHER/telemetry/emergency",
        }) {
            topics.put(none, TOPIC_NAME_INVALID);
        }
        return topics.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("refusedTopics")
    void aTopicThatIsNotTheDevicesOwnIsRefused(String pattern, int code) throws Exception {
        byte[] body = Bodies.message(1, Bodies.SOS);
        try (RawClient client = RawClient.connect(broker, own, 5)) {
            assertEquals(new Packet(RawClient.PUBACK, code), client.publish(topic(pattern), body, 1, false));
            assertEquals(
                    new Packet(RawClient.PUBACK, 0),
                    client.publish(own.topic("activity"), Bodies.message(1, Bodies.ACTIVITY), 1, false),
                    "the connection stays");
        }
        try (RawClient client = RawClient.connect(broker, own, 4)) {
            assertEquals(new Packet(RawClient.CLOSED, 0), client.publish(topic(pattern), body, 1, false));
        }
        assertEquals(0, broker.telemetryRows(other));
        assertEquals(1, broker.telemetryRows(own));
        assertEquals(2, broker.quarantine(own).size());
    }

    /// MQTT itself forbids these names, so that HiveMQ closes the connection before anybody else sees
    /// them.
    @ParameterizedTest
    @CsvSource({
        "dolbom/v1/+/telemetry/emergency, 0x90",
        "dolbom/v1/OTHER/telemetry/#, 0x90",
        "#, 0x90",
        "dolbom/v1/OTHER\\0/telemetry/emergency, 0x81",
        "dolbom/v1/OTHER\\1/telemetry/emergency, 0x81",
        "'', 0x82",
    })
    void aNameThatMqttForbidsClosesTheConnection(String pattern, String code) throws Exception {
        String topic = topic(pattern).replace("\\0", "\u0000").replace("\\1", "\u0001");
        byte[] body = Bodies.message(1, Bodies.SOS);
        try (RawClient client = RawClient.connect(broker, own, 5)) {
            assertEquals(new Packet(RawClient.DISCONNECT, Integer.decode(code)), client.publish(topic, body, 1, false));
        }
        try (RawClient client = RawClient.connect(broker, own, 4)) {
            assertEquals(new Packet(RawClient.CLOSED, 0), client.publish(topic, body, 1, false));
        }
        assertEquals(0, broker.telemetryRows(own) + broker.telemetryRows(other));
    }

    /// Filters, and the SUBACK's code by MQTT 5; by MQTT 3.1.1 it is always 0x80.
    static Stream<Arguments> refusedFilters() {
        Map<String, Integer> filters = new LinkedHashMap<>();
        for (String wildcard : new String[] {
            "#",
            "+",
            "+/+/+/+/+",
            "dolbom/#",
            "dolbom/v1/#",
            "dolbom/v1/+/command/+",
            "dolbom/v1/+/command/speak",
            "dolbom/v1/OWN/#",
            "dolbom/v1/OWN/+/+",
            "dolbom/v1/OWN/telemetry/+",
            "dolbom/v1/OWN/command/#",
            "dolbom/v1/OWN/command/+/+",
            "dolbom/v1/OTHER/#",
            "/#",
        }) {
            filters.put(wildcard, WILDCARD);
        }
        for (String shared : new String[] {
            "$share/group/dolbom/v1/OWN/command/+", "$share/group/dolbom/v1/OTHER/command/+", "$share/group/#"
        }) {
            filters.put(shared, SHARED);
        }
        for (String foreign : new String[] {
            "dolbom/v1/OTHER/command/+",
            "dolbom/v1/OTHER/command/speak",
            "dolbom/v1/OWN/telemetry/status",
            "dolbom/v1/OWN/command/",
            "dolbom/v1/OWN/command/speak/",
            "dolbom/v1/OWN/command/unheard-of",
            "dolbom/v1/OWN/credential/renew",
            "dolbom/v1/UPPER/command/speak",
            "dolbom/v1/WIDE/command/speak",
            "dolbom/v1/OWN/../OTHER/command/speak",
            "DOLBOM/v1/OWN/command/speak",
            "dolbom//v1/OWN/command/speak",
            "dolbom/service/weather/x",
            "$SYS/#",
            "$SYS/broker",
            "$queue/x",
            "$SHARE/group/x",
        }) {
            filters.put(foreign, NOT_AUTHORIZED);
        }
        return filters.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("refusedFilters")
    void aFilterThatIsNotTheDevicesOwnIsRefused(String pattern, int code) throws Exception {
        try (RawClient client = RawClient.connect(broker, own, 5)) {
            assertEquals(new Packet(RawClient.SUBACK, code), client.subscribe(topic(pattern)));
            assertEquals(new Packet(RawClient.SUBACK, 1), client.subscribe(topic("dolbom/v1/OWN/command/+")));
        }
        try (RawClient client = RawClient.connect(broker, own, 4)) {
            assertEquals(new Packet(RawClient.SUBACK, OLD_FAILURE), client.subscribe(topic(pattern)));
            assertEquals(new Packet(RawClient.SUBACK, 1), client.subscribe(topic("dolbom/v1/OWN/command/speak")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"dolbom/v1/OWN/command/#/speak", "dolbom/v1/OWN/command/+x", "dolbom/v1/LONG/command/+", ""})
    void aFilterThatMqttForbidsClosesTheConnection(String pattern) throws Exception {
        try (RawClient client = RawClient.connect(broker, own, 5)) {
            Packet answer = client.subscribe(topic(pattern));

            assertEquals(RawClient.DISCONNECT, answer.type());
            assertTrue(
                    answer.code() == TOPIC_FILTER_INVALID || answer.code() == MALFORMED || answer.code() == 0x82,
                    answer.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("refusedTopics")
    void aLastWillThatIsNotTheDevicesOwnIsNotLetIn(String pattern, int code) throws Exception {
        RawClient.Will will = new RawClient.Will(topic(pattern), Bodies.message(1, Bodies.OFFLINE), 1, false);
        try (RawClient client = RawClient.open(broker.port(), 5)) {
            assertEquals(
                    // HiveMQ itself refuses what is longer than its limit.
                    new Packet(RawClient.CONNACK, pattern.contains("LONG") ? TOPIC_NAME_INVALID : NOT_AUTHORIZED),
                    client.connect(own.id(), own.id(), own.secret(), will));
        }
        try (RawClient client = RawClient.open(broker.port(), 4)) {
            Packet answer = client.connect(own.id(), own.id(), own.secret(), will);

            assertNotEquals(new Packet(RawClient.CONNACK, 0), answer);
        }
    }

    /// The contract knows no answer to a device, so that nobody reads this property.
    @ParameterizedTest
    @ValueSource(strings = {"dolbom/v1/OTHER/command/speak", "dolbom/v1/OTHER/telemetry/emergency", "$SYS/x"})
    void aResponseTopicOfAnotherDeviceMovesNothing(String pattern) throws Exception {
        try (RawClient client = RawClient.connect(broker, own, 5);
                TestClient others = TestClient.connect(broker, other)) {
            others.subscribe("dolbom/v1/" + other.id() + "/command/+");

            assertEquals(
                    new Packet(RawClient.PUBACK, 0),
                    client.publish(
                            own.topic("activity"), topic(pattern), Bodies.message(1, Bodies.ACTIVITY), 1, false));

            assertEquals(1, broker.telemetryRows(own));
            assertEquals(0, broker.telemetryRows(other));
            assertEquals(null, others.commands.poll());
        }
    }

    /// HiveMQ itself refuses what is empty or longer than its limit.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "UPPER",
                "WIDE",
                "CYRILLIC",
                "OTHER/x",
                "OTHER ",
                " OTHER",
                "-OTHER",
                "OTHER+",
                "OTHER#",
                "../OTHER",
                "LONG",
                "$SYS",
                "service:",
                "service:x",
                "service:Name",
                "SERVICE:name",
            })
    void aClientIdThatIsNoDeviceIdIsInvalid(String pattern) throws Exception {
        String id = topic(pattern);
        try (RawClient client = RawClient.open(broker.port(), 5)) {
            assertEquals(new Packet(RawClient.CONNACK, 0x85), client.connect(id, own.id(), own.secret(), null));
        }
        try (RawClient client = RawClient.open(broker.port(), 4)) {
            assertEquals(new Packet(RawClient.CONNACK, 2), client.connect(id, own.id(), own.secret(), null));
        }
    }

    @Test
    void whoIsRefusedAsUnknownIsRefusedInTheSameWordsAsWithAWrongSecret() throws Exception {
        try (RawClient wrong = RawClient.open(broker.port(), 4);
                RawClient unknown = RawClient.open(broker.port(), 4)) {
            assertEquals(new Packet(RawClient.CONNACK, 5), wrong.connect(own.id(), own.id(), "wrong", null));
            assertEquals(
                    new Packet(RawClient.CONNACK, 5), unknown.connect("nobody-knows-me", "nobody-knows-me", "x", null));
        }
    }
}
