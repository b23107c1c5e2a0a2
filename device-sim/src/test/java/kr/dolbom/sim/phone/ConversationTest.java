package kr.dolbom.sim.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.http.HttpMethod;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import kr.dolbom.sim.phone.line.Behaviour;
import kr.dolbom.sim.phone.line.CallStatus;
import kr.dolbom.sim.phone.line.CallWarning;
import kr.dolbom.sim.phone.line.Phone;
import kr.dolbom.sim.phone.line.PhoneCall;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a person hears and what their keys do.
class ConversationTest extends SimulatorTest {
    private static final String SORRY = "We are sorry, an application error has occurred. Goodbye.";

    private Phone mina;

    @BeforeEach
    void takeThePhone() {
        mina = simulator.phone(MINA);
        application.answer("/keys", "<Response><Say>Thanks</Say></Response>");
    }

    private void answeredCall(String twiml) {
        application.answer("/voice", twiml);
        call(MINA, "/voice").create(twilio);
        mina.answer();
    }

    @Test
    void whoPressesNothingHearsWhatFollowsTheGather() {
        answeredCall("<Response><Gather action=\"/keys\"><Say>Press</Say></Gather><Say>Nothing came</Say></Response>");
        mina.staySilent();

        assertEquals(CallStatus.COMPLETED, mina.awaitCallEnd(SOON).status());
        assertEquals(List.of("Press", "Nothing came"), mina.spoken());
        assertEquals(List.of(), application.asked("/keys"));
    }

    @Test
    void spokenWordsReachTheApplicationWhereTheDocumentListensForThem() {
        answeredCall("<Response><Gather input=\"dtmf speech\" language=\"ko-KR\" action=\"/keys\">"
                + "<Say language=\"ko-KR\">잘 주무셨어요?</Say></Gather></Response>");

        assertTrue(mina.speak("네, 잘 잤어요"));
        PhoneCall ended = mina.awaitCallEnd(SOON);
        assertEquals(List.of("네, 잘 잤어요"), ended.said());
        assertEquals("네, 잘 잤어요", application.asked("/keys").getFirst().value("SpeechResult"));
        assertEquals("0.92", application.asked("/keys").getFirst().value("Confidence"));
        assertEquals("", application.asked("/keys").getFirst().value("Digits"));
    }

    @Test
    void wordsAreLostWhereOnlyKeysOrAnotherLanguageCount() {
        answeredCall("<Response><Gather action=\"/keys\"/>" + "<Gather input=\"speech\" action=\"/keys\"/></Response>");

        assertFalse(mina.speak("네"));
        mina.staySilent();
        assertFalse(mina.speak("네"));
        assertTrue(mina.speak("Yes"));
        mina.awaitCallEnd(SOON);
        assertEquals("Yes", application.asked("/keys").getFirst().value("SpeechResult"));
    }

    @Test
    void anOwnerAnswersEachQuestionInTheirOwnWords() {
        String ask = "<Response><Gather input=\"speech\" language=\"ko-KR\" action=\"%s\"/></Response>";
        application.answer("/voice", ask.formatted("/more"));
        application.answer("/more", ask.formatted("/keys"));
        mina.behaviour(Behaviour.speak(Duration.ZERO, List.of("네", "아니요")));
        call(MINA, "/voice").create(twilio);

        assertEquals(List.of("네", "아니요"), mina.awaitCallEnd(SOON).said());
        assertEquals("아니요", application.asked("/keys").getFirst().value("SpeechResult"));
    }

    @Test
    void theGathersOwnTimeoutEndsTheWaitToo() {
        answeredCall("<Response><Gather action=\"/keys\" timeout=\"1\"/><Say>Nothing came</Say></Response>");

        mina.awaitCallEnd(SOON);
        assertEquals(List.of("Nothing came"), mina.spoken());
    }

    @Test
    void anEmptyResultIsSentWhenTheDocumentAsksForIt() {
        answeredCall("<Response><Gather action=\"/keys\" actionOnEmptyResult=\"true\"/><Say>Never</Say></Response>");
        mina.staySilent();

        mina.awaitCallEnd(SOON);
        assertEquals("", application.asked("/keys").getFirst().value("Digits"));
        assertEquals(List.of("Thanks"), mina.spoken());
    }

