package kr.dolbom.sim.phone;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.security.RequestValidator;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kr.dolbom.sim.phone.line.SentWebhook;
import kr.dolbom.sim.phone.line.Signer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An account whose auth token is being exchanged, and webhooks that nobody asked for.
class SignerTest extends SimulatorTest {
    private static final String SECOND = "the-next-token";

    @Override
    PhoneSimulatorSettings settings() {
        return super.settings().withSecondaryAuthToken(SECOND);
    }

    @ParameterizedTest
    @CsvSource({"PRIMARY,true,false", "SECONDARY,false,true", "FORGED,false,false"})
    void theTokenThatSignsIsChosen(Signer signer, boolean first, boolean second) {
        simulator.signer(signer);
        text(MINA, "Hello").setStatusCallback(application.url("/sms")).create(twilio);
        await().atMost(SOON).until(() -> application.asked("/sms").size() == 2);

        WebApplication.Asked asked = application.asked("/sms").getFirst();
        assertEquals(
                List.of(first, second),
                Stream.of(TOKEN, SECOND)
                        .map(token ->
                                new RequestValidator(token).validate(asked.url(), asked.form(), asked.signature()))
                        .toList());
    }

    @Test
    void bothTokensOpenTheApi() {
        text(MINA, "First").create(RoutedTwilio.client(simulator, ACCOUNT, TOKEN));
        text(MINA, "Second").create(RoutedTwilio.client(simulator, ACCOUNT, SECOND));

        assertEquals(2, simulator.phone(MINA).awaitTexts(2, SOON).size());
    }

    @Test
    void withoutASecondTokenNoneCanSign() {
        try (PhoneSimulator single = PhoneSimulator.start(super.settings())) {
            assertThrows(IllegalArgumentException.class, () -> single.signer(Signer.SECONDARY));
        }
    }

    @Test
    void anOldWebhookComesAgainAndOneAboutAnUnknownSid() {
        text(MINA, "Hello").setStatusCallback(application.url("/sms")).create(twilio);
        await().atMost(SOON).until(() -> simulator.sentWebhooks().size() == 2);
        SentWebhook first = simulator.sentWebhooks().getFirst();

        assertEquals(204, simulator.sendAgain(first));
        assertEquals(
                204,
                simulator.sendWebhook(
                        URI.create(application.url("/sms")), Map.of("MessageSid", "SM0", "MessageStatus", "sent")));

        List<WebApplication.Asked> asked = application.asked("/sms");
        assertEquals(first.parameters(), asked.get(2).form());
        assertEquals("SM0", asked.get(3).value("MessageSid"));
        assertTrue(new RequestValidator(TOKEN)
                .validate(asked.get(3).url(), asked.get(3).form(), asked.get(3).signature()));
    }
}
