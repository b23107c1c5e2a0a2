package kr.dolbom.sim.phone;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kr.dolbom.sim.phone.line.CallStatus;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.line.PhoneCall;
import kr.dolbom.sim.phone.rest.RequestKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Everything that can go wrong, one at a time.
class FaultTest extends SimulatorTest {
    private static final String ASK =
            "<Response><Gather numDigits=\"1\" action=\"/keys\" timeout=\"10\"><Say language=\"ko-KR\">눌러 주세요.</Say></Gather>"
                    + "<Say language=\"ko-KR\">다시 걸겠습니다.</Say></Response>";

    @ParameterizedTest
    @CsvSource({
        "API_400,400,21612,21214",
        "API_429,429,20429,20429",
        "API_500,500,20500,20500",
        "API_503,503,20503,20503"
    })
    void theApiFailsForOneNumberAndOnlyOnceEach(Fault fault, int status, int textCode, int callCode) {
        simulator.phone(MINA).fault(fault);

        ApiException text =
                assertThrows(ApiException.class, () -> text(MINA, "Hello").create(twilio));
        ApiException call =
                assertThrows(ApiException.class, () -> call(MINA, "/voice").create(twilio));
        assertEquals(List.of(status, textCode), List.of(text.getStatusCode(), text.getCode()));
        assertEquals(List.of(status, callCode), List.of(call.getStatusCode(), call.getCode()));
        assertEquals(1, simulator.requests(RequestKind.CREATE_MESSAGE, MINA));
        assertEquals(1, simulator.requests(RequestKind.CREATE_CALL, MINA));
        assertEquals(List.of(), simulator.phone(MINA).calls());
        assertEquals(Message.Status.QUEUED, text(JUNHO, "Hello").create(twilio).getStatus());
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"API_HANG", "API_CLOSE"})
    void noAnswerAtAllMeansThatNothingHappened(Fault fault) {
        simulator.phone(MINA).fault(fault);
        TwilioRestClient impatient = RoutedTwilio.client(simulator, ACCOUNT, TOKEN, Duration.ofMillis(300));

        assertThrows(ApiException.class, () -> call(MINA, "/voice").create(impatient));
        assertEquals(1, simulator.requests(RequestKind.CREATE_CALL, MINA));
        assertEquals(List.of(), simulator.phone(MINA).calls());
    }

    @Test
    void aLostReplyMeansThatThePhoneRingsAndTheCallerDoesNotKnow() {
        simulator.phone(MINA).fault(Fault.API_LOST_REPLY);

        assertThrows(ApiException.class, () -> call(MINA, "/voice").create(twilio));
        PhoneCall ringing = simulator.phone(MINA).awaitRinging(SOON);
        assertEquals(1, simulator.requests(RequestKind.CREATE_CALL, MINA));
        assertEquals(ringing.sid(), Call.reader().read(twilio).iterator().next().getSid());
    }

    @Test
    void anAnswerThatNeverComesMeansThatThePhoneRingsAndTheCallerGivesUp() {
        simulator.phone(MINA).fault(Fault.API_NO_REPLY);
        TwilioRestClient impatient = RoutedTwilio.client(simulator, ACCOUNT, TOKEN, Duration.ofMillis(300));

        assertThrows(ApiException.class, () -> call(MINA, "/voice").create(impatient));
        simulator.phone(MINA).awaitRinging(SOON);
        assertEquals(1, simulator.phone(MINA).rings().size());
    }

    @Test
    void aCallThatIsStuckStaysQueuedUntilItIsTakenBack() {
        simulator.phone(MINA).fault(Fault.CALL_STUCK, 1);
        Call stuck = call(MINA, "/voice").create(twilio);
        await().atMost(SOON).until(() -> simulator.phone(MINA).faults().isEmpty());

        assertEquals(Call.Status.QUEUED, fetch(stuck).getStatus());
        assertEquals(
                Call.Status.CANCELED,
                Call.updater(stuck.getSid())
                        .setStatus(Call.UpdateStatus.CANCELED)
                        .update(twilio)
                        .getStatus());
        assertEquals(List.of(), simulator.phone(MINA).rings());
    }

    @Test
    void aNumberThatDoesNotExistIsRefusedForTextsAndCalls() {
        simulator.phone(MINA).fault(Fault.INVALID_NUMBER);

        assertEquals(
                List.of(21211, 21211),
                List.of(
                        assertThrows(
                                        ApiException.class,
                                        () -> text(MINA, "Hello").create(twilio))
                                .getCode(),
                        assertThrows(
                                        ApiException.class,
                                        () -> call(MINA, "/voice").create(twilio))
                                .getCode()));
    }

    @Test
    void aFaultCanStrikeAFewTimesAndThenNoMore() {
        simulator.phone(MINA).fault(Fault.API_503, 2);

        assertThrows(ApiException.class, () -> text(MINA, "1").create(twilio));
        assertThrows(ApiException.class, () -> text(MINA, "2").create(twilio));
        text(MINA, "3").create(twilio);
        assertEquals("3", simulator.phone(MINA).awaitTexts(1, SOON).getFirst().body());
        assertEquals(Map.of(), simulator.phone(MINA).faults());
    }

    @Test
    void theWholeApiCanFailAndRecover() {
        simulator.fault(Fault.API_500);
        assertThrows(ApiException.class, () -> text(MINA, "Hello").create(twilio));
        assertThrows(ApiException.class, () -> Message.reader().read(twilio));

        simulator.clearFaults();
        text(MINA, "Hello").create(twilio);
        assertEquals(1, simulator.phone(MINA).awaitTexts(1, SOON).size());
    }

    @Test
    void aFaultOfAPhoneCannotBeSetForEveryNumber() {
        assertThrows(IllegalArgumentException.class, () -> simulator.fault(Fault.BUSY));
    }

    @Test
    void aLandlineRefusesTextsAndTakesCalls() {
        simulator.phone(MINA).fault(Fault.LANDLINE);

        assertEquals(
                21614,
                assertThrows(ApiException.class, () -> text(MINA, "Hello").create(twilio))
                        .getCode());
        call(MINA, "/voice").create(twilio);
        simulator.phone(MINA).awaitRinging(SOON);
    }

    @Test
    void whoOptedOutGetsNoTexts() {
        simulator.phone(MINA).fault(Fault.OPTED_OUT);

        assertEquals(
                21610,
                assertThrows(ApiException.class, () -> text(MINA, "Hello").create(twilio))
                        .getCode());
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE,FAILED,failed,0",
        "UNKNOWN_HANDSET,FAILED,failed,0",
        "BUSY,BUSY,busy,0",
        "NO_ANSWER,NO_ANSWER,no-answer,1"
    })
    void aCallThatReachesNobodySaysWhy(Fault fault, CallStatus status, String word, int rings) {
        simulator.phone(MINA).fault(fault);
        call(MINA, "/voice").setStatusCallback(application.url("/status")).create(twilio);

        assertEquals(status, simulator.phone(MINA).awaitCallEnd(SOON).status());
        await().atMost(SOON).until(() -> !application.asked("/status").isEmpty());
        assertEquals(word, application.asked("/status").getFirst().value("CallStatus"));
        assertEquals(rings, simulator.phone(MINA).rings().size());
        assertEquals(List.of(), application.asked("/voice"));
    }

    @Test
    void voicemailHearsEverythingPressesNothingAndIsReportedCompleted() {
        application.answer("/voice", ASK);
        simulator.phone(MINA).fault(Fault.VOICEMAIL);
        Call call = call(MINA, "/voice").create(twilio);

        PhoneCall ended = simulator.phone(MINA).awaitCallEnd(SOON);
        assertEquals(CallStatus.COMPLETED, ended.status());
        assertEquals(Call.Status.COMPLETED, fetch(call).getStatus());
        assertEquals(List.of("눌러 주세요.", "다시 걸겠습니다."), simulator.phone(MINA).spoken());
        assertEquals("", ended.keys());
        assertEquals(List.of(), application.asked("/keys"));
    }

    @Test
    void voicemailHangsUpWhenItsTapeIsFull() {
        application.answer("/voice", ASK.replace("</Response>", "<Redirect/></Response>"));
        simulator.phone(MINA).fault(Fault.VOICEMAIL);
        call(MINA, "/voice").create(twilio);

        PhoneCall ended = simulator.phone(MINA).awaitCallEnd(SOON);
        assertEquals(CallStatus.COMPLETED, ended.status());
        // One round takes 10 s of silence and some 2 s of speech; the tape takes 60.
        assertTrue(
                application.asked("/voice").size() <= 6,
                "rounds " + application.asked("/voice").size());
        assertEquals(List.of(), ended.warnings());
    }

    @Test
    void faultsCanBePlannedFromTheStart() {
        try (PhoneSimulator planned =
                PhoneSimulator.start(settings().withFaults(Map.of(MINA, Fault.BUSY, JUNHO, Fault.LANDLINE)))) {
            assertEquals(
                    Map.of(Fault.BUSY, Integer.MAX_VALUE), planned.phone(MINA).faults());
            assertEquals(
                    Map.of(Fault.LANDLINE, Integer.MAX_VALUE),
                    planned.phone(JUNHO).faults());
        }
    }

    @Test
    void closingFreesWhoeverHangs() {
        simulator.phone(MINA).fault(Fault.API_HANG);
        Thread hanging = Thread.ofVirtual()
                .start(() -> assertThrows(
                        ApiException.class, () -> text(MINA, "Hello").create(twilio)));
        await().atMost(SOON).until(() -> simulator.requests(RequestKind.CREATE_MESSAGE) == 1);

        simulator.close();
        await().atMost(SOON).until(() -> !hanging.isAlive());
        assertFalse(simulator.phone(MINA).isRinging());
    }
}
