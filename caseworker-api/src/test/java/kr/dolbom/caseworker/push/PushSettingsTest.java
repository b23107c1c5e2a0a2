package kr.dolbom.caseworker.push;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "https://fcm.googleapis.com/fcm/send/x, true",
        "https://updates.push.services.mozilla.com/wpush/v2/x, true",
        "https://web.push.apple.com/x, true",
        "http://fcm.googleapis.com/fcm/send/x, false",
        "https://user@fcm.googleapis.com/x, false",
        "https://fcm.googleapis.com.example.com/x, false",
        "https://push.apple.com.example.com/x, false",
        "https://127.0.0.1/x, false",
        "http://127.0.0.1/x, false",
        "file:///etc/passwd, false",
    })
    void aSubscriptionMustLeadToAKnownPushService(URI endpoint, boolean expected) {
        var settings = new PushSettings(
                List.of("fcm.googleapis.com", "*.push.services.mozilla.com", "*.push.apple.com"),
                "",
                Duration.ofMinutes(10),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5));

        assertEquals(expected, settings.isPushService(endpoint));
    }
}
