package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import kr.dolbom.broker.TestBroker.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is heard in a home stays there.
class PrivacyTest {
    private static final int PAYLOAD_FORMAT_INVALID = 0x99;
    private static final int QUOTA_EXCEEDED = 0x97;
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);
    private static final String SAYING = "{'codes':[],'turns':1,'talkSeconds':2,'transcript':'적적하네'}";

    private final TestBroker broker = TestBroker.shared();

    private static byte[] sound(String opening, int bytes) {
        byte[] sound = new byte[bytes];
        new Random(7).nextBytes(sound);
        byte[] first = opening.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(first, 0, sound, 0, first.length);
        return sound;
    }

    private static String base64(int bytes) {
        return Base64.getEncoder().encodeToString(sound("RIFF", bytes));
    }

    private void assertRefusedAndNotKept(Device device, TestClient.Answer answer, String reason) {
        assertTrue(answer.reason().startsWith(reason + " "), answer.reason());
        List<String> kept = broker.texts(
                "select reason || '|' || length(payload) from quarantine where device_id = ?", device.id());
        assertEquals(List.of(reason + "|0"), kept);
        assertEquals(0, broker.telemetryRows(device));
    }

    @ParameterizedTest
    @ValueSource(strings = {"audio/ogg", "Audio/L16; rate=16000", "audio/wav"})
    void aContentTypeOfSoundIsRefused(String type) throws Exception {
        Device device = broker.registerDevice(true);
        try (TestClient client = TestClient.connect(broker, device)) {
            TestClient.Answer answer =
                    client.publishAs(type, device.topic("voice"), Bodies.message(1, Bodies.ACTIVITY));

            assertEquals(PAYLOAD_FORMAT_INVALID, answer.code());
            assertRefusedAndNotKept(device, answer, "raw-audio");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/cbor", "text/plain", "application/json; charset=euc-kr"})
    void anotherContentTypeIsRefusedAndItsBodyNotReadNorKept(String type) throws Exception {
        Device device = broker.registerDevice(true);
        try (TestClient client = TestClient.connect(broker, device)) {
            TestClient.Answer answer =
                    client.publishAs(type, device.topic("activity"), Bodies.message(1, Bodies.ACTIVITY));

            assertEquals(PAYLOAD_FORMAT_INVALID, answer.code());
            assertRefusedAndNotKept(device, answer, "unsupported-content-type");
        }
    }

    @Test
    void theContractsOwnContentTypeIsTaken() throws Exception {
        Device device = broker.registerDevice();
        try (TestClient client = TestClient.connect(broker, device)) {
            for (String type : List.of("application/json", "application/json; charset=utf-8")) {
                assertEquals(
                        0,
                        client.publishAs(type, device.topic("activity"), Bodies.message(1, Bodies.ACTIVITY))
                                .code());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RIFF", "OggS", "fLaC", "ID3", "\u00ff\u00fb", "\u00ff\u00f1"})
    void aSoundFileForABodyIsRefused(String opening) throws Exception {
        Device device = broker.registerDevice(true);
        try (TestClient client = TestClient.connect(broker, device)) {
            TestClient.Answer answer = client.publishForAnswer(device.topic("voice"), sound(opening, 4_000));

            assertEquals(PAYLOAD_FORMAT_INVALID, answer.code());
            assertRefusedAndNotKept(device, answer, "raw-audio");
        }
    }

    @Test
    void soundWithinAMessageIsRefused() throws Exception {
        Device device = broker.registerDevice(true);
        try (TestClient client = TestClient.connect(broker, device)) {
            TestClient.Answer answer = client.publishForAnswer(
                    device.topic("voice"),
                    Bodies.message(1, "{'codes':[],'turns':1,'talkSeconds':2,'clip':'" + base64(3_000) + "'}"));

            assertEquals(PAYLOAD_FORMAT_INVALID, answer.code());
            assertRefusedAndNotKept(device, answer, "raw-audio");
        }
    }

    @Test
    void soundThatIsRefusedForAnotherReasonIsNotKeptEither() throws Exception {
        Device tooLarge = broker.registerDevice(true);
        try (TestClient client = TestClient.connect(broker, tooLarge)) {
            TestClient.Answer answer = client.publishForAnswer(tooLarge.topic("voice"), sound("RIFF", 17_000));

            assertEquals(QUOTA_EXCEEDED, answer.code());
            assertRefusedAndNotKept(tooLarge, answer, "too-large");
        }
        Device malformed = broker.registerDevice(true);
        try (TestClient client = TestClient.connect(broker, malformed)) {
            TestClient.Answer answer = client.publishForAnswer(
                    malformed.topic("activity"), Bodies.bytes("{'id':oops,'clip':'" + base64(3_000) + "'}"));

            assertEquals(PAYLOAD_FORMAT_INVALID, answer.code());
            assertRefusedAndNotKept(malformed, answer, "malformed-json");
        }
    }

    @Test
    void whatIsNoSoundIsKeptWhole() throws Exception {
        Device device = broker.registerDevice();
        byte[] body = Bodies.message(1, "{'note':'" + "a word and another ".repeat(100) + "','windowSeconds':-1}");
        try (TestClient client = TestClient.connect(broker, device)) {
            client.publish(device.topic("activity"), body);

            assertEquals(
                    new String(body, StandardCharsets.UTF_8),
                    broker.text(
                            "select convert_from(payload, 'UTF8') from quarantine where device_id = ?", device.id()));
        }
    }

    @Test
    void consentAndItsWithdrawalHoldWithinFiveSecondsForAConnectedDevice() throws Exception {
        Device device = broker.registerDevice(false);
        AtomicInteger seq = new AtomicInteger();
        try (TestClient client = TestClient.connect(broker, device)) {
            assertEquals("", transcriptOf(client, device, seq.incrementAndGet()));

            consent(device, true);
            await().atMost(FIVE_SECONDS)
                    .until(() ->
                            transcriptOf(client, device, seq.incrementAndGet()).equals("적적하네"));

            consent(device, false);
            await().atMost(FIVE_SECONDS)
                    .until(() ->
                            transcriptOf(client, device, seq.incrementAndGet()).isEmpty());
            assertTrue(client.isConnected());
        }
    }

    @Test
    void whatAResidentAsksForIsWrittenDownOnceAndTheirWordsOnlyWithConsent() throws Exception {
        Device silent = broker.registerDevice(false);
        Device open = broker.registerDevice(true);
        byte[] asking = Bodies.message(
                1,
                "{'codes':[{'intent':'welfare-request','confidence':0.9},{'intent':'conversation','confidence':0.4}],"
                        + "'turns':1,'talkSeconds':2,'transcript':'반찬 좀 보내 줘'}");
        for (Device device : List.of(silent, open)) {
            try (TestClient client = TestClient.connect(broker, device)) {
                assertEquals(0, client.publish(device.topic("voice"), asking));
                assertEquals(0, client.publish(device.topic("voice"), asking));
                assertEquals(0, client.publish(device.topic("voice"), Bodies.message(2, SAYING)));
            }
        }

        String requests = "select confidence || ' ' || coalesce(words, 'no words') || ' ' || (resident_no = ?)"
                + " from resident_request where device_no = ?";
        assertEquals(List.of("0.9 no words true"), broker.texts(requests, silent.resident(), silent.number()));
        assertEquals(List.of("0.9 반찬 좀 보내 줘 true"), broker.texts(requests, open.resident(), open.number()));
    }

    private void consent(Device device, boolean given) {
        broker.texts("update resident set transcript_consent = ? where resident_no = ?", given, device.resident());
    }

    /// What is stored of a saying that is published now.
    private String transcriptOf(TestClient client, Device device, int seq) throws Exception {
        assertEquals(0, client.publish(device.topic("voice"), Bodies.message(seq, SAYING)));
        String data = broker.text(
                "select telemetry_data(data) from telemetry where device_no = ? and seq = ?", device.number(), seq);
        return data.contains("적적하네") ? "적적하네" : "";
    }
}
