package kr.dolbom.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import kr.dolbom.broker.TestBroker.Device;
import kr.dolbom.contract.compact.CompactJson;
import org.junit.jupiter.api.Test;

/// Messages on their way into the database.
class IngestTest {
    private static final int SUCCESS = 0;
    private static final int PAYLOAD_FORMAT_INVALID = 0x99;
    private static final int QUOTA_EXCEEDED = 0x97;
    private static final int PACKET_TOO_LARGE = 0x95;

    private final TestBroker broker = TestBroker.shared();

    @Test
    void aMessageIsInTheDatabaseWhenItsAcknowledgementComes() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            assertEquals(SUCCESS, client.publish(device.topic("activity"), Bodies.message(1, Bodies.ACTIVITY)));

            assertEquals(1, broker.telemetryRows(device));
        }
    }

    @Test
    void aMessageSentTwiceIsStoredOnce() throws Exception {
        Device device = broker.registerDevice();
        byte[] body = Bodies.message(1, Bodies.ACTIVITY);
        try (TestClient client = TestClient.connect(broker, device)) {
            assertEquals(SUCCESS, client.publish(device.topic("activity"), body));

            assertEquals(SUCCESS, client.publish(device.topic("activity"), body));

            assertEquals(1, broker.telemetryRows(device));
        }
    }

    @Test
    void aRowSaysWhoWhenAndWhatAndKeepsWhatWeDoNotKnow() throws Exception {
        Device device = broker.registerDevice();
        UUID id = UUID.randomUUID();
        Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (TestClient client = TestClient.connect(broker, device)) {
            client.publish(
                    device.topic("emergency"), Bodies.message(id, time, 7, "{'trigger':'fall','floor':{'wood':[1.50]}}"));

            assertEquals(
                    "%d|7|%d|%d|6|%s|{\"floor\": {\"wood\": [1.50]}, \"trigger\": \"fall\"}|t"
                            .formatted(time.getEpochSecond(), device.number(), device.resident(), id),
                    broker.text("""
                            select concat_ws('|', extract(epoch from at)::bigint, seq, device_no, resident_no, kind, message_id,
                                             telemetry_data(data), abs(extract(epoch from now() - received_at)) < 60)
                              from telemetry where device_no = ?""", device.number()));
        }
    }

    @Test
    void theDatabaseReadsTheCodesThatTheBrokerWrites() {
        assertEquals(
                CompactJson.pieces().entrySet().stream()
                        .map(piece -> HexFormat.of().formatHex(piece.getValue()) + " " + piece.getKey())
                        .sorted()
                        .toList(),
                broker.texts("select encode(code, 'hex') || ' ' || text from telemetry_token").stream()
                        .sorted()
                        .toList());
    }

    @Test
    void everyGoldenDataIsTheSameInTheDatabase() {
        for (String data : List.of(Bodies.ACTIVITY, Bodies.STATUS, Bodies.SOS, "{'말':'살려줘','n':1.50,'u':'\\u0001'}")) {
            byte[] json = Bodies.bytes(data);
            assertEquals(
                    "t",
                    broker.text(
                            "select telemetry_data(?) = convert_from(?, 'UTF8')::jsonb",
                            CompactJson.encode(json),
                            json));
        }
    }

    @Test
    void brokenJsonIsRefusedWithAReasonAndKeptInQuarantine() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            TestClient.Answer answer = client.publishForAnswer(device.topic("activity"), Bodies.bytes("{'id':"));

            assertEquals(PAYLOAD_FORMAT_INVALID, answer.code());
            assertTrue(answer.reason().startsWith("malformed-json"), answer.reason());
            assertEquals(List.of("malformed-json|153||6"), broker.quarantine(device));
            assertEquals(0, broker.telemetryRows(device));
        }
    }

    @Test
    void aSchemaViolationIsRefusedWithItsPointer() throws Exception {
        Device device = broker.registerDevice();
        byte[] body = Bodies.message(1, Bodies.ACTIVITY.replace("'count':4", "'count':-4"));
        try (TestClient client = TestClient.connect(broker, device)) {
            TestClient.Answer answer = client.publishForAnswer(device.topic("activity"), body);

            assertEquals(PAYLOAD_FORMAT_INVALID, answer.code());
            assertTrue(
                    answer.reason().startsWith("schema-violation DC-ACT-005 /data/counts/0/count: "), answer.reason());
            assertEquals(
                    List.of("schema-violation|153|/data/counts/0/count|" + body.length), broker.quarantine(device));
            assertEquals(0, broker.telemetryRows(device));
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedAndKeptInPart() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            TestClient.Answer answer = client.publishForAnswer(
                    device.topic("activity"), " ".repeat(16 * 1024 + 1).getBytes(StandardCharsets.US_ASCII));

            assertEquals(QUOTA_EXCEEDED, answer.code());
            assertTrue(answer.reason().startsWith("too-large"), answer.reason());
            assertEquals(List.of("too-large|151||16384"), broker.quarantine(device));
        }
    }

    /// HiveMQ's own answer, before the extension sees the message.
    @Test
    void aPacketBeyondTheLimitClosesTheConnection() throws Exception {
        Device device = broker.registerDevice();
        try (RawClient client = RawClient.connect(broker, device, 5)) {
            RawClient.Packet answer = client.publish(device.topic("activity"), new byte[20 * 1024], 1, false);

            assertEquals(new RawClient.Packet(RawClient.DISCONNECT, PACKET_TOO_LARGE), answer);
            assertEquals(List.of(), broker.quarantine(device));
        }
    }
}
