package kr.dolbom.caseworker.twilio;

import com.twilio.security.RequestValidator;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tells Twilio's webhooks from others'. While one auth token is exchanged for the other, a signature by either counts.
/// Safe for use by many threads.
@Singleton
final class Signatures {
    private final List<RequestValidator> validators;
    private final AtomicLong refused = new AtomicLong();

    Signatures(TwilioSettings settings) {
        validators = Stream.of(settings.authToken(), settings.secondaryAuthToken())
                .filter(token -> !token.isBlank())
                .map(RequestValidator::new)
                .toList();
    }

    /// Whether a webhook is Twilio's; one that is not is counted.
    ///
    /// @param url the address that was called, as Twilio knows it: the public one, whatever a proxy made of it
    /// @param form what came with it
    /// @param signature what it was signed with; null for nothing
    boolean accept(String url, Map<String, String> form, @Nullable String signature) {
        boolean genuine = signature != null
                && validators.stream().anyMatch(validator -> validator.validate(url, form, signature));
        if (!genuine) {
            refused.incrementAndGet();
        }
        return genuine;
    }

    /// How many were refused since this program began.
    long refused() {
        return refused.get();
    }
}
