package kr.dolbom.caseworker.account.signin;

import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import kr.dolbom.caseworker.account.Cookies;
import kr.dolbom.caseworker.account.Csrf;
import kr.dolbom.caseworker.account.RandomToken;
import kr.dolbom.caseworker.account.proof.QrCode;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.page.PreferredWords;

/// Renders the steps of signing in, each bound to the browser by a cookie of its own.
@Singleton
public final class SignInPages {
    private final Pages pages;
    private final Cookies cookies;
    private final boolean withCity;

    SignInPages(
            Pages pages, Cookies cookies, @Property(name = "dolbom.openid.issuer", defaultValue = "") String issuer) {
        this.pages = pages;
        this.cookies = cookies;
        withCity = !issuer.isBlank();
    }

    /// The first step.
    ///
    /// @param notice what is said above the form; empty for nothing
    public MutableHttpResponse<?> password(
            HttpRequest<?> request, HttpStatus status, String login, String to, String notice) {
        return page(request, status, "password", login, to, notice, "", List.of());
    }

    /// Leads on whoever came from another site: a redirect would not bring the session's cookie, as
    /// that is sent from pages of our own alone.
    public MutableHttpResponse<?> arrived(HttpRequest<?> request, String to) {
        return page(request, HttpStatus.OK, "arrived", "", to, "", "", List.of());
    }

    MutableHttpResponse<?> code(HttpRequest<?> request, HttpStatus status, String to, String notice) {
        return page(request, status, "code", "", to, notice, "", List.of());
    }

    MutableHttpResponse<?> change(HttpRequest<?> request, HttpStatus status, String login, String to, String notice) {
        return page(request, status, "change", login, to, notice, "", List.of());
    }

    MutableHttpResponse<?> enrol(
            HttpRequest<?> request, HttpStatus status, String login, String to, String notice, String secret) {
        return page(request, status, "enrol", login, to, notice, secret, List.of());
    }

    MutableHttpResponse<?> recovery(HttpRequest<?> request, String to, List<String> codes) {
        return page(request, HttpStatus.OK, "recovery", "", to, "", "", codes);
    }

    private MutableHttpResponse<?> page(
            HttpRequest<?> request,
            HttpStatus status,
            String step,
            String login,
            String to,
            String notice,
            String secret,
            List<String> codes) {
        Optional<String> before = cookies.find(request, Cookies.SIGN_IN);
        String bound = before.orElseGet(RandomToken::create);
        var answer = pages.page(
                status,
                "sign-in.jte",
                new SignInPage(
                        PreferredWords.of(request),
                        step,
                        login,
                        to,
                        Csrf.tokenOf(bound),
                        notice,
                        withCity,
                        secret,
                        secret.isEmpty() ? null : QrCode.ofSecret(login, secret),
                        codes));
        return before.isPresent() ? answer : answer.cookie(cookies.create(Cookies.SIGN_IN, bound, null));
    }
}
