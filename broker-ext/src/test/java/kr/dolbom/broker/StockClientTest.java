package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import kr.dolbom.broker.TestBroker.Device;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that we did not write publish and receive by the contract: Debian's mosquitto_pub and
/// mosquitto_sub, and MQTT.js from npm, each as a program of its own.
class StockClientTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUESTION = "{\"question\":\"괜찮으세요?\",\"language\":\"ko\",\"timeLimitSeconds\":120}";

    private final TestBroker broker = TestBroker.shared();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"mqttv5", "mqttv311"})
    void mosquittoPublishesAndIsToldThatTheMessageIsStored(String protocol) throws Exception {
        Device device = broker.registerDevice();

        Ended published = mosquittoPublish(device, protocol, "activity", Bodies.message(1, Bodies.ACTIVITY));

        assertEquals(0, published.exit(), published::text);
        assertTrue(published.text().contains("received PUBACK (Mid: 1, RC:0)"), published::text);
        assertEquals(1, broker.telemetryRows(device));
    }

    @Test
    void mosquittoIsToldWhyAMessageIsRefused() throws Exception {
        Device device = broker.registerDevice();

        Ended published = mosquittoPublish(
                device, "mqttv5", "activity", Bodies.message(1, Bodies.ACTIVITY.replace("600", "'ten'")));

        assertTrue(published.text().contains("received PUBACK (Mid: 1, RC:153)"), published::text);
        assertTrue(published.text().contains("schema-violation"), published::text);
        assertTrue(published.text().contains("/data/windowSeconds"), published::text);
        assertEquals(0, broker.telemetryRows(device));
        assertEquals(1, broker.quarantine(device).size());
    }

    @Test
    void mosquittoIsRefusedWithAWrongSecret() throws Exception {
        Device device = broker.registerDevice();
        Device stranger = new Device(device.id(), "wrong", device.number(), device.resident());

        Ended published = mosquittoPublish(stranger, "mqttv5", "activity", Bodies.message(1, Bodies.ACTIVITY));

        assertNotEquals(0, published.exit());
        assertTrue(published.text().contains("Not authorized"), published::text);
        assertEquals(0, broker.telemetryRows(device));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv5", "mqttv311"})
    void mosquittoReceivesAQuestionAndAnswersIt(String protocol) throws Exception {
        Device device = broker.registerDevice();
        String command = give(device, "check-in", QUESTION);

        Ended received = run(mosquitto(
                "mosquitto_sub",
                device,
                protocol,
                List.of("-t", device.commands(), "-q", "1", "-C", "1", "-W", "30", "-F", "%t|%R|%D|%p")));

        assertEquals(0, received.exit(), received::text);
        String[] parts = received.text().strip().split("\\|", 4);
        assertEquals("dolbom/v1/" + device.id() + "/command/check-in", parts[0]);
        assertEquals(command, JSON.readTree(parts[3]).get("id").asText());
        boolean modern = protocol.equals("mqttv5");
        assertEquals(modern ? device.topic("check-in") : "", parts[1]);
        assertEquals(modern ? command : "", parts[2]);
        await().atMost(Duration.ofSeconds(15)).until(() -> state(command).equals("delivered"));

        byte[] answer = Bodies.message(1, "{'commandId':'" + command + "','answer':'fine','by':'voice'}");
        Ended answered = run(mosquitto(
                "mosquitto_pub",
                device,
                protocol,
                modern
                        ? List.of(
                                "-t",
                                parts[1],
                                "-q",
                                "1",
                                "-m",
                                text(answer),
                                "-D",
                                "publish",
                                "correlation-data",
                                parts[2])
                        : List.of("-t", device.topic("check-in"), "-q", "1", "-m", text(answer))));

        assertEquals(0, answered.exit(), answered::text);
        assertEquals("answered", state(command));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 4})
    void mqttJsPublishesIsRefusedReceivesAndAnswers(int protocolVersion) throws Exception {
        boolean modern = protocolVersion == 5;
        Device device = broker.registerDevice();
        try (Running js = startMqttJs(device, protocolVersion)) {
            assertEquals(1, js.await("listening").get("qos").asInt());
            String locate = give(device, "locate", "{\"seconds\":5}");
            String question = give(device, "check-in", QUESTION);

            assertEquals(0, js.awaitExit(), js::text);

            assertEquals(0, js.await("activity").get("code").asInt());
            if (modern) {
                assertEquals(0x99, js.await("broken").get("code").asInt());
                assertTrue(js.await("broken").get("reason").asText().contains("/data/windowSeconds"), js::text);
                assertEquals(1, broker.quarantine(device).size());
                assertEquals(
                        device.topic("check-in"),
                        js.await("command").get("responseTopic").asText());
                assertEquals(
                        "application/json",
                        js.await("command").get("contentType").asText());
            }
            assertEquals(0, js.await("answer").get("code").asInt());
            assertEquals("answered", state(question));
            assertEquals(modern ? "failed" : "delivered", state(locate));
            assertEquals(2, broker.telemetryRows(device));
        }
    }

    private Ended mosquittoPublish(Device device, String protocol, String kind, byte[] body) throws Exception {
        return run(mosquitto(
                "mosquitto_pub",
                device,
                protocol,
                List.of("-t", device.topic(kind), "-q", "1", "-m", text(body), "-d")));
    }

    private List<String> mosquitto(String program, Device device, String protocol, List<String> rest)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                StockPrograms.mosquitto(program).toString(),
                "-V",
                protocol,
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(broker.port()),
                "-i",
                device.id(),
                "-u",
                device.id(),
                "-P",
                device.secret()));
        command.addAll(rest);
        return command;
    }

    private Running startMqttJs(Device device, int protocolVersion) throws Exception {
        Path input = folder.resolve("input.json");
        Files.writeString(
                input,
                JSON.writeValueAsString(Map.of(
                        "url", "mqtt://127.0.0.1:" + broker.port(),
                        "id", device.id(),
                        "secret", device.secret(),
                        "protocolVersion", protocolVersion,
                        "activity", text(Bodies.message(1, Bodies.ACTIVITY)))));
        Path output = folder.resolve("output");
        return new Running(
                StockPrograms.start(
                        new ProcessBuilder("node", "device.mjs")
                                .directory(StockPrograms.mqttJs().toFile())
                                .redirectInput(input.toFile())
                                .redirectErrorStream(true)
                                .redirectOutput(output.toFile()),
                        "node"),
                output);
    }

    private static Ended run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), text);
    }

    private record Ended(int exit, String text) {}

    /// A program that tells what it does, one JSON object a line.
    private record Running(Process process, Path output) implements AutoCloseable {
        JsonNode await(String event) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> find(event).isPresent() || !process.isAlive());
            return find(event).orElseThrow(() -> new AssertionError("no " + event + ": " + text()));
        }

        private Optional<JsonNode> find(String event) {
            return text().lines()
                    .filter(line -> line.startsWith("{\"event\":\"" + event + "\""))
                    .map(Running::parse)
                    .findFirst();
        }

        private static JsonNode parse(String line) {
            try {
                return JSON.readTree(line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        int awaitExit() throws InterruptedException {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("still running: " + text());
            }
            return process.exitValue();
        }

        String text() {
            try {
                return Files.readString(output);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private String give(Device device, String kind, String data) {
        return broker.text("""
                insert into device_command (device_no, kind, data, expires_at)
                values (?, ?, ?::jsonb, now() + interval '5 minutes')
                returning command_id""", device.number(), kind, data);
    }

    private String state(String command) {
        return broker.text("select state from device_command where command_id = ?::uuid", command);
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
