package kr.dolbom.caseworker.account.proof;

import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kr.dolbom.caseworker.account.Account;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Passwords;
import kr.dolbom.caseworker.account.RandomToken;
import kr.dolbom.caseworker.audit.Actor;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import org.jspecify.annotations.Nullable;

/// Judges by what somebody wants to prove who they are. Safe for use by many threads.
@Singleton
public final class Proofs {
    /// Compared with when there is no such login, so that the answer takes as long.
    private static final String NOBODY = Passwords.hash("nobody");

    /// How long a browser is known in which nobody signs in.
    public static final Duration BROWSER_MEMORY = Duration.ofDays(365);

    private static final String SELECT = """
            select %s, a.password_hash, a.must_change, a.totp_since
              from account a left join caseworker c using (caseworker_no)
             where a.closed_at is null""".formatted(Accounts.COLUMNS);

    private final Transactions transactions;
    private final OneTimeCodes codes;
    private final Clock clock;
    private final List<String> enrolRoles;

    Proofs(
            Transactions transactions,
            OneTimeCodes codes,
            Clock clock,
            @Property(name = "dolbom.totp.roles", defaultValue = "") String enrolRoles) {
        this.transactions = transactions;
        this.codes = codes;
        this.clock = clock;
        this.enrolRoles = List.of(enrolRoles.strip().split("\\s*,\\s*", -1));
    }

    /// Who tries, from where.
    ///
    /// @param address an IP address
    /// @param browser the cookie of a browser in which somebody signed in before; null for none
    public record From(String address, @Nullable String browser) {}

    /// Judges a login and a password. A right one costs no attempt.
    public Verdict password(String login, String password, From from) {
        Attempts.Begun begun = begin(login, from, Step.PASSWORD);
        Optional<Stored> stored = transactions.run(connection -> Sql.on(connection, SELECT + " and a.login = :login")
                .with("login", login)
                .find(this::read));
        return switch (begun) {
            case Attempts.Begun.Waits waits -> new Verdict.Wait(waits.until());
            case Attempts.Begun.Counted counted -> {
                boolean isRight =
                        Passwords.matches(password, stored.map(Stored::hash).orElse(NOBODY));
                if (isRight && stored.isPresent()) {
                    takeBack(counted);
                    yield stored.get().verdict();
                }
                // Whatever was typed may be a password by mistake: only a known login is noted.
                note(stored.map(one -> one.verdict().account().login()).orElse("unknown"), from, "sign-in-refused");
                yield new Verdict.Wrong();
            }
        };
    }

    /// Judges a one-time code, or a recovery code, of an account whose password was right. Codes are counted apart from
    /// passwords: a stranger who tries those keeps nobody from giving theirs.
    public Verdict code(Account account, String code, From from) {
        return switch (begin(account.login(), from, Step.CODE)) {
            case Attempts.Begun.Waits waits -> new Verdict.Wait(waits.until());
            case Attempts.Begun.Counted counted -> {
                if (transactions.run(connection -> codes.use(connection, account.accountNo(), code))) {
                    takeBack(counted);
                    yield transactions.run(connection -> right(connection, account.accountNo()));
                }
                note(account.login(), from, "sign-in-code-refused");
                yield new Verdict.Wrong();
            }
        };
    }

    /// Judges the password of somebody who is signed in and asked for it once more. Wrong ones are
    /// counted by themselves, apart from those at the page to sign in.
    public Verdict passwordAgain(Account account, String password, String address) {
        var lane = Lane.ofSignedIn(account.login());
        Attempts.Begun begun =
                transactions.run(connection -> Attempts.begin(connection, List.of(lane), clock.instant()));
        if (begun instanceof Attempts.Begun.Waits waits) {
            return new Verdict.Wait(waits.until());
        }
        Stored stored = transactions.run(connection -> get(connection, account.accountNo()));
        if (!Passwords.matches(password, stored.hash())) {
            note(account.login(), new From(address, null), "password-refused");
            return new Verdict.Wrong();
        }
        return transactions.run(connection -> {
            Attempts.forget(connection, lane);
            return stored.verdict();
        });
    }

    /// What is still due of an account that proved itself.
    public Verdict.Right right(Connection connection, int accountNo) {
        return get(connection, accountNo).verdict();
    }

