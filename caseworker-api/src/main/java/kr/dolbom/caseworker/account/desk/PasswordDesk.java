package kr.dolbom.caseworker.account.desk;

import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
import kr.dolbom.caseworker.account.session.Sessions;
import kr.dolbom.caseworker.account.token.AccessTokens;
import kr.dolbom.caseworker.database.Sql;
import org.jspecify.annotations.Nullable;

/// Sets passwords. Whoever knew the old one is out: every session but one's own ends, every token is taken back, and
/// one-time codes that somebody has begun to set up are forgotten.
///
/// Passwords come as hashes: `Passwords` takes its time for one, and no transaction should wait meanwhile.
public final class PasswordDesk {
    private PasswordDesk() {}

    /// Its owner chose another one.
    ///
    /// @param hash of the password
    /// @param except the session that goes on; null for none
    public static void change(Connection connection, int accountNo, String hash, @Nullable UUID except, Instant now) {
        set(connection, accountNo, hash, false, except, now);
    }

    /// Somebody else chose one: its owner has to choose another one first.
    ///
    /// @param hash of the password
    public static void reset(Connection connection, int accountNo, String hash, Instant now) {
        set(connection, accountNo, hash, true, null, now);
    }

    private static void set(
            Connection connection, int accountNo, String hash, boolean mustChange, @Nullable UUID except, Instant now) {
        Sql.on(connection, """
                        update account
                           set password_hash = :hash, must_change = :change, password_changed_at = :now,
                               totp_secret = case when totp_since is not null then totp_secret end, totp_session = null
                         where account_no = :account""")
                .with("hash", hash)
                .with("change", mustChange)
                .with("now", now)
                .with("account", accountNo)
                .update();
        Sessions.closeAll(connection, accountNo, except);
        AccessTokens.revokeAll(connection, accountNo);
    }
}
