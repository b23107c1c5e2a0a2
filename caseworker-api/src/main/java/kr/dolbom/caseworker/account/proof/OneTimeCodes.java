package kr.dolbom.caseworker.account.proof;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import jakarta.inject.Singleton;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.crypto.spec.SecretKeySpec;
import kr.dolbom.caseworker.account.RandomToken;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.secrecy.SecretColumn;

/// One-time codes of a telephone (RFC 6238: six digits, 30 s, SHA-1) and the recovery codes for whoever lost it. A code
/// is good in its own 30 s and the ones before and after, once. Safe for use by many threads.
@Singleton
public final class OneTimeCodes {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 20;
    private static final int STEP_SECONDS = 30;
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_LETTERS = 16;
    private static final int RECOVERY_GROUP = 4;

    private final TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator();
    private final Clock clock;

    OneTimeCodes(Clock clock) {
        this.clock = clock;
    }

    /// Whether an account is asked for codes.
    public static boolean areOn(Connection connection, int accountNo) {
        return Sql.on(connection, "select totp_since is not null as on from account where account_no = :account")
                .with("account", accountNo)
                .get(row -> row.flag("on"));
    }

    /// A new secret that waits to be confirmed, in letters of base 32. It is told to this session alone; the one before
    /// is good no more.
    ///
    /// @return empty when the account is asked for codes already
    public Optional<String> begin(Connection connection, int accountNo, UUID sessionId) {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        String secret = Base32.encode(bytes);
        int begun = Sql.on(connection, """
                        update account set totp_secret = :secret, totp_session = :session
                         where account_no = :account and totp_since is null""")
                .with("secret", SecretColumn.SIGN_IN_SECRET.of(secret))
                .with("session", sessionId)
                .with("account", accountNo)
                .update();
        return begun == 1 ? Optional.of(secret) : Optional.empty();
    }

    /// The secret that waits, for whoever mistyped the code; empty for any session but the one in which it was told.
    public Optional<String> findPending(Connection connection, int accountNo, UUID sessionId) {
        return Sql.on(connection, """
                        select totp_secret from account
                         where account_no = :account and totp_since is null and totp_session = :session
                           and totp_secret is not null""")
                .with("account", accountNo)
                .with("session", sessionId)
                .find(row -> row.secret("totp_secret", SecretColumn.SIGN_IN_SECRET));
    }

    /// Asks for codes from now on, if this is one of the telephone's that was told the secret in this session.
    ///
    /// @return recovery codes, told this once only; empty when the code is wrong
    public Optional<List<String>> confirm(Connection connection, int accountNo, UUID sessionId, String code) {
        if (findPending(connection, accountNo, sessionId).isEmpty() || !useCode(connection, accountNo, code)) {
            return Optional.empty();
        }
        Sql.on(connection, "update account set totp_since = :now, totp_session = null where account_no = :account")
                .with("now", clock.instant())
                .with("account", accountNo)
                .update();
        return Optional.of(renewRecovery(connection, accountNo));
    }

    /// Asks for no codes any more.
    public static void remove(Connection connection, int accountNo) {
        Sql.on(connection, """
                        update account set totp_secret = null, totp_since = null, totp_session = null, totp_step = 0
                         where account_no = :account""").with("account", accountNo).update();
        Sql.on(connection, "delete from recovery_code where account_no = :account")
                .with("account", accountNo)
                .update();
    }

    /// Ten new recovery codes; the ones before are good no more.
    public List<String> renewRecovery(Connection connection, int accountNo) {
        Sql.on(connection, "delete from recovery_code where account_no = :account")
                .with("account", accountNo)
                .update();
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            byte[] bytes = new byte[RECOVERY_LETTERS * 5 / 8];
            RANDOM.nextBytes(bytes);
            String letters = Base32.encode(bytes).toLowerCase(Locale.ROOT);
            Sql.on(connection, "insert into recovery_code (account_no, code_hash) values (:account, :hash)")
                    .with("account", accountNo)
                    .with("hash", RandomToken.hash(letters))
                    .update();
            codes.add(letters.replaceAll("(.{" + RECOVERY_GROUP + "})(?!$)", "$1-"));
        }
        return codes;
    }

    /// How many recovery codes are left.
    public static int countRecovery(Connection connection, int accountNo) {
        return Sql.on(connection, """
                        select count(*)::int as left from recovery_code
                         where account_no = :account and used_at is null""").with("account", accountNo).get(row -> row.number("left"));
    }

    /// Uses a code of the telephone or a recovery code.
    ///
    /// @return whether it is right and was not used before
    boolean use(Connection connection, int accountNo, String typed) {
        String code = typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
        return code.length() == RECOVERY_LETTERS
                ? useRecovery(connection, accountNo, code)
                : areOn(connection, accountNo) && useCode(connection, accountNo, code);
    }

    private boolean useRecovery(Connection connection, int accountNo, String code) {
        return Sql.on(connection, """
                        update recovery_code set used_at = :now
                         where account_no = :account and code_hash = :hash and used_at is null""")
                        .with("now", clock.instant())
                        .with("account", accountNo)
                        .with("hash", RandomToken.hash(code))
                        .update()
                == 1;
    }

    private boolean useCode(Connection connection, int accountNo, String typed) {
        String code = typed.replaceAll("\\s", "");
        Optional<String> secret = findSecret(connection, accountNo);
        if (secret.isEmpty() || !code.matches("[0-9]{6}")) {
            return false;
        }
        var key = new SecretKeySpec(Base32.decode(secret.get()), generator.getAlgorithm());
        long now = clock.instant().getEpochSecond() / STEP_SECONDS;
        return LongStream.rangeClosed(now - 1, now + 1)
                .filter(step -> RandomToken.same(at(key, step), code))
                .anyMatch(step -> Sql.on(connection, """
                                update account set totp_step = :step
                                 where account_no = :account and totp_step < :step""")
                                .with("step", step)
                                .with("account", accountNo)
                                .update()
                        == 1);
    }

    private String at(SecretKeySpec key, long step) {
        try {
            return generator.generateOneTimePasswordString(key, Instant.ofEpochSecond(step * STEP_SECONDS));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("the secret of one-time codes is no key", e);
        }
    }

    private static Optional<String> findSecret(Connection connection, int accountNo) {
        return Sql.on(connection, """
                        select totp_secret from account where account_no = :account and totp_secret is not null""")
                .with("account", accountNo)
                .find(row -> row.secret("totp_secret", SecretColumn.SIGN_IN_SECRET));
    }
}
