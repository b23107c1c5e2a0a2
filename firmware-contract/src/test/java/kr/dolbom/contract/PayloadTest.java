package kr.dolbom.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kr.dolbom.contract.json.JsonCodec;
import kr.dolbom.contract.json.Member;
import kr.dolbom.contract.json.ObjectType;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.rule.Requirement;
import kr.dolbom.contract.rule.Requirements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The published payloads against the codec, and against the JSON Schemas in another validator.
class PayloadTest {
    static Stream<Payload> golden() {
        return Payload.golden();
    }

    static Stream<Payload> broken() {
        return Payload.broken();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void everyGoldenPayloadIsTaken(Payload golden) throws Exception {
        JsonNode sent = Payload.MAPPER.readTree(golden.bytes());

        JsonNode written = readAndWrite(golden.kind().type(), golden.bytes());

        assertEquals(Set.of(), Schemas.validate(golden.kind(), sent));
        assertIsPartOf(written, sent, "");
    }

    @ParameterizedTest
    @MethodSource("broken")
    void everyBrokenPayloadIsRefusedForItsReason(Payload broken) throws Exception {
        Fault fault = switch (Contract.read(broken.kind(), broken.bytes())) {
            case ReadResult.Invalid<?>(Fault found) -> found;
            case ReadResult.Valid<?>(Object value) -> fail("accepted as " + value);
        };

        assertEquals(broken.expected("reason"), fault.reason().id(), fault.detail());
        assertEquals(
                broken.expected("code"),
                String.format(Locale.ROOT, "0x%02X", fault.reason().code()));
        assertEquals(broken.expected("pointer"), fault.pointer(), fault.detail());
        assertEquals(broken.expected("requirement"), fault.requirement() == null ? "" : fault.requirement());
        if (fault.reason() == Reason.SCHEMA_VIOLATION || !broken.isSeenBySchema()) {
            JsonNode body = Payload.MAPPER.readTree(broken.bytes());
            assertEquals(
                    broken.isSeenBySchema(),
                    !Schemas.validate(broken.kind(), body).isEmpty());
        }
    }

    @Test
    void everyMemberOfEveryKindIsBrokenOnceAndSentOnce() {
        Set<String> broken = broken().map(payload -> payload.kind().name() + " " + payload.expected("requirement"))
                .collect(Collectors.toSet());
        Set<String> sent = new TreeSet<>();
        golden().forEach(payload -> addPaths(
                sent,
                payload.kind().name() + " ",
                Payload.tree(new String(payload.bytes(), java.nio.charset.StandardCharsets.UTF_8))));
        for (MessageKind kind : MessageKind.listAll()) {
            for (Member member : kind.type().listMembers()) {
                assertTrue(
                        sent.contains(kind.name() + " " + member.path()), "never sent: " + kind.name() + " " + member);
                boolean envelope = !member.path().startsWith("data.");
                assertTrue(
                        envelope || broken.contains(kind.name() + " " + member.rule()),
                        "never broken: " + kind.name() + " " + member);
            }
        }
    }

    @Test
    void everyRequirementThatABodyCanBreakIsBroken() {
        Set<String> broken =
                broken().map(payload -> payload.expected("requirement")).collect(Collectors.toSet());
        for (Requirement requirement : Requirements.listAll()) {
            if (requirement.tests().contains("firmware-contract:PayloadTest#everyBrokenPayloadIsRefusedForItsReason")
                    && !requirement.id().equals("DC-ENV-018")) {
                assertTrue(broken.contains(requirement.id()), requirement.id() + " is broken by no payload");
            }
        }
    }

    @Test
    void everyKindHasGoldenAndBrokenPayloads() {
        for (MessageKind kind : MessageKind.listAll()) {
            assertTrue(golden().anyMatch(payload -> payload.file().equals(kind.name())), kind.name());
            assertTrue(broken().anyMatch(payload -> payload.file().equals(kind.name())), kind.name());
        }
    }

    private static <T> JsonNode readAndWrite(ObjectType<T> type, byte[] body) throws Exception {
        return Payload.MAPPER.readTree(
                JsonCodec.write(type, JsonCodec.read(type, body).orElseThrow()));
    }

    /// What we write again lacks what we do not know, and a list that was left out may be written as empty.
    private static void assertIsPartOf(JsonNode written, JsonNode sent, String path) {
        if (written.isObject()) {
            for (String name : (Iterable<String>) written::fieldNames) {
                if (sent.has(name)) {
                    assertIsPartOf(written.get(name), sent.get(name), path + "/" + name);
                } else {
                    assertTrue(written.get(name).isArray() && written.get(name).isEmpty(), path + "/" + name);
                }
            }
            assertFalse(written.isEmpty() && !sent.isEmpty() && !path.equals("/data"), path + " lost its members");
        } else if (written.isArray()) {
            assertEquals(sent.size(), written.size(), path);
            for (int i = 0; i < written.size(); i++) {
                assertIsPartOf(written.get(i), sent.get(i), path + "/" + i);
            }
        } else if (written.isNumber()) {
            assertEquals(
                    sent.decimalValue().doubleValue(), written.decimalValue().doubleValue(), path);
        } else {
            assertEquals(
                    sent.asText().toLowerCase(Locale.ROOT), written.asText().toLowerCase(Locale.ROOT), path);
        }
    }

    private static void addPaths(Set<String> paths, String path, JsonNode node) {
        if (node.isObject()) {
            node.properties().forEach(member -> {
                String inside = path + (path.endsWith(" ") ? "" : ".") + member.getKey();
                paths.add(inside);
                addPaths(paths, inside, member.getValue());
            });
        } else if (node.isArray()) {
            node.forEach(each -> addPaths(paths, path + "[]", each));
        }
    }
}
