package kr.dolbom.broker.registry;

import java.time.Instant;
import kr.dolbom.contract.identity.SecretHash;
import org.jspecify.annotations.Nullable;

/// One of the things by which a device proves itself. One that was dropped does not exist here.
public sealed interface Credential {
    /// The database's own number; a later one is newer.
    int number();

    /// Until when it is valid; null: for ever.
    @Nullable Instant expires();

    /// Whether it is still valid.
    default boolean isValid(Instant now) {
        Instant end = expires();
        return end == null || now.isBefore(end);
    }

    /// The password of every day.
    ///
    /// @param hash its hash
    record Secret(int number, @Nullable Instant expires, SecretHash hash) implements Credential {}

    /// A one-time claim code, by which a device enrols.
    ///
    /// @param hash its hash
    record Claim(int number, @Nullable Instant expires, SecretHash hash) implements Credential {}

    /// A TLS client certificate whose common name is the device id.
    ///
    /// @param fingerprint SHA-256 in lower-case hexadecimal digits; null: any certificate of a trusted
    ///     issuer
    record Certificate(
            int number, @Nullable Instant expires, @Nullable String fingerprint) implements Credential {}
}
