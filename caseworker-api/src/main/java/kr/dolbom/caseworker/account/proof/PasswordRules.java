package kr.dolbom.caseworker.account.proof;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which passwords may be chosen, in the spirit of NIST SP 800-63B: long ones that are not among the first that anybody
/// would try. No rules about kinds of letters, and no expiry.
public final class PasswordRules {
    /// The fewest characters.
    public static final int SHORTEST = 10;

    /// The most characters.
    public static final int LONGEST = 200;

    private static final Set<String> COMMON = read();

    private PasswordRules() {}

    /// What is wrong with a password: the key of a text, `password.…`; empty when it may be chosen.
    public static Optional<String> findTrouble(String login, String password) {
        String plain = password.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST) {
            return Optional.of("password.short");
        }
        if (length > LONGEST) {
            return Optional.of("password.long");
        }
        if (plain.contains(login.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", ""))
                && plain.length() < login.length() + SHORTEST) {
            return Optional.of("password.login");
        }
        if (password.chars().distinct().count() < 4
                || COMMON.contains(plain)
                || COMMON.contains(plain.replaceAll("[0-9]+$", ""))) {
            return Optional.of("password.common");
        }
        return Optional.empty();
    }

    private static Set<String> read() {
        try (InputStream file = PasswordRules.class.getResourceAsStream("common-passwords.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
