package kr.dolbom.contract.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What is stored of a device's secret: SHA-256 over salt and secret. A slow hash would gain nothing, since the secret
/// itself has 256 random bits and cannot be guessed.
///
/// Immutable.
public final class SecretHash {
    static final int SALT_BYTES = 16;

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

    static byte[] digest(byte[] salt, String secret) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            return sha.digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
