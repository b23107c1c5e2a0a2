package kr.dolbom.caseworker.push;

import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.VAPIDKeyPairs;
import com.zerodeplibs.webpush.key.PrivateKeySources;
import com.zerodeplibs.webpush.key.PublicKeySources;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.sql.Connection;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import org.jspecify.annotations.Nullable;

/// The key by which this platform proves itself to push services (VAPID, RFC 8292). It is made once,
/// when it is needed first, and kept in the database: every instance uses the same, and browsers stay
/// subscribed. Safe for use by many threads.
@Singleton
final class PushKey {
    private final Transactions transactions;
    private final Clock clock;
    private volatile @Nullable VAPIDKeyPair pair;

    PushKey(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// The key.
    VAPIDKeyPair get() {
        VAPIDKeyPair known = pair;
        if (known == null) {
            known = transactions.run(connection -> find(connection).orElseGet(() -> make(connection)));
            pair = known;
        }
        return known;
    }

    private static Optional<VAPIDKeyPair> find(Connection connection) {
        return Sql.on(connection, "select private_key, public_key from push_key")
                .find(row -> VAPIDKeyPairs.of(
                        PrivateKeySources.ofPKCS8Bytes(Base64.getDecoder().decode(row.text("private_key"))),
                        PublicKeySources.ofX509Bytes(Base64.getDecoder().decode(row.text("public_key")))));
    }

    private VAPIDKeyPair make(Connection connection) {
        KeyPair made = generate();
        // Two instances may come here at the same moment: the first one's key is everybody's.
        Sql.on(connection, """
                        insert into push_key (private_key, public_key, made_at) values (:private, :public, :now)
                        on conflict do nothing""")
                .with(
                        "private",
                        Base64.getEncoder().encodeToString(made.getPrivate().getEncoded()))
                .with(
                        "public",
                        Base64.getEncoder().encodeToString(made.getPublic().getEncoded()))
                .with("now", clock.instant())
                .update();
        return find(connection).orElseThrow();
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }
}
