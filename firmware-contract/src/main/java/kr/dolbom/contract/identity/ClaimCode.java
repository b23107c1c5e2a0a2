package kr.dolbom.contract.identity;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/// A one-time claim code: 130 random bits by which a device that has no secret yet enrols. It is
/// printed in the box, and given once as the MQTT password.
///
/// @param text 26 characters of Crockford's base32 (digits and capital letters without I, L, O and U),
///     ungrouped
public record ClaimCode(String text) {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 26;
    // 5 groups of 5 characters would leave one over.
    private static final int[] GROUPS = {5, 10, 15, 20};
    private static final SecureRandom RANDOM = new SecureRandom();

    /// @throws IllegalArgumentException where the text is not of this form; the message does not repeat
    ///     it
    public ClaimCode {
        if (text.length() != LENGTH || !text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
            throw new IllegalArgumentException(
                    "a claim code has 26 digits and letters without I, L, O and U; this one has not");
        }
    }

    /// A new code.
    public static ClaimCode generate() {
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return new ClaimCode(text.toString());
    }

    /// Reads a code as a person typed it: in either case, with hyphens and blanks anywhere, I and L for
    /// 1, O for 0.
    ///
    /// @return empty where it is no claim code; a device secret, which has 43 characters, never is one
    public static Optional<ClaimCode> find(String typed) {
        if (typed.length() > 3 * LENGTH) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(LENGTH);
        for (char c : typed.toUpperCase(Locale.ROOT).toCharArray()) {
            switch (c) {
                case '-', ' ' -> {}
                case 'I', 'L' -> text.append('1');
                case 'O' -> text.append('0');
                default -> {
                    if (ALPHABET.indexOf(c) < 0) {
                        return Optional.empty();
                    }
                    text.append(c);
                }
            }
        }
        return text.length() == LENGTH ? Optional.of(new ClaimCode(text.toString())) : Optional.empty();
    }

    /// The code as it is printed: `4KQ7M-0ZTX2-9RWHC-A3N5E-V8BJP6`.
    public String grouped() {
        StringBuilder grouped = new StringBuilder(text);
        for (int i = GROUPS.length - 1; i >= 0; i--) {
            grouped.insert(GROUPS[i], '-');
        }
        return grouped.toString();
    }

    /// What the registry stores of this code, with a new salt.
    public SecretHash hash() {
        return SecretHash.of(text);
    }

    /// Hides the code from logs.
    @Override
    public String toString() {
        return "ClaimCode[…]";
    }
}
