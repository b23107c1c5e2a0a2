package kr.dolbom.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import kr.dolbom.broker.TestBroker.Device;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.publish.Payloads;
import kr.dolbom.contract.telemetry.TelemetryKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The payloads that vendors get, as a vendor would send them: each gets the answer that its file says.
class PublishedPayloadsTest {
    private static final List<String> PIECES = List.of(
            "0",
            "-0.0",
            "1e99",
            "1e-99",
            "1E+100",
            "99999999999999999999",
            "0.12345678901234567890123456789",
            "true",
            "null",
            "{}",
            "[[]]",
            "{\"a\":1,\"a\":2}",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\ud83d\\ude00\"",
            "\"\\u007f\\uffff\"",
            " ",
            "\n",
            "\\",
            "\"");

    private final TestBroker broker = TestBroker.shared();

    static Stream<String> files() {
        return Payloads.listNames().stream().filter(name -> name.startsWith("telemetry.") || name.equals("encoding"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyPayloadGetsItsAnswer(String file) throws Exception {
        JsonNode payloads = new ObjectMapper().readTree(Payloads.getText(file));
        Device device = broker.registerDevice();
        String topic = device.topic(payloads.path("kind").asText().replace("telemetry.", ""));
        try (TestClient client = TestClient.connect(broker, device)) {
            for (JsonNode broken : payloads.path("broken")) {
                TestClient.Answer answer = client.publishForAnswer(topic, bytes(broken));

                assertEquals(
                        broken.path("code").asText(),
                        "0x%02X".formatted(answer.code()),
                        broken.path("name").asText());
                assertTrue(answer.reason().startsWith(reason(broken)), broken.path("name") + ": " + answer.reason());
            }
            assertEquals(0, broker.telemetryRows(device));
            for (JsonNode golden : payloads.path("golden")) {
                assertEquals(
                        0,
                        client.publish(topic, bytes(golden)),
                        golden.path("name").asText());
            }
            assertTrue(broker.telemetryRows(device) > 0);
        }
    }

    /// The broker says success for a valid message alone, and for each: what the contract takes the database takes.
    @Test
    void aMutatedPayloadIsAcknowledgedWithSuccessIfAndOnlyIfTheContractTakesIt() throws Exception {
        Random random = new Random(20260301);
        List<TelemetryKind> kinds = List.of(TelemetryKind.values());
        Device device = broker.registerDevice();
        int taken = 0;
        try (TestClient client = TestClient.connect(broker, device)) {
            for (int round = 0; round < 1500; round++) {
                TelemetryKind kind = kinds.get(round % kinds.size());
                byte[] body = mutated(golden(kind, random), random);
                boolean valid = Contract.readTelemetry(kind, body) instanceof ReadResult.Valid<?>;

                int code = client.publish(device.topic(kind.wireName()), body);

                assertEquals(
                        valid,
                        code == 0,
                        () -> "code %d for %s %s".formatted(code, kind, new String(body, StandardCharsets.UTF_8)));
                taken += valid ? 1 : 0;
            }
        }
        assertTrue(taken > 50 && taken < 1450, taken + " of 1500 were valid");
    }

    private static byte[] golden(TelemetryKind kind, Random random) throws Exception {
        JsonNode golden = new ObjectMapper()
                .readTree(Payloads.getText("telemetry." + kind.wireName()))
                .path("golden");
        return bytes(golden.get(random.nextInt(golden.size())));
    }

    private static byte[] mutated(byte[] body, Random random) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int at = random.nextInt(text.length());
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        String changed = switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(at + 1);
            case 1 -> text.substring(0, at) + text.substring(at + 1);
            case 2 -> text.substring(0, at) + piece + text.substring(at);
            case 3 -> "{\"x-new\":" + piece + "," + text.substring(1);
            default -> text.replaceFirst("[0-9]+(?=[,}])", Matcher.quoteReplacement(piece));
        };
        return changed.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String reason(JsonNode broken) {
        return Stream.of("reason", "requirement", "pointer")
                        .map(member -> broken.path(member).asText(""))
                        .filter(part -> !part.isEmpty())
                        .reduce((a, b) -> a + " " + b)
                        .orElseThrow()
                + ": ";
    }

    private static byte[] bytes(JsonNode payload) {
        if (payload.has("base64")) {
            return Base64.getDecoder().decode(payload.path("base64").asText());
        }
        String text = payload.has("text")
                ? payload.path("text").asText()
                : payload.path("body").toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
