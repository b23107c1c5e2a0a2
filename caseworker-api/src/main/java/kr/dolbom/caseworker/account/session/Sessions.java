package kr.dolbom.caseworker.account.session;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.account.Account;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.ClientAddress;
import kr.dolbom.caseworker.account.Cookies;
import kr.dolbom.caseworker.account.RandomToken;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import org.jspecify.annotations.Nullable;

/// Who is signed in, by session cookie. Sessions are in the database: they outlive a restart, and every instance knows
/// them. Safe for use by many threads.
@Singleton
public final class Sessions {
    /// How long whoever gave the right password may take for the rest.
    private static final Duration UNFINISHED = Duration.ofMinutes(10);

    /// A request notes that somebody is there when the last note is older than this.
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private static final int BROWSER_LIMIT = 200;

    private static final String SELECT = """
            select %s, s.session_id, s.stage, s.created_at, s.seen_at, s.expires_at, s.address, s.browser
              from account_session s join account a using (account_no) left join caseworker c using (caseworker_no)
             where a.closed_at is null and s.expires_at > :now and s.seen_at > :idle
            """.formatted(Accounts.COLUMNS);

    private final SessionSettings settings;
    private final Transactions transactions;
    private final Cookies cookies;
    private final ClientAddress addresses;
    private final Clock clock;

    Sessions(
            SessionSettings settings,
            Transactions transactions,
            Cookies cookies,
            ClientAddress addresses,
            Clock clock) {
        this.settings = settings;
        this.transactions = transactions;
        this.cookies = cookies;
        this.addresses = addresses;
        this.clock = clock;
    }

    /// Begins a session and ends the one that the request brought. Its token is new each time, so that nobody can plant
    /// one beforehand.
    ///
    /// @return the cookie to set
    public Cookie open(Connection connection, HttpRequest<?> request, int accountNo, Stage stage) {
        close(connection, request);
        Instant now = clock.instant();
        Duration lifetime = stage == Stage.OPEN ? settings.lifetime() : UNFINISHED;
        String token = RandomToken.create();
        String browser = request.getHeaders().findFirst("User-Agent").orElse("");
        Sql.on(connection, """
                        insert into account_session
                            (token_hash, account_no, stage, created_at, seen_at, expires_at, address, browser)
                        values (:hash, :account, :stage, :now, :now, :expires, :address, :browser)""")
                .with("hash", RandomToken.hash(token))
                .with("account", accountNo)
                .with("stage", stage.word())
                .with("now", now)
                .with("expires", now.plus(lifetime))
                .with("address", addresses.of(request))
                .with("browser", browser.substring(0, Math.min(browser.length(), BROWSER_LIMIT)))
                .update();
        return cookies.create(Cookies.SESSION, token, lifetime);
    }

    /// The session that a request brings, at whatever stage; notes that somebody is there.
    public Optional<Session> find(HttpRequest<?> request) {
        return cookies.find(request, Cookies.SESSION)
                .flatMap(token -> transactions.run(connection -> {
                    Instant now = clock.instant();
                    Optional<Session> session = Sql.on(connection, SELECT + " and s.token_hash = :hash")
                            .with("now", now)
                            .with("idle", now.minus(settings.idle()))
                            .with("hash", RandomToken.hash(token))
                            .find(Sessions::read);
                    session.ifPresent(one -> note(connection, one.sessionId(), one.seenAt(), now));
                    return session;
                }));
    }

    /// As whom somebody is still signed in with this session; notes that they are there.
    public Optional<Account> findAccount(UUID sessionId) {
        return transactions.run(connection -> {
            Instant now = clock.instant();
            Optional<Session> session = Sql.on(connection, SELECT + " and s.session_id = :session and s.stage = 'open'")
                    .with("now", now)
                    .with("idle", now.minus(settings.idle()))
                    .with("session", sessionId)
                    .find(Sessions::read);
            session.ifPresent(one -> note(connection, one.sessionId(), one.seenAt(), now));
            return session.map(Session::account);
        });
    }

    private static void note(Connection connection, UUID sessionId, Instant seenAt, Instant now) {
        if (seenAt.isBefore(now.minus(NOTED_EVERY))) {
            Sql.on(connection, "update account_session set seen_at = :now where session_id = :session")
                    .with("now", now)
                    .with("session", sessionId)
                    .update();
        }
    }

    /// Signs out whoever sent this request.
    ///
    /// @return takes the cookie back
    public Cookie close(Connection connection, HttpRequest<?> request) {
        cookies.find(request, Cookies.SESSION)
                .ifPresent(token -> Sql.on(connection, "delete from account_session where token_hash = :hash")
                        .with("hash", RandomToken.hash(token))
                        .update());
        return cookies.remove(Cookies.SESSION);
    }

    /// Signs out one session of an account.
    ///
    /// @return whether there was one
    public static boolean close(Connection connection, int accountNo, UUID sessionId) {
        return Sql.on(connection, "delete from account_session where account_no = :account and session_id = :session")
                        .with("account", accountNo)
                        .with("session", sessionId)
                        .update()
                == 1;
    }

    /// Signs out one session, whosever it is.
    public static void close(Connection connection, UUID sessionId) {
        Sql.on(connection, "delete from account_session where session_id = :session")
                .with("session", sessionId)
                .update();
    }

    /// Signs an account out everywhere.
    ///
    /// @param except the session that goes on; null for none
    public static void closeAll(Connection connection, int accountNo, @Nullable UUID except) {
        Sql.on(connection, """
                        delete from account_session
                         where account_no = :account and session_id is distinct from :except::uuid""")
                .with("account", accountNo)
                .with("except", except)
                .update();
    }

    /// Removes the sessions that are over.
    ///
    /// @return how many
    public int prune(Connection connection, Instant now) {
        return Sql.on(connection, "delete from account_session where expires_at <= :now or seen_at <= :idle")
                .with("now", now)
                .with("idle", now.minus(settings.idle()))
                .update();
    }

    /// Where an account is signed in, the latest first.
    public List<Session> list(Connection connection, int accountNo) {
        Instant now = clock.instant();
        return Sql.on(connection, SELECT + " and a.account_no = :account and s.stage = 'open' order by s.seen_at desc")
                .with("now", now)
                .with("idle", now.minus(settings.idle()))
                .with("account", accountNo)
                .list(Sessions::read);
    }

    private static Session read(Row row) {
        return new Session(
                row.uuid("session_id"),
                Accounts.read(row),
                Stage.of(row.text("stage")),
                row.instant("created_at"),
                row.instant("seen_at"),
                row.instant("expires_at"),
                row.text("address"),
                row.text("browser"));
    }
}
