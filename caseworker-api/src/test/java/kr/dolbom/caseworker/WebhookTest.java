package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.Town.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kr.dolbom.sim.phone.line.Signer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookTest {
    private final Town town = new Town()
            .with("dolbom.response.step-wait", "10m")
            .with("dolbom.twilio.secondary-auth-token", Town.NEXT_TOKEN);
    private UUID alert = new UUID(0, 0);
    private String call = "";

    @BeforeEach
    void ring() {
        town.start();
        alert = town.raise("critical");
        town.minji().awaitRinging(SOON);
        town.awaitAttempts(alert, "1 sms delivered", "1 voice ringing");
        call = town.text(
                "select attempt_id::text as text from escalation_attempt where channel = 'voice' and alert_id = :value",
                alert);
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void aKeyWithAWrongSignatureIsRefusedAndChangesNothing() {
        List<String> before = town.events(alert);
        HttpResponse<String> answer = new Client(town.url)
                .with("X-Twilio-Signature", "c2lnbmF0dXJl")
                .form("/twilio/key/" + call, Map.of("Digits", "1", "CallSid", "CA1"));

        assertEquals(403, answer.statusCode());
        assertEquals("", answer.body());
        assertEquals("escalating", town.stateOf(alert));
        assertEquals(before, town.events(alert));
    }

    @Test
    void aKeyWithoutASignatureIsRefused() {
        assertEquals(
                403,
                new Client(town.url)
                        .form("/twilio/key/" + call, Map.of("Digits", "1"))
                        .statusCode());
        assertEquals("escalating", town.stateOf(alert));
    }

    @Test
    void theSignatureOfAnotherAddressDoesNotCount() {
        Map<String, String> form = Map.of("Digits", "1");
        HttpResponse<String> answer = new Client(town.url)
                .with("X-Twilio-Signature", signature(town.url + "/twilio/status/" + call, form))
                .form("/twilio/key/" + call, form);

        assertEquals(403, answer.statusCode());
    }

    @Test
    void duringTheChangeOfTheAuthTokenBothSignAndAStrangerDoesNot() {
        URI key = URI.create(town.url + "/twilio/key/" + call);
        Map<String, String> wrongKey = Map.of("Digits", "7", "CallSid", "CA1");
        town.phones.signer(Signer.SECONDARY);
        assertEquals(200, town.phones.sendWebhook(key, wrongKey));
        town.phones.signer(Signer.FORGED);
        assertEquals(403, town.phones.sendWebhook(key, wrongKey));
        town.phones.signer(Signer.PRIMARY);
        assertEquals(200, town.phones.sendWebhook(key, wrongKey));
    }

    @Test
    void refusedWebhooksAreCounted() {
        Client operator = new Client(town.url).as("operator", Town.PASSWORD);
        String path = "/api/v1/twilio/refused-webhooks";
        assertEquals("{\"refused\":0}", operator.get(path).body());
        new Client(town.url).form("/twilio/key/" + call, Map.of("Digits", "1"));
        new Client(town.url).with("X-Twilio-Signature", "c2ln").form("/twilio/key/nonsense", Map.of("Digits", "1"));

        assertEquals("{\"refused\":2}", operator.get(path).body());
        assertEquals(401, new Client(town.url).get(path).statusCode());
    }

    @Test
    void behindAProxyThePublicAddressCountsWhateverTheProxySays() {
        Map<String, String> form = Map.of("Digits", "7", "CallSid", "CA1");
        String path = "/twilio/key/" + call;
        assertEquals(200, proxied(path, form, town.url).statusCode());
        assertEquals(403, proxied(path, form, "https://elsewhere.example:8443").statusCode());
    }

    private HttpResponse<String> proxied(String path, Map<String, String> form, String signedFor) {
        return new Client(town.url)
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "elsewhere.example")
                .with("X-Forwarded-Port", "8443")
                .with("Forwarded", "host=\"elsewhere.example:8443\";proto=https")
                .with("X-Twilio-Signature", signature(signedFor + path, form))
                .form(path, form);
    }

    @Test
    void aSignedKeyAcknowledgesAndTheSameKeyAgainIsHarmless() {
        Map<String, String> form = Map.of("Digits", "1", "CallSid", "CA1");
        HttpResponse<String> first = signed("/twilio/key/" + call, form);
        HttpResponse<String> second = signed("/twilio/key/" + call, form);

        assertTrue(first.body().contains("확인되었습니다."), first.body());
        assertEquals(first.body(), second.body());
        assertEquals(
                1, town.events(alert).stream().filter("acknowledged"::equals).count());
    }

    @Test
    void whoPassesOnWhatSomebodyHasIsToldWhoHasIt() {
        town.execute("update alert set state = 'acknowledged', acknowledged_at = now(), acknowledged_by = 2");
        HttpResponse<String> answer = signed("/twilio/key/" + call, Map.of("Digits", "2", "CallSid", "CA1"));

        assertTrue(answer.body().contains("박준호 선생님이 먼저 확인했습니다."), answer.body());
        assertFalse(town.events(alert).contains("passed-on"));
    }

    @Test
    void whoPassesOnWhatIsOverIsToldSo() {
        town.execute("update alert set state = 'resolved', resolved_at = now(), outcome = 'false-alarm'");
        HttpResponse<String> answer = signed("/twilio/key/" + call, Map.of("Digits", "2", "CallSid", "CA1"));

        assertTrue(answer.body().contains("이미 끝난 알림입니다."), answer.body());
        assertFalse(town.events(alert).contains("passed-on"));
    }

    @Test
    void anOlderStatusNeverOverwritesANewer() {
        signed("/twilio/status/" + call, Map.of("CallSid", "CA1", "CallStatus", "no-answer"));
        signed("/twilio/status/" + call, Map.of("CallSid", "CA1", "CallStatus", "ringing"));
        signed("/twilio/status/" + call, Map.of("CallSid", "CA1", "CallStatus", "initiated"));

        assertEquals("1 voice no-answer", town.attempts(alert).get(1));
    }

    @Test
    void anUnknownAttemptIsAnsweredWithAnEmpty404() {
        for (String unknown : List.of(UUID.randomUUID().toString(), "nonsense")) {
            HttpResponse<String> answer =
                    signed("/twilio/status/" + unknown, Map.of("CallSid", "CA1", "CallStatus", "ringing"));
            assertEquals(404, answer.statusCode());
            assertEquals("", answer.body());
        }
    }

    @Test
    void aStatusThatNobodyKnowsIsHarmless() {
        HttpResponse<String> answer =
                signed("/twilio/status/" + call, Map.of("CallSid", "CA1", "CallStatus", "levitating"));

        assertEquals(204, answer.statusCode());
        assertEquals("1 voice ringing", town.attempts(alert).get(1));
    }

    @Test
    void aBodyThatIsNoFormIsRefused() {
        HttpResponse<String> answer = new Client(town.url).post("/twilio/status/" + call, "{\"CallSid\": 1");

        assertEquals(4, answer.statusCode() / 100);
        assertEquals("escalating", town.stateOf(alert));
    }

    private HttpResponse<String> signed(String path, Map<String, String> form) {
        return new Client(town.url)
                .with("X-Twilio-Signature", signature(town.url + path, form))
                .form(path, form);
    }

    /// As Twilio documents it: HMAC-SHA1 over the address and the sorted names and values.
    private static String signature(String url, Map<String, String> form) {
        var text = new StringBuilder(url);
        new TreeMap<>(form).forEach((name, value) -> text.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Town.TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
