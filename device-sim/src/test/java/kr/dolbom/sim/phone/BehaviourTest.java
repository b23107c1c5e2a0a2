package kr.dolbom.sim.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.rest.api.v2010.account.Call;
import java.time.Duration;
import java.util.List;
import kr.dolbom.sim.phone.line.Behaviour;
import kr.dolbom.sim.phone.line.CallStatus;
import kr.dolbom.sim.phone.line.PhoneCall;
import org.junit.jupiter.api.Test;

/// Owners who act by themselves.
class BehaviourTest extends SimulatorTest {
    private static final String ASK =
            "<Response><Gather numDigits=\"1\" action=\"/keys\"><Say>Press</Say></Gather><Say>Nothing came</Say></Response>";

    @Test
    void anOwnerAnswersAfterAWhileAndPressesTheKeysOneAfterTheOther() {
        application.answer("/voice", ASK);
        application.answer("/keys", "<Response><Gather numDigits=\"1\" action=\"/more\"/></Response>");
        application.answer("/more", "<Response/>");
        simulator.phone(MINA).behaviour(Behaviour.answer(Duration.ofMillis(200), "31"));
        call(MINA, "/voice").create(twilio);

        PhoneCall ended = simulator.phone(MINA).awaitCallEnd(SOON);
        assertEquals(CallStatus.COMPLETED, ended.status());
        assertEquals("31", ended.keys());
        assertTrue(Duration.between(ended.rangAt(), ended.answeredAt()).toMillis() >= 200);
        assertEquals("3", application.asked("/keys").getFirst().value("Digits"));
        assertEquals("1", application.asked("/more").getFirst().value("Digits"));
    }

    @Test
    void anOwnerDeclines() {
        simulator.phone(MINA).behaviour(Behaviour.decline(Duration.ZERO));
        call(MINA, "/voice").create(twilio);

        assertEquals(CallStatus.BUSY, simulator.phone(MINA).awaitCallEnd(SOON).status());
    }

    @Test
    void anOwnerWhoIgnoresTheCallLetsItRingOut() {
        call(MINA, "/voice").setTimeout(1).create(twilio);

        assertEquals(
                CallStatus.NO_ANSWER, simulator.phone(MINA).awaitCallEnd(SOON).status());
    }

    @Test
    void anOwnerWhoIsTooSlowNeverAnswersACallThatWasTakenBack() {
        application.answer("/voice", ASK);
        simulator.phone(MINA).behaviour(Behaviour.answer(Duration.ofMinutes(1), "1"));
        Call call = call(MINA, "/voice").create(twilio);
        simulator.phone(MINA).awaitRinging(SOON);
        Call.updater(call.getSid()).setStatus(Call.UpdateStatus.CANCELED).update(twilio);

        assertEquals(
                CallStatus.CANCELED, simulator.phone(MINA).awaitCallEnd(SOON).status());
        assertEquals(List.of(), application.asked("/voice"));
    }

    @Test
    void keysThatNoPhoneHasAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Behaviour.answer(Duration.ZERO, "1a"));
        assertThrows(IllegalArgumentException.class, () -> simulator.phone(MINA).press("A"));
    }
}
