package kr.dolbom.sim.phone;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.http.HttpMethod;
import com.twilio.security.RequestValidator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The SDK's own validator accepts what the simulator sends, and nothing else.
class WebhookSignatureTest extends SimulatorTest {
    private final RequestValidator validator = new RequestValidator(TOKEN);

    @Test
    void everyWebhookOfACallIsSignedWithTheQueryAndAllParameters() {
        application.answer("/voice", """
                <Response><Gather numDigits="1" action="/keys?to=%EA%B0%80&amp;n=1"><Say>Hello</Say></Gather></Response>
                """);
        application.answer("/keys", "<Response/>");
        call(MINA, "/voice?attempt=3&name=%EA%B9%80%20A")
                .setStatusCallback(application.url("/status?attempt=3"))
                .setStatusCallbackEvent(List.of("ringing", "answered", "completed"))
                .create(twilio);
        simulator.phone(MINA).answer();
        simulator.phone(MINA).press("1");
        await().atMost(SOON).until(() -> application.asked("/status").size() == 3);

        for (String path : List.of("/voice", "/keys", "/status")) {
            assertFalse(application.asked(path).isEmpty(), path);
            for (WebApplication.Asked asked : application.asked(path)) {
                assertTrue(validator.validate(asked.url(), asked.form(), asked.signature()), asked.url());
            }
        }
    }

    @Test
    void aGetIsSignedByItsAddressAlone() {
        application.answer("/voice", "<Response/>");
        call(MINA, "/voice?attempt=3").setMethod(HttpMethod.GET).create(twilio);
        simulator.phone(MINA).answer();
        simulator.phone(MINA).awaitCallEnd(SOON);

        WebApplication.Asked asked = application.asked("/voice").getFirst();
        assertEquals("GET", asked.method());
        assertEquals("3", asked.query().get("attempt"));
        assertEquals(MINA, asked.query().get("To"));
        assertTrue(validator.validate(asked.url(), Map.of(), asked.signature()), asked.url());
    }

    @Test
    void textCallbacksAreSignedToo() {
        text(MINA, "안녕하세요").setStatusCallback(application.url("/sms?x=1")).create(twilio);
        await().atMost(SOON).until(() -> application.asked("/sms").size() == 2);

        for (WebApplication.Asked asked : application.asked("/sms")) {
            assertTrue(validator.validate(asked.url(), asked.form(), asked.signature()), asked.url());
        }
    }

    @Test
    void anotherTokenOrAChangedParameterDoesNotPass() {
        text(MINA, "안녕하세요").setStatusCallback(application.url("/sms")).create(twilio);
        await().atMost(SOON).until(() -> application.asked("/sms").size() == 2);
        WebApplication.Asked asked = application.asked("/sms").getFirst();
        Map<String, String> changed = new HashMap<>(asked.form());
        changed.put("MessageStatus", "read");

        assertFalse(validator.validate(asked.url(), changed, asked.signature()));
        assertFalse(new RequestValidator("another").validate(asked.url(), asked.form(), asked.signature()));
    }
}
