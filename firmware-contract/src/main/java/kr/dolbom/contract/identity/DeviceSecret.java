package kr.dolbom.contract.identity;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/// A device's secret: 256 random bits, which the device gives as its MQTT password.
///
/// @param text 43 characters of base64url without padding
public record DeviceSecret(String text) {
    private static final int LENGTH = 43;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+");
    private static final SecureRandom RANDOM = new SecureRandom();

    /// @throws IllegalArgumentException where the text is not of this form; the message does not repeat
    ///     it
    public DeviceSecret {
        if (text.length() != LENGTH) {
            throw new IllegalArgumentException(
                    "a device secret has %d characters, this has %d".formatted(LENGTH, text.length()));
        }
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a device secret has letters, digits, - and _ alone, as base64url has; this has others");
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
        return SecretHash.of(text);
    }

    /// Hides the secret from logs.
    @Override
    public String toString() {
        return "DeviceSecret[…]";
    }
}
