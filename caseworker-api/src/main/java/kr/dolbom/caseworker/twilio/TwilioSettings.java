package kr.dolbom.caseworker.twilio;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// The Twilio account, `DOLBOM_TWILIO_…`.
///
/// @param accountSid `AC` and 32 hexadecimal digits
/// @param authToken the account's secret, which also signs the webhooks
/// @param secondaryAuthToken the account's other secret while one is exchanged for the other: what it signs counts as
///     well; empty for none
/// @param from the number that calls and texts come from, E.164
/// @param baseUrl a stand-in for Twilio's API, such as the phone simulator; empty for Twilio itself
/// @param connectTimeout how long to wait for a connection
/// @param answerTimeout how long to wait for an answer; afterwards the attempt counts as failed
/// @param ringTimeout how long a phone rings, 5 s to 10 min
/// @param callsPerSecond how many calls a second the account may make, from 0.1; Twilio's own default is 1. All
///     instances keep to it together, and calls that wait for their turn go in the order of urgency
/// @param keyTimeout how long is waited for a key after everything was said, from 1 s
@ConfigurationProperties("dolbom.twilio")
public record TwilioSettings(
        @Bindable(defaultValue = "") String accountSid,
        @Bindable(defaultValue = "") String authToken,
        @Bindable(defaultValue = "") String secondaryAuthToken,
        @Bindable(defaultValue = "") String from,
        @Bindable(defaultValue = "") String baseUrl,
        @Bindable(defaultValue = "2s") Duration connectTimeout,
        @Bindable(defaultValue = "5s") Duration answerTimeout,
        @Bindable(defaultValue = "30s") Duration ringTimeout,
        @Bindable(defaultValue = "1") double callsPerSecond,
        @Bindable(defaultValue = "8s") Duration keyTimeout) {

    /// Refuses an account that cannot be one: without it no phone would ever ring.
    public TwilioSettings {
        check("DOLBOM_TWILIO_ACCOUNT_SID", accountSid, "AC[0-9a-fA-F]{32}", "AC and 32 hexadecimal digits");
        check("DOLBOM_TWILIO_FROM", from, "\\+[1-9][0-9]{6,14}", "a number such as +82212345678");
        if (authToken.isBlank()) {
            throw new IllegalArgumentException("DOLBOM_TWILIO_AUTH_TOKEN is not set, expected the account's token");
        }
        if (!(callsPerSecond >= 0.1)) {
            throw new IllegalArgumentException(
                    "DOLBOM_TWILIO_CALLS_PER_SECOND is %s, expected a number from 0.1".formatted(callsPerSecond));
        }
        if (!baseUrl.isEmpty() && !baseUrl.matches("https?://[^/?#]+/?")) {
            throw new IllegalArgumentException(
                    "DOLBOM_TWILIO_BASE_URL is '%s', expected scheme, host and port such as http://127.0.0.1:8090"
                            .formatted(baseUrl));
        }
    }

    private static void check(String name, String value, String pattern, String expected) {
        if (!value.matches(pattern)) {
            throw new IllegalArgumentException("%s is '%s', expected %s".formatted(name, value, expected));
        }
    }

    /// Without the token.
    @Override
    public String toString() {
        return "TwilioSettings[" + accountSid + "]";
    }
}
