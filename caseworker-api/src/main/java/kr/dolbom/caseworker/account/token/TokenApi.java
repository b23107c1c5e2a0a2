package kr.dolbom.caseworker.account.token;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Account;
import kr.dolbom.caseworker.account.ClientAddress;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.account.proof.Proofs;
import kr.dolbom.caseworker.account.proof.Verdict;
import kr.dolbom.caseworker.audit.Actor;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// Tokens by which programs use REST.
@Controller("/api/v1/tokens")
@Tag(name = "account")
@Secured(SecurityRule.IS_AUTHENTICATED)
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class TokenApi {
    private static final String A_LOGIN = "the name to sign in with";
    private static final String A_PASSWORD = "the account's password";
    private static final String A_NAME = "1 to 60 characters, or nothing";

    private final Proofs proofs;
    private final AccessTokens tokens;
    private final TokenSettings settings;
    private final Transactions transactions;
    private final ClientAddress addresses;
    private final Clock clock;

    TokenApi(
            Proofs proofs,
            AccessTokens tokens,
            TokenSettings settings,
            Transactions transactions,
            ClientAddress addresses,
            Clock clock) {
        this.proofs = proofs;
        this.tokens = tokens;
        this.settings = settings;
        this.transactions = transactions;
        this.addresses = addresses;
        this.clock = clock;
    }

    /// A token to make.
    ///
    /// @param login the name to sign in with
    /// @param password the account's password
    /// @param code the one-time code of now, or a recovery code, where the account has one-time codes
    /// @param name what the token is for, to know it again; `REST` when missing
    /// @param scopes what it may do; everything that the account may when missing
    /// @param lifetime how long it is good, an ISO 8601 duration such as `P30D`; 24 hours when missing
    @Introspected
    public record NewToken(
            @NotNull(message = A_LOGIN) @Size(max = 200, message = A_LOGIN) String login,

            @NotNull(message = A_PASSWORD) @Size(max = 200, message = A_PASSWORD) String password,

            @Nullable @Size(max = 40, message = "a one-time code") String code,

            @Nullable @Size(min = 1, max = 60, message = A_NAME) String name,

            @Nullable List<String> scopes,

            @Nullable Duration lifetime) {

        /// Without the password.
        @Override
        public String toString() {
            return "NewToken[" + login + "]";
        }
    }

    /// A token.
    ///
    /// @param tokenId the public id
    /// @param name what it is for
    /// @param scopes what it may do
    /// @param createdAt since when
    /// @param usedAt when it was last used, to the minute; null when it never was
    /// @param expiresAt until when
    /// @param address from where it was asked for
    @Introspected
    public record Token(
            UUID tokenId,
            String name,
            List<String> scopes,
            OffsetDateTime createdAt,
            @Nullable OffsetDateTime usedAt,
            OffsetDateTime expiresAt,
            String address) {
        static Token of(AccessToken token) {
            return new Token(
                    token.tokenId(),
                    token.name(),
                    token.scopes(),
                    token.createdAt().atOffset(ZoneOffset.UTC),
                    token.usedAt() == null ? null : token.usedAt().atOffset(ZoneOffset.UTC),
                    token.expiresAt().atOffset(ZoneOffset.UTC),
                    token.address());
        }
    }

    /// A token that was just made.
    ///
    /// @param tokenId the public id
    /// @param token what the program sends, `Authorization: Bearer TOKEN`; told this once only
    /// @param scopes what it may do
    /// @param expiresAt until when
    @Introspected
    public record CreatedToken(UUID tokenId, String token, List<String> scopes, OffsetDateTime expiresAt) {
        /// Without the token.
        @Override
        public String toString() {
            return "CreatedToken[" + tokenId + "]";
        }
    }

    /// Makes a token for an account. It is told this once only.
    @Post
    @Secured(SecurityRule.IS_ANONYMOUS)
    @SecurityRequirements
    HttpResponse<CreatedToken> create(@Parameter(hidden = true) HttpRequest<?> request, @Body @Valid NewToken wanted) {
        String address = addresses.of(request);
        List<String> scopes = wanted.scopes() == null ? Scopes.ALL : wanted.scopes();
        for (String scope : scopes) {
            if (!Scopes.ALL.contains(scope)) {
                throw Problem.invalid("scopes", scope, "some of " + Scopes.ALL);
            }
        }
        Duration lifetime = wanted.lifetime() == null ? settings.lifetime() : wanted.lifetime();
        if (scopes.isEmpty()) {
            throw Problem.invalid("scopes", "[]", "some of " + Scopes.ALL);
        }
        if (lifetime.compareTo(Duration.ofMinutes(1)) < 0 || lifetime.compareTo(settings.longest()) > 0) {
            throw Problem.invalid(
                    "lifetime",
                    lifetime,
                    "an ISO 8601 duration of 1 minute (PT1M) to %s".formatted(settings.longest()));
        }
        Account account = prove(wanted, new Proofs.From(address, null));
        AccessTokens.Created created = transactions.run(connection -> {
            AccessTokens.Created made = tokens.create(
                    connection, account, wanted.name() == null ? "REST" : wanted.name(), scopes, lifetime, address);
            proofs.succeeded(connection, account, new Proofs.From(address, null));
            AuditLog.write(
                    connection,
                    new Actor(account.login(), address),
                    "token-created",
                    null,
                    Map.of("token", made.token().tokenId().toString(), "scopes", String.join(" ", scopes)));
            return made;
        });
        AccessToken token = created.token();
        return HttpResponse.created(
                new CreatedToken(
                        token.tokenId(),
                        created.secret(),
                        token.scopes(),
                        token.expiresAt().atOffset(ZoneOffset.UTC)),
                URI.create("/api/v1/tokens/" + token.tokenId()));
    }

    private Account prove(NewToken wanted, Proofs.From from) {
        Verdict.Right right = right(proofs.password(wanted.login(), wanted.password(), from));
        String code = wanted.code();
        if (right.needsCode() && code == null) {
            throw Problem.unauthorized("This account has one-time codes: send the one of now as code.");
        }
        if (right.needsCode() && code != null) {
            right = right(proofs.code(right.account(), code, from));
        }
        if (right.mustChange()) {
            throw Problem.forbidden("The password is from somebody else: choose your own first, at /sign-in or by "
                    + "POST /api/v1/password.");
        }
        if (right.mustEnrol()) {
            throw Problem.forbidden("This role needs one-time codes: set them up first, at /sign-in.");
        }
        return right.account();
    }

    private Verdict.Right right(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Right right -> right;
            case Verdict.Wrong _ -> throw Problem.unauthorized("login, password or one-time code is wrong.");
            case Verdict.Wait wait ->
                throw Problem.tooMany(
                        "There were too many wrong attempts. Try again at %s.".formatted(wait.until()),
                        Duration.between(clock.instant(), wait.until()));
        };
    }

    /// The tokens of one's own account that are good.
    @Get
    List<Token> list(@Parameter(hidden = true) Viewer viewer) {
        return transactions.run(
                connection -> tokens.list(connection, viewer.account().accountNo()).stream()
                        .map(Token::of)
                        .toList());
    }

    /// Takes a token of one's own account back.
    @Delete("/{tokenId}")
    @Status(HttpStatus.NO_CONTENT)
    void revoke(UUID tokenId, @Parameter(hidden = true) Viewer viewer) {
        transactions.run(connection -> {
            if (!AccessTokens.revoke(connection, viewer.account().accountNo(), tokenId)) {
                throw Problem.notFound("token", tokenId);
            }
            AuditLog.write(connection, viewer.actor(), "token-revoked", null, Map.of("token", tokenId.toString()));
            return tokenId;
        });
    }
}
