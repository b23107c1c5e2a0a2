package kr.dolbom.sim.phone.line;

import java.util.Objects;

/// The Twilio account that the simulator stands in for.
///
/// @param sid `AC` and 32 hexadecimal digits
/// @param authToken the shared secret: password of the REST API and key of the webhook signatures
public record Account(String sid, String authToken) {

    /// Refuses a SID or token that Twilio could not have issued.
    public Account {
        Objects.requireNonNull(sid, "sid");
        Objects.requireNonNull(authToken, "authToken");
        if (!sid.matches("AC[0-9a-fA-F]{32}")) {
            throw new IllegalArgumentException(
                    "Account SID \"%s\": expected AC and 32 hexadecimal digits".formatted(sid));
        }
        if (authToken.isBlank()) {
            throw new IllegalArgumentException("The auth token is empty: webhooks could not be signed");
        }
    }

    @Override
    public String toString() {
        return "Account[" + sid + "]";
    }
}
