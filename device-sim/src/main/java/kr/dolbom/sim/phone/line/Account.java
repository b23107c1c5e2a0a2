package kr.dolbom.sim.phone.line;

import java.util.Objects;

/// The Twilio account that the simulator stands in for.
///
/// @param sid `AC` and 32 hexadecimal digits
/// @param authToken the shared secret: password of the REST API and key of the webhook signatures
/// @param secondaryAuthToken the other shared secret, while one is being exchanged for the other; empty for none
public record Account(String sid, String authToken, String secondaryAuthToken) {

    /// Refuses a SID or token that Twilio could not have issued.
    public Account {
        Objects.requireNonNull(sid, "sid");
        Objects.requireNonNull(authToken, "authToken");
        Objects.requireNonNull(secondaryAuthToken, "secondaryAuthToken");
        if (!sid.matches("AC[0-9a-fA-F]{32}")) {
            throw new IllegalArgumentException(
                    "Account SID \"%s\": expected AC and 32 hexadecimal digits".formatted(sid));
        }
        if (authToken.isBlank()) {
            throw new IllegalArgumentException("The auth token is empty: webhooks could not be signed");
        }
    }

    /// With one token alone.
    public Account(String sid, String authToken) {
        this(sid, authToken, "");
    }

    /// Whether there is a token to sign so.
    boolean canSign(Signer signer) {
        return signer != Signer.SECONDARY || !secondaryAuthToken.isEmpty();
    }

    String token(Signer signer) {
        return switch (signer) {
            case PRIMARY -> authToken;
            case SECONDARY -> secondaryAuthToken;
            case FORGED -> "not " + authToken;
        };
    }

    @Override
    public String toString() {
        return "Account[" + sid + "]";
    }
}