    @Test
    void severalDigitsAreCollectedUntilTheFinishingKey() {
        answeredCall("<Response><Gather action=\"/keys\" finishOnKey=\"*\"/></Response>");
        mina.press("12#3*");

        mina.awaitCallEnd(SOON);
        assertEquals("12#3", application.asked("/keys").getFirst().value("Digits"));
        assertEquals("*", application.asked("/keys").getFirst().value("FinishedOnKey"));
    }

    @Test
    void theFinishingKeyAloneCountsAsNoInput() {
        answeredCall("<Response><Gather action=\"/keys\"/><Say>Nothing came</Say></Response>");
        mina.press("#");

        mina.awaitCallEnd(SOON);
        assertEquals(List.of("Nothing came"), mina.spoken());
        assertEquals(List.of(), application.asked("/keys"));
    }

    @Test
    void digitsBeforeTheTimeoutAreSentWhenNoMoreCome() {
        answeredCall("<Response><Gather action=\"/keys\" timeout=\"60\"/></Response>");
        mina.press("12");
        mina.staySilent();

        mina.awaitCallEnd(SOON);
        assertEquals("12", application.asked("/keys").getFirst().value("Digits"));
    }

    @Test
    void aGatherWithoutActionAsksTheSameAddressAgain() {
        answeredCall("<Response><Gather numDigits=\"1\"><Say>Press</Say></Gather></Response>");
        mina.press("1");
        mina.press("2");
        mina.staySilent();

        assertEquals(
                List.of("", "1", "2"),
                application.asked("/voice").stream().map(a -> a.value("Digits")).toList());
    }

    @Test
    void pressWaitsForTheNextGatherBeforeTheNextKey() {
        application.answer(
                "/keys", "<Response><Gather numDigits=\"1\" action=\"/more\"><Say>Once more</Say></Gather></Response>");
        application.answer("/more", "<Response/>");
        answeredCall("<Response><Gather numDigits=\"1\" action=\"/keys\"/></Response>");
        mina.press("31");

        mina.awaitCallEnd(SOON);
        assertEquals("3", application.asked("/keys").getFirst().value("Digits"));
        assertEquals("1", application.asked("/more").getFirst().value("Digits"));
    }

    @Test
    void aKeyOutsideAGatherIsLostAsInLife() {
        answeredCall("<Response><Pause length=\"1\"/><Say>Bye</Say></Response>");

        mina.awaitCallEnd(SOON);
        assertFalse(mina.pressNow("1"));
    }

    @Test
    void redirectLeadsRelativeToTheDocumentAndByItsMethod() {
        application.answer("/a/next", "<Response><Say>Next</Say></Response>");
        application.answer(
                "/a/voice", "<Response><Redirect method=\"GET\">next?x=1</Redirect><Say>Never</Say></Response>");
        call(MINA, "/a/voice").create(twilio);
        mina.answer();

        mina.awaitCallEnd(SOON);
        assertEquals(List.of("Next"), mina.spoken());
        WebApplication.Asked next = application.asked("/a/next").getFirst();
        assertEquals("GET", next.method());
        assertEquals("1", next.query().get("x"));
        assertEquals(MINA, next.query().get("To"));
    }

