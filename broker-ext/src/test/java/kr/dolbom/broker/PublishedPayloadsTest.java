package kr.dolbom.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import kr.dolbom.broker.TestBroker.Device;
import kr.dolbom.contract.publish.Payloads;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The payloads that vendors get, as a vendor would send them: each gets the answer that its file says.
class PublishedPayloadsTest {
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
