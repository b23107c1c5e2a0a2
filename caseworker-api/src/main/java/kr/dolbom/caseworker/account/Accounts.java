package kr.dolbom.caseworker.account;

import java.sql.Connection;
import java.util.Optional;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// The table of accounts.
public final class Accounts {
    /// What [#read] reads of `account a left join caseworker c using (caseworker_no)`.
    public static final String COLUMNS = "a.account_no, a.account_id, a.login, a.role, a.caseworker_no, c.name, "
            + "coalesce(c.office_no, a.office_no) as office_no, a.vendor";

    private Accounts() {}

    /// An account of a row with [#COLUMNS].
    public static Account read(Row row) {
        return new Account(
                row.number("account_no"),
                row.uuid("account_id"),
                row.text("login"),
                row.text("role"),
                row.findNumber("caseworker_no"),
                row.findSecret("name", SecretColumn.CASEWORKER_NAME),
                row.findNumber("office_no"),
                row.findText("vendor"));
    }

    /// The account with this number, unless it is closed.
    public static Optional<Account> find(Connection connection, int accountNo) {
        return Sql.on(connection, """
                        select %s from account a left join caseworker c using (caseworker_no)
                         where a.account_no = :account and a.closed_at is null""".formatted(COLUMNS))
                .with("account", accountNo)
                .find(Accounts::read);
    }

    /// Adds an account whose password is its owner's.
    ///
    /// @param caseworkerNo the person who acts; null for who is no caseworker
    /// @return whether it was added: false when the login is taken
    public static boolean add(
            Connection connection, String login, String password, String role, @Nullable Integer caseworkerNo) {
        var account = new NewAccount(login, role, caseworkerNo, null, null, null);
        return add(connection, account, Passwords.hash(password), false);
    }

    /// An account to add.
    ///
    /// @param login the name to sign in with
    /// @param role one of [Role]
    /// @param caseworkerNo the person who acts; null for all but caseworkers and supervisors
    /// @param officeNo the one office that an auditor may see; null otherwise
    /// @param vendor whose devices a vendor may see; null otherwise
    /// @param email by which the city's own sign-in knows them; null for none
    public record NewAccount(
            String login,
            String role,
            @Nullable Integer caseworkerNo,
            @Nullable Integer officeNo,
            @Nullable String vendor,
            @Nullable String email) {}

    /// Adds an account.
    ///
    /// @param hash of the password, by [Passwords]: made before, as no transaction should wait meanwhile
    /// @param mustChange whether somebody else chose the password: then its owner has to choose another one first
    /// @return whether it was added: false when the login is taken
    public static boolean add(Connection connection, NewAccount account, String hash, boolean mustChange) {
        return Sql.on(connection, """
                        insert into account (login, password_hash, role, caseworker_no, office_no, vendor, email,
                                             must_change)
                        values (:login, :hash, :role, :caseworker, :office::int, :vendor::text, :email::text, :change)
                        on conflict (login) do nothing""")
                        .with("login", account.login())
                        .with("hash", hash)
                        .with("role", account.role())
                        .with("caseworker", account.caseworkerNo())
                        .with("office", account.officeNo())
                        .with("vendor", account.vendor())
                        .with("email", account.email())
                        .with("change", mustChange)
                        .update()
                == 1;
    }
}