    @Test
    void hangupEndsTheCallBeforeWhatFollows() {
        answeredCall(
                "<Response><Say loop=\"2\">Twice</Say><Play>https://a.example/b.mp3</Play><Hangup/><Say>No</Say></Response>");

        mina.awaitCallEnd(SOON);
        assertEquals(List.of("Twice", "Twice", "https://a.example/b.mp3"), mina.spoken());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            12100 | <Response><Say>open
            12200 | <Response><Say>Fine</Say><Dial>+821033334444</Dial></Response>
            11100 | <Response><Redirect>ftp://a.example/x</Redirect></Response>
            """)
    void aDocumentThatCannotBePlayedEndsTheCallWithAnApplicationError(int code, String twiml) {
        answeredCall(twiml);

        PhoneCall ended = mina.awaitCallEnd(SOON);
        assertEquals(CallStatus.COMPLETED, ended.status());
        assertEquals(
                List.of(code), ended.warnings().stream().map(CallWarning::code).toList());
        assertEquals(List.of(SORRY), mina.spoken());
    }

    @Test
    void anApplicationThatFailsIsAnApplicationError() {
        application.answer("/voice", new WebApplication.Reply(503, "text/xml", "<Response/>"));
        call(MINA, "/voice").create(twilio);
        mina.answer();

        assertEquals(11200, mina.awaitCallEnd(SOON).warnings().getFirst().code());
    }

    @Test
    void anAnswerThatIsNoXmlByItsTypeIsAnApplicationError() {
        application.answer("/voice", new WebApplication.Reply(200, "application/json", "{}"));
        call(MINA, "/voice").create(twilio);
        mina.answer();

        assertEquals(12300, mina.awaitCallEnd(SOON).warnings().getFirst().code());
    }

    @Test
    void anOversizedDocumentIsAnApplicationError() {
        answeredCall("<Response><Say>" + "a".repeat(70_000) + "</Say></Response>");

        assertEquals(11750, mina.awaitCallEnd(SOON).warnings().getFirst().code());
    }

    @Test
    void anApplicationThatIsNotThereIsAnApplicationError() {
        String nowhere = application.url("/voice");
        application.close();
        Call.creator(new PhoneNumber(MINA), new PhoneNumber(OFFICE), URI.create(nowhere))
                .create(twilio);
        mina.answer();

        PhoneCall ended = mina.awaitCallEnd(SOON);
        assertEquals(11205, ended.warnings().getFirst().code());
        assertEquals(List.of(SORRY), mina.spoken());
    }

    @Test
    void aFallbackIsAskedWhenTheDocumentFails() {
        application.answer("/voice", "<Response><Nonsense/></Response>");
        application.answer("/fallback", "<Response><Say>Plan B</Say></Response>");
        call(MINA, "/voice")
                .setFallbackUrl(URI.create(application.url("/fallback")))
                .setFallbackMethod(HttpMethod.POST)
                .create(twilio);
        mina.answer();

        mina.awaitCallEnd(SOON);
        assertEquals(List.of("Plan B"), mina.spoken());
        WebApplication.Asked fallback = application.asked("/fallback").getFirst();
        assertEquals("12200", fallback.value("ErrorCode"));
        assertEquals(application.url("/voice"), fallback.value("ErrorUrl"));
    }

    @Test
    void documentsThatLeadInACircleForEverEndTheCall() {
        answeredCall("<Response><Redirect/></Response>");

        assertEquals(
                12400,
                mina.awaitCallEnd(SOON.multipliedBy(6)).warnings().getFirst().code());
        assertEquals(1000, application.asked("/voice").size());
    }

    @Test
    void koreanForAnEnglishVoiceIsWarnedAbout() {
        answeredCall("<Response><Say>긴급 알림입니다.</Say></Response>");

        assertEquals(13520, mina.awaitCallEnd(SOON).warnings().getFirst().code());
    }

    @Test
    void relativeAddressesNeedADocumentToBeRelativeTo() {
        Call.creator(
                        new PhoneNumber(MINA),
                        new PhoneNumber(OFFICE),
                        new Twiml("<Response><Gather numDigits=\"1\" action=\"/keys\"/></Response>"))
                .create(twilio);
        mina.answer();
        mina.press("1");

        assertEquals(11100, mina.awaitCallEnd(SOON).warnings().getFirst().code());
    }

    @Test
    void awaitingWhatNeverComesSaysWhatCameInstead() {
        answeredCall("<Response><Say>Bye</Say></Response>");
        mina.awaitCallEnd(SOON);

        IllegalStateException failed =
                assertThrows(IllegalStateException.class, () -> mina.awaitSpoken("Hello", Duration.ofMillis(1)));
        assertTrue(String.valueOf(failed.getMessage()).contains("Bye"), failed.getMessage());
    }
}
