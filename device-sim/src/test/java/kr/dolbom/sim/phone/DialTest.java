package kr.dolbom.sim.phone;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kr.dolbom.sim.phone.line.CallStatus;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.line.Phone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Calls that are led on to somebody else, or into a conference.
class DialTest extends SimulatorTest {
    private static final String SUHA = "+821055556666";
    private static final String DIAL = """
            <Response><Dial callerId="+82312345678" action="/after" timeout="20">
            <Number statusCallback="/other" statusCallbackEvent="initiated ringing answered completed">+821033334444</Number>
            </Dial></Response>""";
    private static final String ROOM =
            "<Response><Dial action=\"/after\"><Conference beep=\"true\">room</Conference></Dial></Response>";

    private Phone mina;
    private Phone junho;

    @BeforeEach
    void lead() {
        application.answer("/voice", DIAL);
        application.answer("/room", ROOM);
        application.answer("/after", "<Response><Say>Over</Say></Response>");
        mina = simulator.phone(MINA);
        junho = simulator.phone(JUNHO);
    }

    private void minaIsLedToJunho() {
        call(MINA, "/voice").create(twilio);
        mina.answer();
        assertEquals(OFFICE, junho.awaitRinging(SOON).from());
    }

    private List<String> told(String path, String parameter) {
        return application.asked(path).stream()
                .map(asked -> asked.value(parameter))
                .toList();
    }

    @Test
    void twoTalkUntilTheOtherHangsUpAndTheFirstHearsWhatFollows() {
        minaIsLedToJunho();
        junho.answer();
        junho.hangUp();

        assertEquals(CallStatus.COMPLETED, mina.awaitCallEnd(SOON).status());
        assertEquals(List.of("Over"), mina.spoken());
        assertEquals(List.of("completed"), told("/after", "DialCallStatus"));
        await().atMost(SOON)
                .untilAsserted(() -> assertEquals(
                        List.of("initiated", "ringing", "in-progress", "completed"), told("/other", "CallStatus")));
        assertEquals(
                mina.calls().getFirst().sid(), told("/other", "ParentCallSid").getFirst());
        assertEquals("outbound-dial", told("/other", "Direction").getFirst());
        assertEquals(
                junho.calls().getFirst().sid(), told("/after", "DialCallSid").getFirst());
    }

    @Test
    void theOtherHasNothingToSayToWhenTheFirstHangsUp() {
        minaIsLedToJunho();
        junho.answer();
        mina.hangUp();

        assertEquals(CallStatus.COMPLETED, junho.awaitCallEnd(SOON).status());
        assertEquals(List.of(), application.asked("/after"));
    }

    @Test
    void aPhoneStopsRingingWhenTheFirstHangsUp() {
        minaIsLedToJunho();
        mina.hangUp();

        assertEquals(CallStatus.CANCELED, junho.awaitCallEnd(SOON).status());
    }

    @Test
    void theActionIsToldWhyNobodyAnswered() {
        junho.fault(Fault.BUSY, 1);
        call(MINA, "/voice").create(twilio);
        mina.answer();
        mina.awaitCallEnd(SOON);
        junho.fault(Fault.INVALID_NUMBER, 1);
        call(MINA, "/voice").create(twilio);
        mina.answer();
        mina.awaitCallEnd(SOON);
        minaIsLedToJunho();
        junho.ringOut();
        mina.awaitCallEnd(SOON);

        assertEquals(List.of("busy", "failed", "no-answer"), told("/after", "DialCallStatus"));
        assertEquals(13224, mina.calls().get(1).warnings().getFirst().code());
    }

    @Test
    void threeAreInAConferenceUntilEachHangsUp() {
        for (String number : List.of(MINA, JUNHO, SUHA)) {
            call(number, "/room").create(twilio);
            simulator.phone(number).answer();
            await().atMost(SOON).until(() -> simulator.conference("room").contains(number));
        }
        junho.hangUp();
        await().atMost(SOON).untilAsserted(() -> assertEquals(List.of(MINA, SUHA), simulator.conference("room")));
        mina.hangUp();
        simulator.phone(SUHA).hangUp();

        await().atMost(SOON).until(() -> simulator.conference("room").isEmpty());
        assertEquals(List.of(), application.asked("/after"));
    }

    @Test
    void aConferenceIsOverForAllWhenOneLeavesWhoEndsIt() {
        application.answer(
                "/host",
                "<Response><Dial><Conference endConferenceOnExit=\"true\">room</Conference></Dial></Response>");
        call(JUNHO, "/room").create(twilio);
        junho.answer();
        call(MINA, "/host").create(twilio);
        mina.answer();
        await().atMost(SOON).until(() -> simulator.conference("room").size() == 2);
        mina.hangUp();

        junho.awaitCallEnd(SOON);
        assertEquals(List.of("Over"), junho.spoken());
        assertTrue(simulator.conference("room").isEmpty());
    }
}
