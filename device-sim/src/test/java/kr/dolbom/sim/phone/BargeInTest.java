package kr.dolbom.sim.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kr.dolbom.sim.phone.line.Pace;
import kr.dolbom.sim.phone.line.Phone;
import org.junit.jupiter.api.Test;

/// With speech that takes its real time.
class BargeInTest extends SimulatorTest {
    private static final String LONG = "길게 말합니다. ".repeat(200).strip();

    @Override
    PhoneSimulatorSettings settings() {
        return super.settings().withPace(Pace.REAL);
    }

    @Test
    void aKeyCutsTheSpeechShort() {
        application.answer(
                "/voice",
                "<Response><Gather numDigits=\"1\" action=\"/keys\"><Say language=\"ko-KR\">%s</Say><Say>Never</Say></Gather></Response>"
                        .formatted(LONG));
        application.answer("/keys", "<Response/>");
        call(MINA, "/voice").create(twilio);
        Phone mina = simulator.phone(MINA);
        mina.answer();
        mina.awaitSpoken("길게", SOON);
        assertTrue(mina.pressNow("2"));

        mina.awaitCallEnd(SOON);
        assertEquals(List.of(LONG), mina.spoken());
        assertEquals("2", application.asked("/keys").getFirst().value("Digits"));
    }

    @Test
    void hangingUpCutsTheSpeechShort() {
        application.answer("/voice", "<Response><Say language=\"ko-KR\">%s</Say></Response>".formatted(LONG));
        call(MINA, "/voice").create(twilio);
        Phone mina = simulator.phone(MINA);
        mina.answer();
        mina.awaitSpoken("길게", SOON);
        mina.hangUp();

        mina.awaitCallEnd(SOON);
        assertEquals(List.of(LONG), mina.spoken());
    }
}
