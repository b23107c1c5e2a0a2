package kr.dolbom.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import kr.dolbom.contract.json.JsonCodec;
import kr.dolbom.contract.json.JsonSlice;
import kr.dolbom.contract.telemetry.TelemetryKind;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the contract gives beside the verdict on a body, which [PayloadTest] checks.
class ContractTest {
    @Test
    void onePassGivesTheMessageAndItsDataAsItWasSent() {
        byte[] body = message("{'trigger':'fall', 'floor':[1.50,\n12345678901234567890],'x':' a\\'b ' }");

        JsonCodec.Kept<TelemetryMessage> received =
                Contract.receiveTelemetry(TelemetryKind.EMERGENCY, body).orElseThrow();

        assertEquals(TelemetryKind.EMERGENCY, received.value().data().kind());
        assertEquals(
                json("{'trigger':'fall','floor':[1.50,12345678901234567890],'x':' a\\'b '}"),
                text(received.slice().minified()));
        assertEquals(
                json("{'trigger':'fall','x':' a\\'b '}"), text(received.slice().minifiedWithout(Set.of("floor"))));
    }

    @Test
    void dataWithoutWhiteSpaceIsGivenByteByByte() {
        byte[] body = message("{'trigger':'fall','phrase':'\\u0061 b'}");

        assertEquals(
                json("{'trigger':'fall','phrase':'\\u0061 b'}"),
                text(Contract.receiveTelemetry(TelemetryKind.EMERGENCY, body)
                        .orElseThrow()
                        .slice()
                        .minified()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'codes':[],'transcript':'적적하네','turns':1,'talkSeconds':2} | {'codes':[],'turns':1,'talkSeconds':2}",
                "{'transcript':'적적하네','codes':[],'turns':1,'talkSeconds':2} | {'codes':[],'turns':1,'talkSeconds':2}",
                "{'codes':[],'turns':1,'talkSeconds':2, 'transcr\\u0069pt' : '적적하네' } | {'codes':[],'turns':1,'talkSeconds':2}",
                "{'codes':[],'turns':1,'talkSeconds':2,'x':{'transcript':1}} | {'codes':[],'turns':1,'talkSeconds':2,'x':{}}",
            })
    void dataLeavesOutWhatItIsTold(String data, String left) {
        JsonSlice slice = Contract.receiveTelemetry(TelemetryKind.VOICE, message(data))
                .orElseThrow()
                .slice();

        assertEquals(json(left), text(slice.minifiedWithout(Set.of("transcript"))));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "application/json",
                "Application/JSON",
                "application/json; charset=utf-8",
                "application/json;charset=UTF-8"
            })
    void aContentTypeIsJsonOrMissing(String contentType) {
        assertEquals(Optional.empty(), Contract.findContentTypeFault(contentType));
    }

    @ParameterizedTest
    @CsvSource({
        "audio/wav, RAW_AUDIO",
        "AUDIO/L16;rate=16000, RAW_AUDIO",
        "text/plain, UNSUPPORTED_CONTENT_TYPE",
        "application/cbor, UNSUPPORTED_CONTENT_TYPE",
        "application/json; charset=euc-kr, UNSUPPORTED_CONTENT_TYPE",
    })
    void anotherContentTypeIsRefused(String contentType, Reason reason) {
        assertEquals(
                reason, Contract.findContentTypeFault(contentType).orElseThrow().reason());
    }

    @Test
    void aReasonStringBeginsWithTheReasonAndNamesRequirementAndPlace() {
        assertEquals(
                "schema-violation DC-ACT-005 /data/counts/0/count: 12000 is not within 1 to 10000",
                new Fault(
                                Reason.SCHEMA_VIOLATION,
                                "/data/counts/0/count",
                                "12000 is not within 1 to 10000",
                                "DC-ACT-005")
                        .reasonString());
        assertEquals(
                "wrong-qos DC-CON-005: telemetry is published with QoS 1, not 0",
                new Fault(Reason.WRONG_QOS, "", "telemetry is published with QoS 1, not 0").reasonString());
        assertEquals("server-busy: later", new Fault(Reason.SERVER_BUSY, "", "later").reasonString());
    }

    private static byte[] message(String data) {
        return json("{'id':'01980d3e-7d2c-7c4e-9a55-0d6f8a1b2c3e','time':'2026-03-01T07:10:00+09:00','seq':17,'data':"
                        + data + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /// Apostrophes stand for quotation marks.
    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
