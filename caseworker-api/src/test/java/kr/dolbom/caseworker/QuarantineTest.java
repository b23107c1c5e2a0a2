package kr.dolbom.caseworker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What operators read of refused messages.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuarantineTest {
    private static final String NONSENSE = "{\"nonsense\": \"" + "x".repeat(100) + "\"}";

    private final Town town = new Town();
    private final Client operator = new Client(town.url).as("operator", Town.PASSWORD);

    @BeforeAll
    void start() {
        town.start();
        town.execute("insert into device (device_id, vendor, model) values ('robot-2', 'Acme', 'Doll')");
        town.execute("""
                insert into quarantine (received_at, device_no, device_id, topic, reason, reason_code, pointer, detail,
                                        payload, payload_length)
                select timestamptz '2026-03-01 12:00Z' + n * interval '1 second', 1, 'robot-1', 'topic ' || n,
                       case when n %% 2 = 0 then 'schema-violation' else 'too-large' end, 153, '/data', 'wrong',
                       convert_to('%s', 'UTF8'), 20000
                  from generate_series(1, 120) as n""".formatted(NONSENSE));
        town.execute("""
                insert into quarantine_count (device_no, hour, reason, messages, kept, bytes, first_at, last_at)
                values (1, '2026-03-01 12:00Z', 'schema-violation', 70000, 60, 1, '2026-03-01 12:00Z', '2026-03-01 12:59Z'),
                       (2, '2026-03-01 11:00Z', 'retained', 3, 3, 1, '2026-03-01 11:01Z', '2026-03-01 11:02Z')""");
        town.execute("""
                insert into account (login, password_hash, role, caseworker_no)
                select 'minji', password_hash, 'caseworker', 1 from account where login = 'operator'""");
    }

    @AfterAll
    void close() {
        town.close();
    }

    private JsonNode read(String path) {
        HttpResponse<String> answer = operator.get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        return Client.json(answer);
    }

    @Test
    void thePagesHoldEveryMessageOnceTheLatestFirst() {
        List<String> topics = new ArrayList<>();
        String path = "/api/v1/quarantine?device=robot-1&limit=50";
        JsonNode page = read(path);
        while (true) {
            page.get("messages")
                    .forEach(message -> topics.add(message.get("topic").asText()));
            if (page.get("before").isNull()) {
                break;
            }
            page = read(path + "&before=" + page.get("before").asLong());
        }

        assertEquals(120, topics.size());
        assertEquals("topic 120", topics.getFirst());
        assertEquals("topic 1", topics.getLast());
    }

    @Test
    void aMessageSaysWhatWasWrongAndHasItsBody() {
        JsonNode message = read("/api/v1/quarantine?reason=too-large&limit=1")
                .get("messages")
                .get(0);

        assertEquals("robot-1", message.get("deviceId").asText());
        assertEquals("topic 119", message.get("topic").asText());
        assertEquals("too-large", message.get("reason").asText());
        assertEquals(153, message.get("reasonCode").asInt());
        assertEquals("/data", message.get("pointer").asText());
        assertEquals("wrong", message.get("detail").asText());
        assertEquals("2026-03-01T12:01:59Z", message.get("receivedAt").asText());
        assertEquals(20_000, message.get("payloadLength").asInt());
        assertEquals(
                NONSENSE,
                new String(Base64.getDecoder().decode(message.get("payload").asText()), StandardCharsets.UTF_8));
    }

    @Test
    void theCountsAreThoseOfAllMessages() {
        JsonNode counts = read("/api/v1/quarantine/counts");
        assertEquals(2, counts.size());
        assertEquals(70_000, counts.get(0).get("messages").asLong());
        assertEquals(60, counts.get(0).get("kept").asInt());
        assertEquals("robot-2", counts.get(1).get("deviceId").asText());

        assertEquals(1, read("/api/v1/quarantine/counts?device=robot-2").size());
        assertEquals(
                1, read("/api/v1/quarantine/counts?since=2026-03-01T12:00:00Z").size());
    }

    @Test
    void eachLookIsNotedForTheResident() {
        String count =
                "select count(*)::text as text from audit_event where action = 'quarantine-read' and resident_no = :value";
        int before = Integer.parseInt(town.text(count, 1));

        read("/api/v1/quarantine?device=robot-1");
        read("/api/v1/quarantine/counts?device=robot-1");

        assertEquals(before + 2, Integer.parseInt(town.text(count, 1)));
    }

    @Test
    void anUnknownDeviceAndALimitOutOfRangeAreNamed() {
        HttpResponse<String> unknown = operator.get("/api/v1/quarantine?device=robot-9");
        assertEquals(404, unknown.statusCode(), unknown.body());
        assertTrue(unknown.body().contains("robot-9"), unknown.body());
        HttpResponse<String> limit = operator.get("/api/v1/quarantine?limit=201");
        assertEquals(400, limit.statusCode(), limit.body());
        assertTrue(limit.body().contains("1 to 200"), limit.body());
    }

    @Test
    void onlyOperatorsMayRead() {
        for (String path : List.of("/api/v1/quarantine", "/api/v1/quarantine/counts")) {
            assertEquals(
                    403,
                    new Client(town.url).as("minji", Town.PASSWORD).get(path).statusCode(),
                    path);
            assertEquals(401, new Client(town.url).get(path).statusCode(), path);
        }
    }

    @Test
    void theApiDescribesIt() {
        String description = operator.get("/openapi/dolbom.yml").body();
        assertTrue(description.contains("/api/v1/quarantine:"), description);
        assertTrue(description.contains("/api/v1/quarantine/counts:"), description);
    }
}
