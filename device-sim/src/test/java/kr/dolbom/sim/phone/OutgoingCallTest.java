package kr.dolbom.sim.phone;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.exception.ApiException;
import com.twilio.rest.api.v2010.account.Call;
import java.time.Duration;
import java.util.List;
import kr.dolbom.sim.phone.line.CallStatus;
import kr.dolbom.sim.phone.line.Phone;
import kr.dolbom.sim.phone.line.PhoneCall;
import kr.dolbom.sim.phone.rest.RequestKind;
import org.junit.jupiter.api.Test;

class OutgoingCallTest extends SimulatorTest {
    private static final List<String> EVERY_EVENT = List.of("initiated", "ringing", "answered", "completed");
    private static final String ASK = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Response>
              <Gather numDigits="1" action="/keys?attempt=7" timeout="8">
                <Say language="ko-KR" voice="Polly.Seoyeon">고양시청 노인복지과 돌봄 안심 알림입니다.</Say>
                <Pause length="1"/>
                <Say language="ko-KR">확인은 1번을 눌러 주세요.</Say>
              </Gather>
              <Say language="ko-KR">입력이 없어 종료합니다.</Say>
            </Response>
            """;
    private static final String THANKS = "<Response><Say language=\"ko-KR\">확인되었습니다.</Say><Hangup/></Response>";

    @Test
    void aPhoneRingsIsAnsweredHearsKoreanAndAKeyReachesTheApplication() {
        application.answer("/voice", ASK);
        application.answer("/keys", THANKS);
        Phone mina = simulator.phone(MINA);

        Call call = call(MINA, "/voice").create(twilio);
        assertEquals(Call.Status.QUEUED, call.getStatus());
        PhoneCall ringing = mina.awaitRinging(SOON);
        assertEquals(call.getSid(), ringing.sid());
        mina.answer();
        mina.press("1");
        PhoneCall ended = mina.awaitCallEnd(SOON);

        assertEquals(CallStatus.COMPLETED, ended.status());
        assertEquals(List.of("고양시청 노인복지과 돌봄 안심 알림입니다.", "확인은 1번을 눌러 주세요.", "확인되었습니다."), mina.spoken());
        assertEquals("ko-KR", ended.spoken().getFirst().language());
        assertEquals(List.of(), ended.warnings());
        assertEquals(1, mina.rings().size());

        WebApplication.Asked voice = application.asked("/voice").getFirst();
        assertEquals("POST", voice.method());
        assertEquals(call.getSid(), voice.value("CallSid"));
        assertEquals("in-progress", voice.value("CallStatus"));
        assertEquals(OFFICE, voice.value("From"));
        assertEquals(MINA, voice.value("To"));
        assertEquals("outbound-api", voice.value("Direction"));
        assertEquals(ACCOUNT, voice.value("AccountSid"));
        assertEquals("2010-04-01", voice.value("ApiVersion"));
        WebApplication.Asked keys = application.asked("/keys").getFirst();
        assertEquals("1", keys.value("Digits"));
        assertEquals("7", keys.query().get("attempt"));
        assertEquals(1, application.asked("/keys").size());
        assertEquals(1, simulator.requests(RequestKind.CREATE_CALL, MINA));
    }

    @Test
    void statusCallbacksTellEveryEventThatWasAskedForInOrder() {
        application.answer("/voice", THANKS);
        call(MINA, "/voice")
                .setStatusCallback(application.url("/status"))
                .setStatusCallbackEvent(EVERY_EVENT)
                .create(twilio);
        simulator.phone(MINA).answer();
        simulator.phone(MINA).awaitCallEnd(SOON);

        assertEquals(List.of("initiated", "ringing", "in-progress", "completed"), statuses(4));
        assertEquals(
                List.of("0", "1", "2", "3"),
                application.asked("/status").stream()
                        .map(a -> a.value("SequenceNumber"))
                        .toList());
        assertTrue(application.asked("/status").getLast().value("CallDuration").matches("[0-9]+"));
        assertEquals(
                "call-progress-events", application.asked("/status").getLast().value("CallbackSource"));
    }

    @Test
    void withoutAListOfEventsOnlyTheEndIsTold() {
        application.answer("/voice", THANKS);
        call(MINA, "/voice").setStatusCallback(application.url("/status")).create(twilio);
        simulator.phone(MINA).answer();

        assertEquals(List.of("completed"), statuses(1));
    }

    @Test
    void aDeclinedCallEndsBusyAndTheApplicationIsNeverAskedWhatToSay() {
        application.answer("/voice", THANKS);
        Call call = call(MINA, "/voice")
                .setStatusCallback(application.url("/status"))
                .create(twilio);
        simulator.phone(MINA).decline();

        assertEquals(List.of("busy"), statuses(1));
        assertEquals(Call.Status.BUSY, fetch(call).getStatus());
        assertEquals(List.of(), application.asked("/voice"));
    }

    @Test
    void aPhoneThatRingsOutEndsWithNoAnswer() {
        Call call = call(MINA, "/voice")
                .setStatusCallback(application.url("/status"))
                .create(twilio);
        simulator.phone(MINA).ringOut();

        assertEquals(List.of("no-answer"), statuses(1));
        assertEquals(Call.Status.NO_ANSWER, fetch(call).getStatus());
    }

    @Test
    void ringingEndsByItselfAfterTheTimeoutThatWasOrdered() {
        Call call = call(MINA, "/voice").setTimeout(1).create(twilio);
        PhoneCall ended = simulator.phone(MINA).awaitCallEnd(SOON);

        assertEquals(CallStatus.NO_ANSWER, ended.status());
        assertTrue(Duration.between(ended.rangAt(), ended.endedAt()).compareTo(Duration.ofMillis(900)) > 0);
        assertNull(fetch(call).getDuration());
        assertNull(fetch(call).getEndTime());
    }

    @Test
    void aRingingCallCanBeCanceledAndFallsSilentAtOnce() {
        Call call = call(MINA, "/voice")
                .setStatusCallback(application.url("/status"))
                .create(twilio);
        Phone mina = simulator.phone(MINA);
        mina.awaitRinging(SOON);

        Call canceled = Call.updater(call.getSid())
                .setStatus(Call.UpdateStatus.CANCELED)
                .update(twilio);

        assertEquals(Call.Status.CANCELED, canceled.getStatus());
        assertFalse(mina.isRinging());
        assertEquals(List.of("canceled"), statuses(1));
        assertEquals(List.of(), application.asked("/voice"));
    }

    @Test
    void cancelingLeavesACallThatWasAnsweredAloneAndCompletingEndsIt() {
        application.answer("/voice", ASK);
        Call call = call(MINA, "/voice").create(twilio);
        simulator.phone(MINA).answer();

        assertEquals(
                Call.Status.IN_PROGRESS,
                Call.updater(call.getSid())
                        .setStatus(Call.UpdateStatus.CANCELED)
                        .update(twilio)
                        .getStatus());
        assertEquals(
                Call.Status.COMPLETED,
                Call.updater(call.getSid())
                        .setStatus(Call.UpdateStatus.COMPLETED)
                        .update(twilio)
                        .getStatus());
    }

    @Test
    void aCallThatIsOverCannotBeCanceled() {
        Call call = call(MINA, "/voice").create(twilio);
        simulator.phone(MINA).decline();

        ApiException refused = assertThrows(
                ApiException.class,
                () -> Call.updater(call.getSid())
                        .setStatus(Call.UpdateStatus.CANCELED)
                        .update(twilio));
        assertEquals(21220, refused.getCode());
    }

    @Test
    void whoeverHangsUpEndsTheCall() {
        application.answer("/voice", ASK);
        Call call = call(MINA, "/voice").create(twilio);
        simulator.phone(MINA).answer();
        simulator.phone(MINA).hangUp();

        Call fetched = fetch(call);
        assertEquals(Call.Status.COMPLETED, fetched.getStatus());
        assertNotNull(fetched.getStartTime());
        assertNotNull(fetched.getEndTime());
        assertEquals(List.of(), application.asked("/keys"));
    }

    @Test
    void aPhoneInACallIsBusyForTheNextCaller() {
        application.answer("/voice", ASK);
        call(MINA, "/voice").create(twilio);
        Phone mina = simulator.phone(MINA);
        mina.awaitRinging(SOON);
        Call second = call(MINA, "/voice")
                .setStatusCallback(application.url("/status"))
                .create(twilio);

        assertEquals(List.of("busy"), statuses(1));
        assertEquals(Call.Status.BUSY, fetch(second).getStatus());
        assertTrue(mina.isRinging());
        assertEquals(1, mina.rings().size());
    }

    @Test
    void twimlCanBeGivenWithTheCallItself() {
        callSaying(MINA, "<Response><Say language=\"ko-KR\">안녕하세요.</Say></Response>")
                .create(twilio);
        simulator.phone(MINA).answer();
        simulator.phone(MINA).awaitCallEnd(SOON);

        assertEquals(List.of("안녕하세요."), simulator.phone(MINA).spoken());
    }

    @Test
    void aCallReadsAsTheSdkExpects() {
        Call call = call(MINA, "/voice").create(twilio);

        assertTrue(call.getSid().matches("CA[0-9a-f]{32}"), call.getSid());
        assertEquals(ACCOUNT, call.getAccountSid());
        assertEquals(OFFICE, call.getFrom());
        assertEquals(MINA, call.getTo());
        assertEquals("outbound-api", call.getDirection());
        assertEquals("2010-04-01", call.getApiVersion());
        assertNotNull(call.getDateCreated());
        assertNull(call.getStartTime());
        assertNull(call.getPrice());
        assertEquals("USD", call.getPriceUnit().getCurrencyCode());
        assertEquals("/2010-04-01/Accounts/%s/Calls/%s.json".formatted(ACCOUNT, call.getSid()), call.getUri());
        assertTrue(call.getSubresourceUris().containsKey("recordings"));
    }

    private List<String> statuses(int count) {
        await().atMost(SOON).until(() -> application.asked("/status").size() >= count);
        return application.asked("/status").stream()
                .map(a -> a.value("CallStatus"))
                .toList();
    }
}
