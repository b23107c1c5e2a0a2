package kr.dolbom.sim.phone.twiml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwimlTest {
    @Test
    void everyVerbIsReadWithTwiliosDefaults() throws TwimlException {
        List<Verb> verbs = Twiml.parse("""
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- a comment -->
                <Response>
                  <Say>Hello</Say>
                  <Play>https://example.org/a.mp3</Play>
                  <Play digits="ww12"/>
                  <Pause/>
                  <Gather/>
                  <Redirect/>
                  <Hangup/>
                </Response>
                """);

        assertEquals(
                List.of(
                        new Verb.Say("Hello", "en-US", "", 1),
                        new Verb.Play("https://example.org/a.mp3", "", 1),
                        new Verb.Play("", "ww12", 1),
                        new Verb.Pause(Duration.ofSeconds(1)),
                        new Verb.Gather(
                                null,
                                "POST",
                                Duration.ofSeconds(5),
                                Integer.MAX_VALUE,
                                "#",
                                false,
                                true,
                                "",
                                List.of()),
                        new Verb.Redirect("", "POST"),
                        new Verb.Hangup()),
                verbs);
    }

    @Test
    void everyAttributeIsRead() throws TwimlException {
        List<Verb> verbs = Twiml.parse("""
                <Response>
                  <Gather action="/k" method="get" timeout="9" numDigits="4" finishOnKey="*" input="dtmf speech"
                      language="ko-KR" hints="네, 아니요" speechTimeout="auto"
                      actionOnEmptyResult="true" bargeIn="false">
                    <Say language="ko-KR" voice="Google.ko-KR-Wavenet-A" loop="2">번호를  눌러
                       <emphasis level="strong">주세요</emphasis>.</Say>
                    <Pause length="3"/>
                    <Play loop="0">bell.wav</Play>
                  </Gather>
                  <Redirect method="GET">/again</Redirect>
                </Response>
                """);

        assertEquals(
                List.of(
                        new Verb.Gather(
                                "/k",
                                "GET",
                                Duration.ofSeconds(9),
                                4,
                                "*",
                                true,
                                false,
                                "ko-KR",
                                List.of(
                                        new Verb.Say("번호를 눌러 주세요.", "ko-KR", "Google.ko-KR-Wavenet-A", 2),
                                        new Verb.Pause(Duration.ofSeconds(3)),
                                        new Verb.Play("bell.wav", "", 1000))),
                        new Verb.Redirect("/again", "GET")),
                verbs);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            12100 | <Response><Say>open</Response>
            12100 | <Response><Say>a & b</Say></Response>
            12100 | not xml at all
            12100 | <Twiml><Say>wrong root</Say></Twiml>
            12100 | <!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><Response><Say>&x;</Say></Response>
            12200 | <Response><Dial>+821011112222</Dial></Response>
            12200 | <Response><say>case matters</say></Response>
            12200 | <Response><Reject/></Response>
            12200 | <Response>loose words</Response>
            12200 | <Response><Gather><Hangup/></Gather></Response>
            12200 | <Response><Gather><Gather/></Gather></Response>
            12200 | <Response><Gather numDigits="0"/></Response>
            12200 | <Response><Gather timeout="soon"/></Response>
            12200 | <Response><Gather finishOnKey="##"/></Response>
            12200 | <Response><Gather input="thought"/></Response>
            12200 | <Response><Gather method="PUT"/></Response>
            12200 | <Response><Gather numdigits="1"/></Response>
            12200 | <Response><Say language="korean">x</Say></Response>
            12200 | <Response><Say voice="robot">x</Say></Response>
            12200 | <Response><Say><Pause/></Say></Response>
            12200 | <Response><Say loop="-1">x</Say></Response>
            12200 | <Response><Play/></Response>
            12200 | <Response><Pause length="1.5"/></Response>
            """)
    void aDocumentThatCannotBePlayedIsRefusedWithTwiliosNumber(int code, String xml) {
        TwimlException refused = assertThrows(TwimlException.class, () -> Twiml.parse(xml));

        assertEquals(code, refused.code(), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"ko-KR,''", "en-US,Polly.Seoyeon", "en-US,Polly.Seoyeon-Neural", "en-US,Google.ko-KR-Standard-B"})
    void aKoreanVoiceIsKnownByItsLanguageOrItsName(String language, String voice) {
        assertTrue(new Verb.Say("안녕하세요", language, voice, 1).speaksKorean());
    }
}
