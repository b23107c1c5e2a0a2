package kr.dolbom.caseworker.escalation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The secret of a one-time link: 64 random bits and our signature of them, see [LinkSigner]. It stands in the message
/// alone; the database has its hash.
///
/// @param text 22 characters of base64url
public record LinkToken(String text) {

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
