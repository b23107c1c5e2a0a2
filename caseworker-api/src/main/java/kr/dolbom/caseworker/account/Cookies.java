package kr.dolbom.caseworker.account;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import kr.dolbom.caseworker.PublicAddress;
import org.jspecify.annotations.Nullable;

/// The cookies that we set: none is for scripts. Over TLS their names begin with `__Host-`, so that no other server of
/// the same domain can plant one.
@Singleton
public final class Cookies {
    /// Who is signed in.
    public static final String SESSION = "dolbom_session";

    /// Who is about to sign in: what the form to sign in is bound to.
    public static final String SIGN_IN = "dolbom_sign_in";

    /// In which browser somebody signed in before.
    public static final String BROWSER = "dolbom_browser";

    private final boolean isSecure;

    Cookies(PublicAddress address) {
        isSecure = address.isSecure();
    }

    /// What a request brings.
    ///
    /// @param name one of ours
    public Optional<String> find(HttpRequest<?> request, String name) {
        return request.getCookies()
                .findCookie(fullName(name))
                .map(Cookie::getValue)
                .filter(value -> !value.isEmpty());
    }

    /// A cookie to set.
    ///
    /// @param lifetime null: until the browser is closed
    public Cookie create(String name, String value, @Nullable Duration lifetime) {
        Cookie cookie = Cookie.of(fullName(name), value)
                .path("/")
                .httpOnly(true)
                .secure(isSecure)
                // Whoever comes back from the city's own sign-in comes from another site: there the session's does
                // not come along, which is as it should be.
                .sameSite(name.equals(SESSION) ? SameSite.Strict : SameSite.Lax);
        return lifetime == null ? cookie : cookie.maxAge(lifetime);
    }

    /// Takes a cookie back.
    public Cookie remove(String name) {
        return create(name, "", Duration.ZERO);
    }

    private String fullName(String name) {
        return isSecure ? "__Host-" + name : name;
    }
}
