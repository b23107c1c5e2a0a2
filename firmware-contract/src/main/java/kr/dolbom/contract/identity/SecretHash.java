package kr.dolbom.contract.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/// What is stored of a device's secret or claim code: SHA-256 over salt and secret. A slow hash would
/// gain nothing, since what is hashed has 256 or 130 random bits and cannot be guessed.
///
/// Immutable.
public final class SecretHash {
    static final int SALT_BYTES = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] salt;
    private final byte[] hash;

    /// @param salt 16 bytes
    /// @param hash 32 bytes
    public SecretHash(byte[] salt, byte[] hash) {
        if (salt.length != SALT_BYTES || hash.length != 32) {
            throw new IllegalArgumentException(
                    "salt of %d and hash of %d bytes, expected 16 and 32".formatted(salt.length, hash.length));
        }
        this.salt = salt.clone();
        this.hash = hash.clone();
    }

    /// The hash of a secret, with a new salt.
    static SecretHash of(String secret) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new SecretHash(salt, digest(salt, secret));
    }

    /// Whether a given password is the secret; takes the same time whether it is or not.
    public boolean matches(String password) {
        return MessageDigest.isEqual(hash, digest(salt, password));
    }

    /// The salt, 16 bytes.
    public byte[] salt() {
        return salt.clone();
    }

    /// The hash, 32 bytes.
    public byte[] hash() {
        return hash.clone();
    }

    private static byte[] digest(byte[] salt, String secret) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            return sha.digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