    /// Whether this is the password of an account whose owner is signed in.
    public boolean isPasswordOf(int accountNo, String password) {
        return Passwords.matches(
                password,
                transactions.run(connection -> get(connection, accountNo)).hash());
    }

    private Stored get(Connection connection, int accountNo) {
        return Sql.on(connection, SELECT + " and a.account_no = :account")
                .with("account", accountNo)
                .get(this::read);
    }

    /// Somebody is in: forgets wrong attempts at their account and knows the browser from now on. What was counted for
    /// the address stays: right attempts were taken back, and those of others are not theirs to forget.
    public void succeeded(Connection connection, Account account, From from) {
        Instant now = clock.instant();
        String browser = from.browser();
        String known = knownBrowser(connection, account.login(), from);
        Attempts.forget(connection, Step.PASSWORD.lane(account.login(), known), Step.CODE.lane(account.login(), known));
        if (browser != null) {
            Sql.on(connection, """
                            insert into known_browser (browser_hash, account_no, seen_at)
                            values (:browser, :account, :now)
                            on conflict (browser_hash, account_no) do update set seen_at = excluded.seen_at""")
                    .with("browser", RandomToken.hash(browser))
                    .with("account", account.accountNo())
                    .with("now", now)
                    .update();
        }
    }

    /// Lets an account be tried again at once.
    public static void unlock(Connection connection, String login) {
        Attempts.forget(connection, Lane.ofLogin(login), Lane.ofCode(login, null), Lane.ofSignedIn(login));
    }

    /// Removes what counts for nothing any more: lanes that are forgotten, and browsers in which nobody has signed in
    /// for [#BROWSER_MEMORY].
    ///
    /// @return how many rows
    public static int prune(Connection connection, Instant now) {
        return Attempts.prune(connection, now)
                + Sql.on(connection, "delete from known_browser where seen_at < :forgotten")
                        .with("forgotten", now.minus(BROWSER_MEMORY))
                        .update();
    }

    /// What is judged, each counted in lanes of its own.
    private enum Step {
        PASSWORD,
        CODE;

        Lane lane(String login, @Nullable String knownBrowser) {
            return switch (this) {
                case PASSWORD -> knownBrowser == null ? Lane.ofLogin(login) : Lane.ofBrowser(knownBrowser, login);
                case CODE -> Lane.ofCode(login, knownBrowser);
            };
        }
    }

    private Attempts.Begun begin(String login, From from, Step step) {
        Instant now = clock.instant();
        return transactions.run(connection -> {
            String known = knownBrowser(connection, login, from);
            Lane own = step.lane(login, known);
            // A known browser is not kept out by strangers who share its address.
            return Attempts.begin(
                    connection, known != null ? List.of(own) : List.of(own, Lane.ofAddress(from.address())), now);
        });
    }

    private void takeBack(Attempts.Begun.Counted counted) {
        transactions.run(connection -> {
            Attempts.takeBack(connection, counted);
            return counted;
        });
    }

    /// The browser, if this login signed in there before; null otherwise.
    private static @Nullable String knownBrowser(Connection connection, String login, From from) {
        String browser = from.browser();
        return browser != null && isKnown(connection, browser, login) ? browser : null;
    }

    private static boolean isKnown(Connection connection, String browser, String login) {
        return Sql.on(connection, """
                        select exists (select from known_browser join account using (account_no)
                                        where browser_hash = :browser and login = :login) as known""")
                .with("browser", RandomToken.hash(browser))
                .with("login", login)
                .get(row -> row.flag("known"));
    }

    private void note(String actor, From from, String action) {
        transactions.run(connection -> {
            AuditLog.write(connection, new Actor(actor, from.address()), action, (Integer) null);
            return actor;
        });
    }

    private record Stored(Verdict.Right verdict, String hash) {}

    private Stored read(Row row) {
        Account account = Accounts.read(row);
        boolean hasCodes = row.findInstant("totp_since") != null;
        return new Stored(
                new Verdict.Right(
                        account, hasCodes, row.flag("must_change"), !hasCodes && enrolRoles.contains(account.role())),
                row.text("password_hash"));
    }
}
