package kr.dolbom.caseworker.account.desk;

import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
import kr.dolbom.caseworker.account.Passwords;
import kr.dolbom.caseworker.account.session.Sessions;
import kr.dolbom.caseworker.account.token.AccessTokens;
import kr.dolbom.caseworker.database.Sql;
import org.jspecify.annotations.Nullable;

/// Sets passwords. Whoever knew the old one is out: every session but one's own ends, every token is taken back.
public final class PasswordDesk {
    private PasswordDesk() {}

    /// Its owner chose another one.
    ///
    /// @param except the session that goes on; null for none
    public static void change(
            Connection connection, int accountNo, String password, @Nullable UUID except, Instant now) {
        set(connection, accountNo, password, false, except, now);
    }

    /// Somebody else chose one: its owner has to choose another one first.
    public static void reset(Connection connection, int accountNo, String password, Instant now) {
        set(connection, accountNo, password, true, null, now);
    }

    private static void set(
            Connection connection,
            int accountNo,
            String password,
            boolean mustChange,
            @Nullable UUID except,
            Instant now) {
        Sql.on(connection, """
                        update account set password_hash = :hash, must_change = :change, password_changed_at = :now
                         where account_no = :account""")
                .with("hash", Passwords.hash(password))
                .with("change", mustChange)
                .with("now", now)
                .with("account", accountNo)
                .update();
        Sessions.closeAll(connection, accountNo, except);
        AccessTokens.revokeAll(connection, accountNo);
    }
}
