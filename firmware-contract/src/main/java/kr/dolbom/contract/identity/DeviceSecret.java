package kr.dolbom.contract.identity;

import java.security.SecureRandom;
import java.util.Base64;

/// A device's secret: 256 random bits, which the device gives as its MQTT password.
///
/// @param text 43 characters of base64url without padding
public record DeviceSecret(String text) {
    private static final int LENGTH = 43;
    private static final SecureRandom RANDOM = new SecureRandom();

    /// @throws IllegalArgumentException where the text has another length
    public DeviceSecret {
        if (text.length() != LENGTH) {
            throw new IllegalArgumentException(
                    "a device secret has %d characters, this has %d".formatted(LENGTH, text.length()));
        }
    }

    /// A new secret.
    public static DeviceSecret generate() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new DeviceSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// What the registry stores of this secret, with a new salt.
    public SecretHash hash() {
        byte[] salt = new byte[SecretHash.SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new SecretHash(salt, SecretHash.digest(salt, text));
    }

    /// Hides the secret from logs.
    @Override
    public String toString() {
        return "DeviceSecret[…]";
    }
}
