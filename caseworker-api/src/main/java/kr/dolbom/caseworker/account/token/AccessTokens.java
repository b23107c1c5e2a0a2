package kr.dolbom.caseworker.account.token;

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
import kr.dolbom.caseworker.account.RandomToken;
import kr.dolbom.caseworker.account.SignedIn;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;

/// The table of tokens. Safe for use by many threads.
@Singleton
public final class AccessTokens {
    /// By which a token is recognised where it does not belong, as in a public repository.
    static final String PREFIX = "dolbom_";

    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final Clock clock;

    AccessTokens(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A token that was just made.
    ///
    /// @param secret what the program sends; not kept
    record Created(AccessToken token, String secret) {}

    /// Makes one.
    Created create(
            Connection connection,
            Account account,
            String name,
            List<String> scopes,
            Duration lifetime,
            String address) {
        String secret = PREFIX + RandomToken.create();
        Instant now = clock.instant();
        AccessToken token = Sql.on(connection, """
                        insert into access_token
                            (token_hash, account_no, name, scopes, created_at, expires_at, address)
                        values (:hash, :account, :name, :scopes, :now, :expires, :address)
                        returning token_id, name, scopes, created_at, used_at, expires_at, address""")
                .with("hash", RandomToken.hash(secret))
                .with("account", account.accountNo())
                .with("name", name)
                .with("scopes", String.join(" ", scopes))
                .with("now", now)
                .with("expires", now.plus(lifetime))
                .with("address", address)
                .get(AccessTokens::read);
        return new Created(token, secret);
    }

    /// Who sends this token; empty when it is none of ours, or over.
    public Optional<SignedIn> find(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        byte[] hash = RandomToken.hash(secret);
        return transactions.run(connection -> {
            Instant now = clock.instant();
            record Found(SignedIn signedIn, boolean isNoted) {}
            Optional<Found> found = Sql.on(connection, """
                            select %s, t.scopes, t.used_at
                              from access_token t join account a using (account_no)
                                   left join caseworker c using (caseworker_no)
                             where t.token_hash = :hash and t.expires_at > :now and a.closed_at is null""".formatted(Accounts.COLUMNS))
                    .with("hash", hash)
                    .with("now", now)
                    .find(row -> {
                        Instant usedAt = row.findInstant("used_at");
                        return new Found(
                                new SignedIn(Accounts.read(row), null, row.text("scopes")),
                                usedAt != null && usedAt.isAfter(now.minus(NOTED_EVERY)));
                    });
            if (found.filter(one -> !one.isNoted()).isPresent()) {
                Sql.on(connection, "update access_token set used_at = :now where token_hash = :hash")
                        .with("now", now)
                        .with("hash", hash)
                        .update();
            }
            return found.map(Found::signedIn);
        });
    }

    /// The tokens of an account that are good, the latest first.
    public List<AccessToken> list(Connection connection, int accountNo) {
        return Sql.on(connection, """
                        select token_id, name, scopes, created_at, used_at, expires_at, address from access_token
                         where account_no = :account and expires_at > :now order by created_at desc, token_id""")
                .with("account", accountNo)
                .with("now", clock.instant())
                .list(AccessTokens::read);
    }

    /// Removes the tokens that are over.
    ///
    /// @return how many
    public static int prune(Connection connection, Instant now) {
        return Sql.on(connection, "delete from access_token where expires_at <= :now")
                .with("now", now)
                .update();
    }

    /// Takes one back.
    ///
    /// @return whether there was one
    public static boolean revoke(Connection connection, int accountNo, UUID tokenId) {
        return Sql.on(connection, "delete from access_token where account_no = :account and token_id = :token")
                        .with("account", accountNo)
                        .with("token", tokenId)
                        .update()
                == 1;
    }

    /// Takes all of an account back.
    public static void revokeAll(Connection connection, int accountNo) {
        Sql.on(connection, "delete from access_token where account_no = :account")
                .with("account", accountNo)
                .update();
    }

    private static AccessToken read(Row row) {
        return new AccessToken(
                row.uuid("token_id"),
                row.text("name"),
                List.of(row.text("scopes").split(" ", -1)),
                row.instant("created_at"),
                row.findInstant("used_at"),
                row.instant("expires_at"),
                row.text("address"));
    }
}
