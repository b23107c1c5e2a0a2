package kr.dolbom.caseworker.account.desk;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Account;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Passwords;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.account.proof.OneTimeCodes;
import kr.dolbom.caseworker.account.proof.Proofs;
import kr.dolbom.caseworker.account.session.Sessions;
import kr.dolbom.caseworker.account.token.AccessTokens;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// What operators do with all accounts, and supervisors with those of their own office's people. An account that
/// somebody may not touch is answered as one that does not exist.
@Singleton
public final class AccountDesk {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int FIRST_PASSWORD_LETTERS = 16;
    private static final int GROUP = 4;

    /// The border of every query: the viewer's office, or none for an operator.
    private static final String MINE =
            " (:office::int is null or (c.office_no = :office and a.role in ('caseworker', 'supervisor')))";

    private final Transactions transactions;
    private final Clock clock;

    AccountDesk(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// An account in the list.
    ///
    /// @param account who it is
    /// @param office the office's short name; empty for none
    /// @param email by which the city's own sign-in knows them; null for none
    /// @param hasCodes whether it has one-time codes
    /// @param mustChange whether its owner has not chosen a password yet
    /// @param closedAt since when it is closed; null while it is not
    /// @param hasLeft whether it is of a caseworker who has left: then it is closed for good
    /// @param seenAt when somebody was last signed in with it, as far as a session is left; null otherwise
    public record Entry(
            Account account,
            String office,
            @Nullable String email,
            boolean hasCodes,
            boolean mustChange,
            @Nullable Instant closedAt,
            boolean hasLeft,
            @Nullable Instant seenAt) {}

    /// Somebody who works for an office and has no account.
    ///
    /// @param caseworkerId the public id
    /// @param name without a title
    /// @param office the office's short name
    public record Person(UUID caseworkerId, String name, String office) {}

    /// A password that is told once.
    ///
    /// @param login whose
    /// @param password what to sign in with the first time
    public record FirstPassword(String login, String password) {}

    /// All accounts that the viewer keeps.
    public List<Entry> list(Viewer viewer) {
        return transactions.run(connection -> Sql.on(connection, """
                        select %s, a.email, a.totp_since is not null as has_codes, a.must_change, a.closed_at,
                               c.left_at is not null as has_left,
                               coalesce(o.short_name, '') as office,
                               (select max(s.seen_at) from account_session s where s.account_no = a.account_no) as seen_at
                          from account a left join caseworker c using (caseworker_no)
                               left join office o on o.office_no = coalesce(c.office_no, a.office_no)
                         where %s order by a.closed_at nulls first, a.login""".formatted(Accounts.COLUMNS, MINE))
                .with("office", viewer.officeNo())
                .list(AccountDesk::read));
    }

    /// The people of the viewer's offices who have no account.
    public List<Person> listWithout(Viewer viewer) {
        return transactions.run(connection -> Sql.on(connection, """
                        select c.caseworker_id, c.name, o.short_name from caseworker c join office o using (office_no)
                         where not exists (select from account a where a.caseworker_no = c.caseworker_no)
                           and c.left_at is null and (:office::int is null or c.office_no = :office)
                         order by c.caseworker_no""")
                .with("office", viewer.officeNo())
                .list(row -> new Person(
                        row.uuid("caseworker_id"),
                        row.secret("name", SecretColumn.CASEWORKER_NAME),
                        row.text("short_name"))));
    }

    /// What an account to add is for.
    ///
    /// @param login the name to sign in with
    /// @param role one of [Role]
    /// @param caseworkerId the person of a caseworker's or supervisor's account; null otherwise
    /// @param officeId the one office of an auditor; null otherwise
    /// @param vendor a vendor as devices name it; null otherwise
    /// @param email by which the city's own sign-in knows them; null for none
    public record Wanted(
            String login,
            String role,
            @Nullable UUID caseworkerId,
            @Nullable UUID officeId,
            @Nullable String vendor,
            @Nullable String email) {}

    /// Adds an account.
    ///
    /// @return the password to tell its owner, who has to choose another one first
    public FirstPassword add(Viewer viewer, Wanted wanted) {
        if (!wanted.login().matches("[a-z0-9][a-z0-9.-]{2,39}")) {
            throw Problem.invalid("login", wanted.login(), "3 to 40 of a-z, 0-9, dot and hyphen");
        }
        String password = firstPassword();
        String hash = Passwords.hash(password);
        return transactions.run(connection -> {
            if (!Accounts.add(connection, checked(connection, viewer, wanted), hash, true)) {
                throw Problem.duplicate("login", wanted.login());
            }
            note(connection, viewer, "account-added", wanted.login());
            return new FirstPassword(wanted.login(), password);
        });
    }

    private static Accounts.NewAccount checked(Connection connection, Viewer viewer, Wanted wanted) {
        boolean isPerson = wanted.role().equals(Role.CASEWORKER);
        boolean isAllowed = isPerson
                || (viewer.account().role().equals(Role.OPERATOR)
                        && List.of(Role.OPERATOR, Role.AUDITOR, Role.VENDOR).contains(wanted.role()));
        if (!isAllowed) {
            throw Problem.invalid("role", wanted.role(), "a role that you may give");
        }
        Integer caseworker = null;
        if (isPerson) {
            caseworker = Sql.on(connection, """
                            select caseworker_no from caseworker c
                             where caseworker_id = :caseworker and left_at is null
                               and (:office::int is null or c.office_no = :office)
                               and not exists (select from account a where a.caseworker_no = c.caseworker_no)""")
                    .with("caseworker", wanted.caseworkerId())
                    .with("office", viewer.officeNo())
                    .find(row -> row.number("caseworker_no"))
                    .orElseThrow(() -> Problem.invalid(
                            "caseworkerId", wanted.caseworkerId(), "somebody of your offices without an account"));
        }
        Integer office = null;
        if (wanted.role().equals(Role.AUDITOR) && wanted.officeId() != null) {
            office = Sql.on(connection, "select office_no from office where office_id = :office")
                    .with("office", wanted.officeId())
                    .find(row -> row.number("office_no"))
                    .orElseThrow(() -> Problem.invalid("officeId", wanted.officeId(), "the id of an office"));
        }
        String vendor = wanted.role().equals(Role.VENDOR) ? wanted.vendor() : null;
        if (wanted.role().equals(Role.VENDOR) && (vendor == null || vendor.isBlank())) {
            throw Problem.invalid("vendor", wanted.vendor(), "the vendor's name as devices have it");
        }
        if (wanted.email() != null
                && Sql.on(connection, "select from account where lower(email) = lower(:email)")
                        .with("email", wanted.email())
                        .find(row -> true)
                        .isPresent()) {
            throw Problem.duplicate("email", wanted.email());
        }
        return new Accounts.NewAccount(wanted.login(), wanted.role(), caseworker, office, vendor, wanted.email());
    }

    /// Gives an account another password, which is told once; whoever is signed in with it is out.
    public FirstPassword reset(Viewer viewer, UUID accountId) {
        String password = firstPassword();
        String hash = Passwords.hash(password);
        return transactions.run(connection -> {
            Account account = get(connection, viewer, accountId);
            reset(connection, viewer, account, hash);
            return new FirstPassword(account.login(), password);
        });
    }

    private void reset(Connection connection, Viewer viewer, Account account, String hash) {
        PasswordDesk.reset(connection, account.accountNo(), hash, clock.instant());
        Proofs.unlock(connection, account.login());
        note(connection, viewer, "account-password-reset", account.login());
    }

    /// Forgets wrong attempts, so that its owner need not wait.
    public void unlock(Viewer viewer, UUID accountId) {
        change(
                viewer,
                accountId,
                "account-unlocked",
                (connection, account) -> Proofs.unlock(connection, account.login()));
    }

    /// Asks for no one-time codes any more: for whoever lost their telephone and the recovery codes.
    public void removeCodes(Viewer viewer, UUID accountId) {
        change(viewer, accountId, "account-codes-removed", (connection, account) -> {
            OneTimeCodes.remove(connection, account.accountNo());
            Sessions.closeAll(connection, account.accountNo(), null);
        });
    }

    /// Signs an account out everywhere.
    public void signOut(Viewer viewer, UUID accountId) {
        change(viewer, accountId, "account-signed-out", (connection, account) -> {
            Sessions.closeAll(connection, account.accountNo(), null);
            AccessTokens.revokeAll(connection, account.accountNo());
        });
    }

    /// Makes a caseworker a supervisor, or the other way round.
    ///
    /// @param role `caseworker` or `supervisor`
    public void setRole(Viewer viewer, UUID accountId, String role) {
        if (!role.equals(Role.CASEWORKER) && !role.equals(Role.SUPERVISOR)) {
            throw Problem.invalid("role", role, "caseworker or supervisor");
        }
        notOneself(viewer, accountId);
        change(viewer, accountId, "account-role-changed", (connection, account) -> {
            if (account.caseworkerNo() == null) {
                throw Problem.conflict("Account %s belongs to no caseworker.".formatted(account.login()));
            }
            Sql.on(connection, "update caseworker set duty = :duty where caseworker_no = :caseworker")
                    .with("duty", role)
                    .with("caseworker", account.caseworkerNo())
                    .update();
        });
    }

    /// Closes an account: nobody signs in with it any more.
    public void close(Viewer viewer, UUID accountId) {
        notOneself(viewer, accountId);
        change(
                viewer,
                accountId,
                "account-closed",
                (connection, account) -> close(connection, account.accountNo(), clock.instant()));
    }

    /// Closes the account of a caseworker who leaves, for good. The login stays theirs, as the audit log knows them by
    /// it; the address and the subject by which the city's own sign-in knew them do not.
    public static void leave(Connection connection, int caseworkerNo, Instant now) {
        Sql.on(connection, "select account_no from account where caseworker_no = :caseworker for update")
                .with("caseworker", caseworkerNo)
                .list(row -> row.number("account_no"))
                .forEach(accountNo -> {
                    Sql.on(
                                    connection,
                                    "update account set email = null, openid_subject = null where account_no = :account")
                            .with("account", accountNo)
                            .update();
                    OneTimeCodes.remove(connection, accountNo);
                    close(connection, accountNo, now);
                });
    }

    private static void close(Connection connection, int accountNo, Instant now) {
        Sql.on(connection, "update account set closed_at = coalesce(closed_at, :now) where account_no = :account")
                .with("now", now)
                .with("account", accountNo)
                .update();
        Sessions.closeAll(connection, accountNo, null);
        AccessTokens.revokeAll(connection, accountNo);
    }

    /// Opens a closed account again, with another password: the one before opens nothing meanwhile.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when it is of a caseworker who has left
    public FirstPassword reopen(Viewer viewer, UUID accountId) {
        String password = firstPassword();
        String hash = Passwords.hash(password);
        return transactions.run(connection -> {
            Account account = get(connection, viewer, accountId);
            boolean hasLeft = Sql.on(connection, """
                            select exists (select from caseworker where caseworker_no = :caseworker::int
                                            and left_at is not null) as left""")
                    .with("caseworker", account.caseworkerNo())
                    .get(row -> row.flag("left"));
            if (hasLeft) {
                throw Problem.conflict(
                        "Account %s is of somebody who has left; add them anew.".formatted(account.login()),
                        "error.account-left");
            }
            Sql.on(connection, "update account set closed_at = null where account_no = :account")
                    .with("account", account.accountNo())
                    .update();
            note(connection, viewer, "account-reopened", account.login());
            reset(connection, viewer, account, hash);
            return new FirstPassword(account.login(), password);
        });
    }

    private static void notOneself(Viewer viewer, UUID accountId) {
        if (viewer.account().accountId().equals(accountId)) {
            throw Problem.conflict("This is your own account; somebody else has to do that.");
        }
    }

    private interface Change {
        void apply(Connection connection, Account account);
    }

    private void change(Viewer viewer, UUID accountId, String action, Change change) {
        transactions.run(connection -> {
            Account account = get(connection, viewer, accountId);
            change.apply(connection, account);
            note(connection, viewer, action, account.login());
            return account;
        });
    }

    private static Account get(Connection connection, Viewer viewer, UUID accountId) {
        return Sql.on(connection, """
                        select %s from account a left join caseworker c using (caseworker_no)
                         where a.account_id = :account and %s for update of a""".formatted(Accounts.COLUMNS, MINE))
                .with("account", accountId)
                .with("office", viewer.officeNo())
                .find(Accounts::read)
                .orElseThrow(() -> Problem.notFound("account", accountId));
    }

    private static void note(Connection connection, Viewer viewer, String action, String login) {
        AuditLog.write(connection, viewer.actor(), action, null, Map.of("account", login));
    }

    private static String firstPassword() {
        var password = new StringBuilder();
        for (int i = 0; i < FIRST_PASSWORD_LETTERS; i++) {
            password.append(i > 0 && i % GROUP == 0 ? "-" : "")
                    .append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return password.toString();
    }

    private static Entry read(Row row) {
        return new Entry(
                Accounts.read(row),
                row.text("office"),
                row.findText("email"),
                row.flag("has_codes"),
                row.flag("must_change"),
                row.findInstant("closed_at"),
                row.flag("has_left"),
                row.findInstant("seen_at"));
    }
}
