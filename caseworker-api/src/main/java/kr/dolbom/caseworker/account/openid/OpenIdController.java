package kr.dolbom.caseworker.account.openid;

import com.nimbusds.jwt.JWTClaimsSet;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.PublicAddress;
import kr.dolbom.caseworker.account.Account;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.ClientAddress;
import kr.dolbom.caseworker.account.Cookies;
import kr.dolbom.caseworker.account.RandomToken;
import kr.dolbom.caseworker.account.WayBack;
import kr.dolbom.caseworker.account.session.Sessions;
import kr.dolbom.caseworker.account.signin.Entrance;
import kr.dolbom.caseworker.account.signin.SignInPages;
import kr.dolbom.caseworker.audit.Actor;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signs people in by the city's own accounts: authorization code with PKCE. State, nonce and the proof of the code are
/// derived from a cookie of this one attempt, so that nothing has to be kept and nobody can bring another one's code.
///
/// A one-time code of ours is not asked for: whether there is a second step is the city's own affair.
@Controller("/sign-in/city")
@Hidden
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class OpenIdController {
    private static final Logger LOG = LoggerFactory.getLogger(OpenIdController.class);

    /// Stands in an attempt between its own letters and the session from which it was made.
    private static final String BEFORE = ".";

    private final OpenIdProvider provider;
    private final OpenIdSettings settings;
    private final Entrance entrance;
    private final SignInPages pages;
    private final Cookies cookies;
    private final Sessions sessions;
    private final ClientAddress addresses;
    private final Transactions transactions;
    private final URI back;

    OpenIdController(
            OpenIdProvider provider,
            OpenIdSettings settings,
            Entrance entrance,
            SignInPages pages,
            Cookies cookies,
            Sessions sessions,
            ClientAddress addresses,
            Transactions transactions,
            PublicAddress address) {
        this.provider = provider;
        this.settings = settings;
        this.entrance = entrance;
        this.pages = pages;
        this.cookies = cookies;
        this.sessions = sessions;
        this.addresses = addresses;
        this.transactions = transactions;
        back = address.of("/sign-in/city/back");
    }

    @Get
    HttpResponse<?> leave(HttpRequest<?> request, @Nullable @QueryValue String to) {
        if (!provider.isThere()) {
            throw Problem.notFound("page", "/sign-in/city");
        }
        // The session that ends with this: its cookie will not come back from another site.
        String attempt = RandomToken.create()
                + sessions.find(request)
                        .map(session -> BEFORE + session.sessionId())
                        .orElse("");
        try {
            URI there =
                    provider.authorization(back, state(attempt, WayBack.of(to)), nonce(attempt), challenge(attempt));
            return HttpResponse.seeOther(there).cookie(cookies.create(Cookies.SIGN_IN, attempt, null));
        } catch (OpenIdProvider.Refused e) {
            return refuse(request, e);
        }
    }

    @Get("/back")
    HttpResponse<?> comeBack(
            HttpRequest<?> request,
            @Nullable @QueryValue String code,
            @Nullable @QueryValue String state,
            @Nullable @QueryValue String error) {
        if (!provider.isThere()) {
            throw Problem.notFound("page", "/sign-in/city/back");
        }
        String attempt = cookies.find(request, Cookies.SIGN_IN).orElse("");
        try {
            if (code == null || state == null || attempt.isEmpty()) {
                throw new OpenIdProvider.Refused("no code came back: " + (error == null ? "-" : "an error"), null);
            }
            String to = WayBack.of(wayOf(state));
            if (!RandomToken.same(state(attempt, to), state)) {
                throw new OpenIdProvider.Refused("the state is not this browser's", null);
            }
            JWTClaimsSet claims = provider.redeem(code, back, RandomToken.derive(attempt, "proof"), nonce(attempt));
            Optional<Account> account = find(claims);
            if (account.isEmpty()) {
                LOG.warn("Nobody here has this account of the city issuer={}", settings.issuer());
                note(request, "sign-in-city-unknown");
                return pages.password(
                        request,
                        HttpStatus.FORBIDDEN,
                        "",
                        to,
                        PreferredWords.of(request).text("sign-in.city.unknown"));
            }
            return entrance.open(request, account.get(), pages.arrived(request, to), sessionBefore(attempt));
        } catch (OpenIdProvider.Refused e) {
            return refuse(request, e);
        }
    }

    /// By its subject, or the first time by an e-mail address that the city has checked.
    private Optional<Account> find(JWTClaimsSet claims) throws OpenIdProvider.Refused {
        String subject = settings.issuer() + " " + claims.getSubject();
        String email;
        try {
            email = Boolean.TRUE.equals(claims.getBooleanClaim("email_verified"))
                    ? claims.getStringClaim("email")
                    : null;
        } catch (ParseException e) {
            throw new OpenIdProvider.Refused("its token has an e-mail address that is none", e);
        }
        return transactions.run(connection -> {
            Sql.on(connection, """
                            update account set openid_subject = :subject
                             where lower(email) = lower(:email::text) and openid_subject is null and closed_at is null
                               and not exists (select from account where openid_subject = :subject)""")
                    .with("subject", subject)
                    .with("email", email)
                    .update();
            return Sql.on(connection, """
                            select %s from account a left join caseworker c using (caseworker_no)
                             where a.openid_subject = :subject and a.closed_at is null""".formatted(Accounts.COLUMNS))
                    .with("subject", subject)
                    .find(Accounts::read);
        });
    }

    private HttpResponse<?> refuse(HttpRequest<?> request, OpenIdProvider.Refused reason) {
        LOG.warn("Signing in by the city's account failed reason=\"{}\"", reason.getMessage());
        note(request, "sign-in-city-refused");
        return pages.password(
                request,
                HttpStatus.BAD_GATEWAY,
                "",
                "/",
                PreferredWords.of(request).text("sign-in.city.refused"));
    }

    private void note(HttpRequest<?> request, String action) {
        transactions.run(connection -> {
            AuditLog.write(connection, new Actor("unknown", addresses.of(request)), action, (Integer) null);
            return action;
        });
    }

    private static @Nullable UUID sessionBefore(String attempt) {
        int at = attempt.indexOf(BEFORE);
        try {
            return at < 0 ? null : UUID.fromString(attempt.substring(at + 1));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String state(String attempt, String to) {
        String way = Base64.getUrlEncoder().withoutPadding().encodeToString(to.getBytes(StandardCharsets.UTF_8));
        return RandomToken.derive(attempt, "state " + to) + "." + way;
    }

    private static @Nullable String wayOf(String state) {
        try {
            return new String(
                    Base64.getUrlDecoder().decode(state.substring(state.indexOf('.') + 1)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String nonce(String attempt) {
        return RandomToken.derive(attempt, "nonce");
    }

    private static String challenge(String attempt) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(RandomToken.hash(RandomToken.derive(attempt, "proof")));
    }
}
