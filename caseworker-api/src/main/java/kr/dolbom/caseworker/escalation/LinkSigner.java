package kr.dolbom.caseworker.escalation;

import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;

/// Signs one-time links, so that an invented one is known for what it is before anything is looked up.
///
/// A link must fit into a text of 90 bytes, hence 64 bits of randomness and the first 64 bits of their HMAC-SHA-256
/// (RFC 2104; truncation as in its section 5). The key is made once and kept in the database: every instance uses the
/// same. Safe for use by many threads.
@Singleton
public final class LinkSigner {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int RANDOM_BYTES = 8;
    private static final int SIGNATURE_BYTES = 8;
    private static final int KEY_BYTES = 32;

    private final Transactions transactions;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private SecretKeySpec key = new SecretKeySpec(new byte[KEY_BYTES], ALGORITHM);

    /// Signs by an empty key until [#load()] has read the one of the database.
    public LinkSigner(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @PostConstruct
    void load() {
        key = transactions.run(this::findOrMake);
    }

    /// A new one.
    public LinkToken issue() {
        byte[] value = new byte[RANDOM_BYTES];
        random.nextBytes(value);
        byte[] signed = ByteBuffer.allocate(RANDOM_BYTES + SIGNATURE_BYTES)
                .put(value)
                .put(sign(value))
                .array();
        return new LinkToken(Base64.getUrlEncoder().withoutPadding().encodeToString(signed));
    }

    /// The token with this text; empty when we have not signed it.
    public Optional<LinkToken> verify(String text) {
        byte[] signed;
        try {
            signed = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (signed.length != RANDOM_BYTES + SIGNATURE_BYTES) {
            return Optional.empty();
        }
        byte[] expected = sign(Arrays.copyOf(signed, RANDOM_BYTES));
        byte[] signature = Arrays.copyOfRange(signed, RANDOM_BYTES, signed.length);
        return MessageDigest.isEqual(expected, signature) ? Optional.of(new LinkToken(text)) : Optional.empty();
    }

    private SecretKeySpec findOrMake(Connection connection) {
        byte[] made = new byte[KEY_BYTES];
        random.nextBytes(made);
        // Two instances may come here at the same moment: the first one's key is everybody's.
        Sql.on(connection, "insert into link_key (key, made_at) values (:key, :now) on conflict do nothing")
                .with("key", made)
                .with("now", clock.instant())
                .update();
        return Sql.on(connection, "select key from link_key")
                .get(row -> new SecretKeySpec(row.bytes("key"), ALGORITHM));
    }

    private byte[] sign(byte[] value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(value), SIGNATURE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
