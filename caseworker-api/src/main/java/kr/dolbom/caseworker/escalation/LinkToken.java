package kr.dolbom.caseworker.escalation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// The secret of a one-time link: 128 random bits. It stands in the text message alone; the database has its hash.
///
/// @param text 22 characters of base64url
public record LinkToken(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /// A new one.
    public static LinkToken generate() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return new LinkToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// SHA-256.
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Hides the secret from logs.
    @Override
    public String toString() {
        return "LinkToken[…]";
    }
}
