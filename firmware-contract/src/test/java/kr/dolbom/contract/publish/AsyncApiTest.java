package kr.dolbom.contract.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.MessageKind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AsyncApiTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static JsonSchema official;
    private static JsonNode document;

    @BeforeAll
    static void read() throws Exception {
        try (InputStream in = AsyncApiTest.class.getResourceAsStream("/asyncapi/asyncapi-3.0.0.schema.json")) {
            official = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(in);
        }
        document = MAPPER.readTree(AsyncApi.document());
    }

    @Test
    void theOfficialSchemaTakesTheDocument() {
        assertEquals(Set.of(), official.validate(document));
    }

    @Test
    void theOfficialSchemaWouldSeeAFault() {
        ObjectNode noInfo = document.deepCopy();
        noInfo.remove("info");
        assertFalse(official.validate(noInfo).isEmpty());

        ObjectNode wrongQos = document.deepCopy();
        ((ObjectNode) wrongQos.at("/operations/send.telemetry.activity/bindings/mqtt")).put("qos", 3);
        assertFalse(official.validate(wrongQos).isEmpty());
    }

    @Test
    void everyKindHasAChannelAnOperationAndItsSchema() {
        for (MessageKind kind : MessageKind.listAll()) {
            boolean up = kind.family().isFromDevice();
            assertEquals(
                    kind.topic(),
                    document.at("/channels/" + kind.name() + "/address").asText());
            JsonNode operation = document.at("/operations/" + (up ? "send." : "receive.") + kind.name());
            assertEquals(up ? "send" : "receive", operation.path("action").asText());
            assertEquals(1, operation.at("/bindings/mqtt/qos").asInt());
            assertFalse(operation.at("/bindings/mqtt/retain").asBoolean(true));
            assertEquals(
                    Contract.CONTENT_TYPE,
                    document.at("/components/messages/" + kind.name() + "/bindings/mqtt/contentType")
                            .asText());
        }
        assertEquals(MessageKind.listAll().size(), document.path("channels").size());
        assertEquals(MessageKind.listAll().size(), document.path("operations").size());
        assertEquals(
                "object",
                document.at("/components/schemas/telemetry.status/schema/type").asText());
    }

    @Test
    void theSchemasAreThoseThatThePlatformReadsBy() throws Exception {
        for (kr.dolbom.contract.JsonSchema schema : Contract.schemas()) {
            assertEquals(
                    MAPPER.readTree(schema.json()), document.at("/components/schemas/" + schema.name() + "/schema"));
        }
        assertEquals(
                Contract.schemas().stream()
                        .map(kr.dolbom.contract.JsonSchema::name)
                        .collect(Collectors.toSet()),
                names(document.at("/components/schemas")));
    }

    @Test
    void aCheckInTellsWhereItsAnswerGoes() {
        JsonNode mqtt = document.at("/components/messages/command.check-in/bindings/mqtt");
        assertEquals(
                "dolbom/v1/{deviceId}/telemetry/check-in",
                mqtt.path("responseTopic").asText());
        assertEquals("uuid", mqtt.at("/correlationData/format").asText());
        assertEquals(
                "#/channels/telemetry.check-in",
                document.at("/operations/receive.command.check-in/reply/channel/$ref")
                        .asText());
    }

    @Test
    void aDeviceProvesItselfBySecretOrCertificateAndLeavesALastWill() {
        assertEquals(2, document.at("/servers/broker/security").size());
        assertEquals(
                "userPassword",
                document.at("/components/securitySchemes/secret/type").asText());
        assertEquals(
                "X509",
                document.at("/components/securitySchemes/certificate/type").asText());
        assertEquals(
                1, document.at("/servers/broker/bindings/mqtt/lastWill/qos").asInt());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        Set<String> references = new TreeSet<>();
        collect(document, references);
        assertFalse(references.isEmpty());
        for (String reference : references) {
            assertTrue(reference.startsWith("#/"), reference);
            assertFalse(document.at(reference.substring(1)).isMissingNode(), reference);
        }
    }

    private static void collect(JsonNode node, Set<String> references) {
        if (node.isObject() && node.path("$ref").isTextual()) {
            references.add(node.path("$ref").asText());
        }
        node.forEach(child -> collect(child, references));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
