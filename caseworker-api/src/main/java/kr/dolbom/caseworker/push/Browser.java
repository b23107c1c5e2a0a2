package kr.dolbom.caseworker.push;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/// A browser in which somebody wants messages.
///
/// @param subscriptionId the public id of the subscription
/// @param endpoint where its push service takes messages
/// @param publicKey its half of the key agreement (`p256dh`), base64url
/// @param authSecret its secret (`auth`), base64url
/// @param subscribedAt since when
record Browser(UUID subscriptionId, URI endpoint, String publicKey, String authSecret, Instant subscribedAt) {
    /// Without what it takes to send to it.
    @Override
    public String toString() {
        return "Browser[" + subscriptionId + "]";
    }
}
