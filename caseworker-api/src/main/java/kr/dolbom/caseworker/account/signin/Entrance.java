package kr.dolbom.caseworker.account.signin;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.uri.UriBuilder;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.UUID;
import kr.dolbom.caseworker.account.Account;
import kr.dolbom.caseworker.account.ClientAddress;
import kr.dolbom.caseworker.account.Cookies;
import kr.dolbom.caseworker.account.RandomToken;
import kr.dolbom.caseworker.account.proof.Proofs;
import kr.dolbom.caseworker.account.proof.Verdict;
import kr.dolbom.caseworker.account.session.Sessions;
import kr.dolbom.caseworker.account.session.Stage;
import kr.dolbom.caseworker.audit.Actor;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;
import org.jspecify.annotations.Nullable;

/// Leads whoever proved something to the next step of signing in, or in.
@Singleton
public final class Entrance {
    private final Proofs proofs;
    private final Sessions sessions;
    private final Transactions transactions;
    private final Cookies cookies;
    private final ClientAddress addresses;

    Entrance(Proofs proofs, Sessions sessions, Transactions transactions, Cookies cookies, ClientAddress addresses) {
        this.proofs = proofs;
        this.sessions = sessions;
        this.transactions = transactions;
        this.cookies = cookies;
        this.addresses = addresses;
    }

    Proofs.From from(HttpRequest<?> request) {
        return new Proofs.From(
                addresses.of(request), cookies.find(request, Cookies.BROWSER).orElse(null));
    }

    Verdict.Right right(Account account) {
        return transactions.run(connection -> proofs.right(connection, account.accountNo()));
    }

    boolean isPasswordOf(Account account, String password) {
        return proofs.isPasswordOf(account.accountNo(), password);
    }

    /// @param codeGiven whether a one-time code was given already
    HttpResponse<?> advance(HttpRequest<?> request, Verdict.Right right, boolean codeGiven, String to) {
        Account account = right.account();
        if (right.needsCode() && !codeGiven) {
            return step(request, account, Stage.CODE, step("/code", to));
        }
        if (right.mustChange()) {
            return step(request, account, Stage.CHANGE, step("/change", to));
        }
        return right.mustEnrol()
                ? step(request, account, Stage.ENROL, step("/enrol", to))
                : open(request, account, HttpResponse.seeOther(URI.create(to)));
    }

    private HttpResponse<?> step(HttpRequest<?> request, Account account, Stage stage, URI page) {
        Cookie cookie = transactions.run(connection -> sessions.open(connection, request, account.accountNo(), stage));
        return HttpResponse.seeOther(page).cookie(cookie);
    }

    /// Signs somebody in with this answer.
    public HttpResponse<?> open(HttpRequest<?> request, Account account, MutableHttpResponse<?> answer) {
        return open(request, account, answer, null);
    }

    /// The same where the request comes from another site, and so without the session that it ends.
    ///
    /// @param before that session; null for none
    public HttpResponse<?> open(
            HttpRequest<?> request, Account account, MutableHttpResponse<?> answer, @Nullable UUID before) {
        String browser = cookies.find(request, Cookies.BROWSER).orElseGet(RandomToken::create);
        var from = new Proofs.From(addresses.of(request), browser);
        Cookie session = transactions.run(connection -> {
            proofs.succeeded(connection, account, from);
            AuditLog.write(connection, new Actor(account.login(), from.address()), "sign-in", (Integer) null);
            if (before != null) {
                Sessions.close(connection, before);
            }
            return sessions.open(connection, request, account.accountNo(), Stage.OPEN);
        });
        return answer.cookie(session)
                .cookie(cookies.create(Cookies.BROWSER, browser, Proofs.BROWSER_MEMORY))
                .cookie(cookies.remove(Cookies.SIGN_IN));
    }

    /// The page of a step.
    ///
    /// @param step what comes after `/sign-in`
    static URI step(String step, String to) {
        UriBuilder page = UriBuilder.of("/sign-in" + step);
        return to.equals("/") ? page.build() : page.queryParam("to", to).build();
    }
}
