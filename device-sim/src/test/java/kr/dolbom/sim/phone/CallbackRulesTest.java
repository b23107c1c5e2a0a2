package kr.dolbom.sim.phone;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Message;
import java.time.Duration;
import java.util.List;
import kr.dolbom.sim.phone.line.CallbackRules;
import kr.dolbom.sim.phone.line.SentWebhook;
import org.junit.jupiter.api.Test;

/// Callbacks come late, twice and out of order when they are told to.
class CallbackRulesTest extends SimulatorTest {
    private static final List<String> EVERY_EVENT = List.of("initiated", "ringing", "answered", "completed");

    @Test
    void eachCallbackCanComeTwice() {
        simulator.callbacks(CallbackRules.IN_ORDER.withCopies(2));
        text(MINA, "Hello").setStatusCallback(application.url("/sms")).create(twilio);

        assertEquals(List.of("sent", "sent", "delivered", "delivered"), texts(4));
    }

    @Test
    void callbacksCanComeInTheWrongOrder() {
        simulator.callbacks(CallbackRules.IN_ORDER.withSwappedOrder());
        application.answer("/voice", "<Response/>");
        text(MINA, "Hello").setStatusCallback(application.url("/sms")).create(twilio);
        call(MINA, "/voice")
                .setStatusCallback(application.url("/status"))
                .setStatusCallbackEvent(EVERY_EVENT)
                .create(twilio);
        simulator.phone(MINA).answer();

        assertEquals(List.of("delivered", "sent"), texts(2));
        await().atMost(SOON).until(() -> application.asked("/status").size() == 4);
        assertEquals(
                List.of("1", "0", "3", "2"),
                application.asked("/status").stream()
                        .map(a -> a.value("SequenceNumber"))
                        .toList());
    }

    @Test
    void theLastCallbackBringsAlongOneThatWasHeldBack() {
        simulator.callbacks(CallbackRules.IN_ORDER.withSwappedOrder());
        call(MINA, "/voice")
                .setStatusCallback(application.url("/status"))
                .setStatusCallbackEvent(List.of("initiated", "ringing", "answered", "completed"))
                .create(twilio);
        simulator.phone(MINA).decline();

        await().atMost(SOON).until(() -> application.asked("/status").size() == 3);
        assertEquals(
                List.of("ringing", "initiated", "busy"),
                application.asked("/status").stream()
                        .map(a -> a.value("CallStatus"))
                        .toList());
    }

    @Test
    void callbacksCanBeLate() {
        simulator.callbacks(CallbackRules.IN_ORDER.withDelay(Duration.ofMillis(400)));
        text(MINA, "Hello").setStatusCallback(application.url("/sms")).create(twilio);
        simulator.phone(MINA).awaitTexts(1, SOON);

        assertEquals(List.of("sent", "delivered"), texts(2));
        SentWebhook first = simulator.sentWebhooks().getFirst();
        Duration late =
                Duration.between(simulator.phone(MINA).texts().getFirst().createdAt(), first.at());
        assertTrue(late.compareTo(Duration.ofMillis(390)) > 0, "late by " + late);
    }

    @Test
    void anApplicationThatRefusesCallbacksIsRemembered() {
        application.answer("/sms", new WebApplication.Reply(403, null, ""));
        text(MINA, "Hello").setStatusCallback(application.url("/sms")).create(twilio);

        await().atMost(SOON).until(() -> simulator.sentWebhooks().size() == 2);
        assertEquals(
                List.of(403, 403),
                simulator.sentWebhooks().stream().map(SentWebhook::status).toList());
    }

    @Test
    void callbacksThatAreLostLeaveTheTruthToTheApi() {
        simulator.callbacks(CallbackRules.IN_ORDER.withAllLost());
        Message sent =
                text(MINA, "Hello").setStatusCallback(application.url("/sms")).create(twilio);
        Call call = call(MINA, "/voice")
                .setStatusCallback(application.url("/status"))
                .create(twilio);
        simulator.phone(MINA).decline();
        simulator.phone(MINA).awaitTexts(1, SOON);
        // The callback of this one is sent after those above would have been.
        simulator.callbacks(CallbackRules.IN_ORDER);
        text(JUNHO, "Hello").setStatusCallback(application.url("/sms")).create(twilio);
        texts(2);

        assertEquals(
                Message.Status.DELIVERED,
                Message.fetcher(sent.getSid()).fetch(twilio).getStatus());
        assertEquals(Call.Status.BUSY, fetch(call).getStatus());
        assertEquals(List.of(), application.asked("/status"));
        assertTrue(
                application.asked("/sms").stream().allMatch(a -> a.value("To").equals(JUNHO)));
    }

    @Test
    void onlySomeStatusesGetLostAndOnlyThoseOfOnePhone() {
        simulator.phone(MINA).callbacks(CallbackRules.IN_ORDER.withLost("delivered"));
        text(MINA, "Hello").setStatusCallback(application.url("/sms")).create(twilio);
        simulator.phone(MINA).awaitTexts(1, SOON);
        assertEquals(List.of("sent"), texts(1));
        text(JUNHO, "Hello").setStatusCallback(application.url("/sms")).create(twilio);
        assertEquals(List.of("sent", "sent", "delivered"), texts(3));

        simulator.phone(MINA).clearCallbacks();
        text(MINA, "Hello").setStatusCallback(application.url("/sms")).create(twilio);
        assertEquals("delivered", texts(5).getLast());
    }

    @Test
    void aStatusThatTwilioDoesNotHaveCannotGetLost() {
        assertThrows(IllegalArgumentException.class, () -> CallbackRules.IN_ORDER.withLost("arrived"));
    }

    private List<String> texts(int count) {
        await().atMost(SOON).until(() -> application.asked("/sms").size() >= count);
        return application.asked("/sms").stream()
                .map(a -> a.value("MessageStatus"))
                .toList();
    }
}
