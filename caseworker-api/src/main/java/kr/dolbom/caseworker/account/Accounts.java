package kr.dolbom.caseworker.account;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Optional;
import kr.dolbom.caseworker.audit.Actor;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import org.jspecify.annotations.Nullable;

/// The table of accounts.
@Singleton
public final class Accounts {
    /// Compared with when there is no such login, so that the answer takes as long.
    private static final String NOBODY = Passwords.hash("nobody");

    private final Transactions transactions;

    Accounts(Transactions transactions) {
        this.transactions = transactions;
    }

    /// The account with this login, if this is its password. A wrong one is noted in the audit log.
    ///
    /// @param address from which IP address it is tried
    Optional<Account> authenticate(String login, String password, String address) {
        Optional<Stored> stored = transactions.run(connection -> Sql.on(connection, """
                        select a.login, a.password_hash, a.role, a.caseworker_no, c.name, c.office_no
                          from account a left join caseworker c using (caseworker_no)
                         where a.login = :login""")
                .with("login", login)
                .find(row -> new Stored(
                        new Account(
                                row.text("login"),
                                row.text("role"),
                                row.findNumber("caseworker_no"),
                                row.findText("name"),
                                row.findNumber("office_no")),
                        row.text("password_hash"))));
        boolean right = Passwords.matches(password, stored.map(Stored::hash).orElse(NOBODY)) && stored.isPresent();
        if (!right) {
            // Whatever was typed may be a password by mistake: only a known login is noted.
            String actor = stored.map(s -> s.account().login()).orElse("unknown");
            transactions.run(connection -> {
                AuditLog.write(connection, new Actor(actor, address), "sign-in-refused", (Integer) null);
                return actor;
            });
            return Optional.empty();
        }
        return stored.map(Stored::account);
    }

    private record Stored(Account account, String hash) {}

    /// Adds an account.
    ///
    /// @param caseworkerNo the person who acts; null for an operator
    /// @return whether it was added: false when the login is taken
    public static boolean add(
            Connection connection, String login, String password, String role, @Nullable Integer caseworkerNo) {
        return Sql.on(connection, """
                        insert into account (login, password_hash, role, caseworker_no)
                        values (:login, :hash, :role, :caseworker)
                        on conflict (login) do nothing""")
                        .with("login", login)
                        .with("hash", Passwords.hash(password))
                        .with("role", role)
                        .with("caseworker", caseworkerNo)
                        .update()
                == 1;
    }
}
