package kr.dolbom.contract.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {
    /// Each line: old schema, new schema, whether that breaks where devices write, where devices read.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nothing | {'type':'string'} | {'type':'string'} | false | false",
                "words | {'type':'string','description':'a'} | {'type':'string','description':'b','title':'c'} | false | false",
                "type | {'type':'string'} | {'type':'integer'} | true | true",
                "type goes | {'type':'string'} | {} | true | true",
                "integer to number | {'type':'integer'} | {'type':'number'} | true | true",
                "optional member is new | {'properties':{}} | {'properties':{'a':{}}} | false | false",
                "required member is new | {'properties':{},'required':[]} | {'properties':{'a':{}},'required':['a']} | true | false",
                "optional member goes | {'properties':{'a':{}}} | {'properties':{}} | true | true",
                "required member goes | {'properties':{'a':{}},'required':['a']} | {'properties':{},'required':[]} | true | true",
                "all members go | {'properties':{'a':{}}} | {} | true | true",
                "member is renamed | {'properties':{'a':{}}} | {'properties':{'b':{}}} | true | true",
                "member becomes required | {'properties':{'a':{}},'required':[]} | {'properties':{'a':{}},'required':['a']} | true | false",
                "member becomes optional | {'properties':{'a':{}},'required':['a']} | {'properties':{'a':{}},'required':[]} | false | true",
                "required itself goes | {'properties':{'a':{}},'required':['a']} | {'properties':{'a':{}}} | false | true",
                "order of members | {'properties':{'a':{},'b':{}}} | {'properties':{'b':{},'a':{}}} | false | false",
                "maximum grows | {'maximum':10} | {'maximum':11} | false | true",
                "maximum shrinks | {'maximum':10} | {'maximum':9.5} | true | false",
                "maximum written otherwise | {'maximum':10} | {'maximum':10.0} | false | false",
                "maximum goes | {'maximum':10} | {} | false | true",
                "maximum is new | {} | {'maximum':10} | true | false",
                "minimum grows | {'minimum':0} | {'minimum':1} | true | false",
                "minimum shrinks | {'minimum':0} | {'minimum':-1} | false | true",
                "minimum goes | {'minimum':0} | {} | false | true",
                "longer strings | {'maxLength':60} | {'maxLength':61} | false | true",
                "shorter strings | {'maxLength':60} | {'maxLength':59} | true | false",
                "empty strings | {'minLength':1} | {'minLength':0} | false | true",
                "more values | {'maxItems':8} | {'maxItems':9} | false | true",
                "fewer values | {'maxItems':8} | {'maxItems':7} | true | false",
                "at least one value | {'minItems':0} | {'minItems':1} | true | false",
                "enum value is new | {'enum':['a']} | {'enum':['a','b']} | false | true",
                "enum value goes | {'enum':['a','b']} | {'enum':['a']} | true | false",
                "enum value is renamed | {'enum':['a']} | {'enum':['b']} | true | true",
                "order of enum | {'enum':['a','b']} | {'enum':['b','a']} | false | false",
                "enum is new | {} | {'enum':['a']} | true | false",
                "enum goes | {'enum':['a']} | {} | false | true",
                "pattern changes | {'pattern':'a'} | {'pattern':'b'} | true | true",
                "format changes | {'format':'uuid'} | {'format':'date-time'} | true | true",
                "unknown keyword | {} | {'multipleOf':2} | true | true",
                "deep within | {'properties':{'a':{'items':{'properties':{'b':{'maximum':1}}}}}} | {'properties':{'a':{'items':{'properties':{'b':{'maximum':2}}}}}} | false | true",
                "deep within, removed | {'properties':{'a':{'items':{'properties':{'b':{}}}}}} | {'properties':{'a':{'items':{'properties':{}}}}} | true | true",
            })
    void aChangeIsAdditiveOrBreaks(String change, String old, String now, boolean writing, boolean reading) {
        assertEquals(writing, !breaks(old, now, true).isEmpty(), change + ", where devices write");
        assertEquals(reading, !breaks(old, now, false).isEmpty(), change + ", where devices read");
    }

    @Test
    void aBreakNamesTheMemberAndWhatBecameOfIt() {
        assertEquals(
                List.of("data.counts[].count: maximum was 10000 and is 9000"),
                breaks(
                        "{'properties':{'data':{'properties':{'counts':{'items':{'properties':{'count':{'maximum':10000}}}}}}}}",
                        "{'properties':{'data':{'properties':{'counts':{'items':{'properties':{'count':{'maximum':9000}}}}}}}}",
                        true));
    }

    @Test
    void aPublishedKindMustNotGoAndAnotherMayCome() {
        Map<String, String> published = new HashMap<>(PublishedContract.listGenerated());
        published.remove("schemas/telemetry.voice.schema.json");
        assertEquals(List.of(), PublishedContract.listBreaks(published));

        published.put("schemas/telemetry.smell.schema.json", "{}");
        assertEquals(List.of("telemetry.smell: the kind is gone"), PublishedContract.listBreaks(published));
    }

    @Test
    void telemetryAndCommandsAreJudgedByTheirDirection() {
        Map<String, String> published = new HashMap<>(PublishedContract.listGenerated());
        published.computeIfPresent(
                "schemas/telemetry.activity.schema.json", (path, text) -> text.replace("10000", "20000"));
        published.computeIfPresent("schemas/command.locate.schema.json", (path, text) -> text.replace("60", "90"));
        assertEquals(
                List.of("telemetry.activity: data.counts[].count: maximum was 20000 and is 10000"),
                PublishedContract.listBreaks(published));

        published.computeIfPresent("schemas/command.locate.schema.json", (path, text) -> text.replace("90", "30"));
        assertTrue(PublishedContract.listBreaks(published)
                .contains("command.locate: data.seconds: maximum was 30 and is 60"));
    }

    private static List<String> breaks(String old, String now, boolean fromDevice) {
        return Compatibility.listBreaks(old.replace('\'', '"'), now.replace('\'', '"'), fromDevice);
    }
}
