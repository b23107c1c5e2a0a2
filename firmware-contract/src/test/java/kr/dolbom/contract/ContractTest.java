package kr.dolbom.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kr.dolbom.contract.command.CommandKind;
import kr.dolbom.contract.command.CommandMessage;
import kr.dolbom.contract.json.JsonCodec;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.telemetry.TelemetryKind;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The codec against golden and broken bodies, and against the JSON Schemas made from the same declarations.
class ContractTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, com.networknt.schema.JsonSchema> SCHEMAS = Contract.schemas().stream()
            .collect(Collectors.toMap(
                    JsonSchema::name,
                    schema -> JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(
                                    schema.json(),
                                    SchemaValidatorsConfig.builder()
                                            .formatAssertionsEnabled(true)
                                            .build())));

    static Stream<Bodies.Telemetry> telemetry() {
        return Bodies.TELEMETRY.stream();
    }

    static Stream<Bodies.Command> commands() {
        return Bodies.COMMANDS.stream();
    }

    @ParameterizedTest
    @MethodSource("telemetry")
    void aGoldenTelemetryBodySurvivesReadingAndWriting(Bodies.Telemetry golden) throws Exception {
        TelemetryMessage message =
                Contract.readTelemetry(golden.kind(), golden.bytes()).orElseThrow();

        assertEquals(MAPPER.readTree(golden.body()), MAPPER.readTree(Contract.write(message)));
        assertEquals(golden.kind(), message.data().kind());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aGoldenCommandBodySurvivesReadingAndWriting(Bodies.Command golden) throws Exception {
        CommandMessage message =
                Contract.readCommand(golden.kind(), golden.bytes()).orElseThrow();

        assertEquals(MAPPER.readTree(golden.body()), MAPPER.readTree(Contract.write(message)));
        assertEquals(golden.kind(), message.data().kind());
    }

    @Test
    void everyKindHasAGoldenBodyThatItsSchemaAccepts() throws Exception {
        for (TelemetryKind kind : TelemetryKind.values()) {
            Bodies.Telemetry golden =
                    telemetry().filter(body -> body.kind() == kind).findAny().orElseThrow();
            assertEquals(
                    0,
                    schema("telemetry." + kind.wireName())
                            .validate(MAPPER.readTree(golden.body()))
                            .size());
        }
        for (CommandKind kind : CommandKind.values()) {
            Bodies.Command golden =
                    commands().filter(body -> body.kind() == kind).findAny().orElseThrow();
            assertEquals(
                    0,
                    schema("command." + kind.wireName())
                            .validate(MAPPER.readTree(golden.body()))
                            .size());
        }
    }

    /// The schema cannot say "not twice" and "no half surrogate"; everything else both must see alike.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ACTIVITY   | /data/counts/0/count  | {'windowSeconds':600,'counts':[{'sensor':'motion','room':'kitchen','count':12000}]}",
                "ACTIVITY   | /data/counts/1/room   | {'windowSeconds':600,'counts':[{'sensor':'motion','room':'kitchen','count':1},{'sensor':'door','room':'cellar','count':1}]}",
                "ACTIVITY   | /data/counts          | {'windowSeconds':600,'counts':[]}",
                "ACTIVITY   | /data/windowSeconds   | {'windowSeconds':'600','counts':[{'sensor':'motion','room':'kitchen','count':1}]}",
                "ACTIVITY   | /data/windowSeconds   | {'counts':[{'sensor':'motion','room':'kitchen','count':1}]}",
                "VOICE      | /data/codes/0/confidence | {'codes':[{'intent':'pain','confidence':1.5}],'turns':0,'talkSeconds':0}",
                "VOICE      | /data/transcript      | {'codes':[],'turns':0,'talkSeconds':0,'transcript':''}",
                "INACTIVITY | /data/lastRoom        | {'silentSeconds':60,'lastRoom':null}",
                "STATUS     | /data/state           | {'state':'BIRTH','firmware':'1','contract':'1.0'}",
                "STATUS     | /data/batteryPercent  | {'state':'birth','firmware':'1','contract':'1.0','batteryPercent':101}",
                "STATUS     | /data/onMains         | {'state':'birth','firmware':'1','contract':'1.0','onMains':1}",
                "MEDICATION | /data/outcome         | {'slot':'morning'}",
                "EMERGENCY  | /data/trigger         | {'trigger':'shouting'}",
                "CHECK_IN   | /data/commandId       | {'commandId':'42','answer':'fine'}",
                "PRESENCE   | /data/expectedBack    | {'state':'going-out','expectedBack':'2026-03-01 07:10'}",
                "PRESENCE   | /data                 | []",
            })
    void aBrokenBodyNamesItsFaultByPointer(TelemetryKind kind, String pointer, String data) throws Exception {
        String body = Bodies.message(data);

        Fault fault = assertInvalid(Contract.readTelemetry(kind, body.getBytes(StandardCharsets.UTF_8)));

        assertEquals(Reason.SCHEMA_VIOLATION, fault.reason());
        assertEquals(pointer, fault.pointer(), fault.detail());
        JsonNode tree = MAPPER.readTree(body);
        assertTrue(schema("telemetry." + kind.wireName()).validate(tree).size() > 0, "the schema accepts it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MALFORMED_JSON   |       | ``",
                "MALFORMED_JSON   |       | {",
                "MALFORMED_JSON   |       | {\"x\":1,}",
                "MALFORMED_JSON   |       | {\"seq\":NaN}",
                "SCHEMA_VIOLATION | /x/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0 | {\"x\":[[[[[[[[[[[[[[[[[[[[[[[[[",
                "SCHEMA_VIOLATION |       | []",
                "SCHEMA_VIOLATION |       | 7",
                "SCHEMA_VIOLATION | /id   | {}",
                "SCHEMA_VIOLATION | /id   | {\"id\":\"00000000-0000-0000-0000-000000000000\"}",
                "SCHEMA_VIOLATION | /seq  | {\"seq\":1,\"seq\":2}",
                "SCHEMA_VIOLATION | /seq  | {\"seq\":1e3}",
                "SCHEMA_VIOLATION | /seq  | {\"seq\":99999999999999999999}",
                "SCHEMA_VIOLATION | /a~1b | {\"a/b\":\"\\u0000\"}",
                "SCHEMA_VIOLATION | /x/y/0 | {\"x\":{\"y\":[\"\\ud800\"]}}",
                "SCHEMA_VIOLATION | /x    | {\"x\":1e4000}",
            })
    void aBodyThatIsNoMessageIsRefusedWithoutAnException(Reason reason, String pointer, String body) {
        Fault fault = assertInvalid(Contract.readTelemetry(
                TelemetryKind.EMERGENCY, body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8)));

        assertEquals(reason, fault.reason(), fault.detail());
        assertEquals(pointer == null ? "" : pointer, fault.pointer(), fault.detail());
    }

    @Test
    void bytesThatAreNotUtf8AreMalformed() {
        byte[] body = Bodies.message("{'trigger':'fall','phrase':'?'}").getBytes(StandardCharsets.UTF_8);
        body[new String(body, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xC0;

        assertEquals(
                Reason.MALFORMED_JSON,
                assertInvalid(Contract.readTelemetry(TelemetryKind.EMERGENCY, body))
                        .reason());
    }

    @Test
    void somethingBehindTheObjectIsMalformed() {
        String body = Bodies.message("{'trigger':'fall'}") + "{}";

        Fault fault =
                assertInvalid(Contract.readTelemetry(TelemetryKind.EMERGENCY, body.getBytes(StandardCharsets.UTF_8)));

        assertEquals(Reason.MALFORMED_JSON, fault.reason());
    }

    @Test
    void aBodyBeyondTheLimitIsTooLarge() {
        Fault fault = assertInvalid(
                Contract.readTelemetry(TelemetryKind.EMERGENCY, new byte[Contract.MAX_PAYLOAD_BYTES + 1]));

        assertEquals(Reason.TOO_LARGE, fault.reason());
    }

    @Test
    void membersThatWeDoNotKnowArePassedOver() {
        String body = Bodies.message("{'trigger':'fall','floor':{'material':['wood',1.5,true,null]}}");

        ReadResult<TelemetryMessage> read =
                Contract.readTelemetry(TelemetryKind.EMERGENCY, body.getBytes(StandardCharsets.UTF_8));

        assertInstanceOf(ReadResult.Valid.class, read);
    }

    @Test
    void rawDataKeepsWhatWeDoNotKnow() {
        String body = Bodies.message("{'trigger':'fall', 'floor' : {'wood':[1.50,12345678901234567890,true]}}");

        byte[] data = Contract.rawData(body.getBytes(StandardCharsets.UTF_8), Set.of());

        assertEquals(
                "{'trigger':'fall','floor':{'wood':[1.50,12345678901234567890,true]}}".replace('\'', '"'),
                new String(data, StandardCharsets.UTF_8));
    }

    @Test
    void onePassGivesTheMessageAndItsDataAsItWasSent() {
        String body = Bodies.message("{'trigger':'fall', 'floor':[1.50,\n12345678901234567890],'x':' a\\'b ' }");

        JsonCodec.Kept<TelemetryMessage> received = Contract.receiveTelemetry(
                        TelemetryKind.EMERGENCY, body.getBytes(StandardCharsets.UTF_8))
                .orElseThrow();

        assertEquals(TelemetryKind.EMERGENCY, received.value().data().kind());
        assertEquals(
                "{'trigger':'fall','floor':[1.50,12345678901234567890],'x':' a\\'b '}".replace('\'', '"'),
                new String(received.slice().minified(), StandardCharsets.UTF_8));
        assertEquals(
                "{'trigger':'fall','x':' a\\'b '}".replace('\'', '"'),
                new String(received.slice().minifiedWithout(Set.of("floor")), StandardCharsets.UTF_8));
    }

    @Test
    void rawDataLeavesOutWhatItIsTold() {
        String body = Bodies.message("{'codes':[],'transcript':'적적하네','turns':1,'talkSeconds':2}");

        byte[] data = Contract.rawData(body.getBytes(StandardCharsets.UTF_8), Set.of("transcript"));

        assertEquals(
                "{'codes':[],'turns':1,'talkSeconds':2}".replace('\'', '"'), new String(data, StandardCharsets.UTF_8));
    }

    @Test
    void utf16IsMalformed() {
        byte[] body = Bodies.message("{'trigger':'fall'}").getBytes(StandardCharsets.UTF_16LE);

        Fault fault = assertInvalid(Contract.readTelemetry(TelemetryKind.EMERGENCY, body));

        assertEquals(Reason.MALFORMED_JSON, fault.reason());
    }

    private static com.networknt.schema.JsonSchema schema(String name) {
        return Objects.requireNonNull(SCHEMAS.get(name), name);
    }

    private static Fault assertInvalid(ReadResult<?> result) {
        return switch (result) {
            case ReadResult.Invalid<?>(Fault fault) -> fault;
            case ReadResult.Valid<?>(Object value) -> fail("accepted as " + value);
        };
    }
}
