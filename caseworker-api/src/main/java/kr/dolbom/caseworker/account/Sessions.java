package kr.dolbom.caseworker.account;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kr.dolbom.caseworker.PublicAddress;

/// Who is signed in, by session cookie. Sessions live in memory: after a restart people sign in again. Safe for use by
/// many threads.
@Singleton
final class Sessions {
    static final String COOKIE = "dolbom_session";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SessionSettings settings;
    private final PublicAddress address;
    private final Clock clock;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    Sessions(SessionSettings settings, PublicAddress address, Clock clock) {
        this.settings = settings;
        this.address = address;
        this.clock = clock;
    }

    private record Session(Account account, Instant expiresAt) {}

    /// Signs somebody in; the cookie is new each time, so that nobody can plant one beforehand.
    Cookie open(Account account) {
        Instant now = clock.instant();
        sessions.values().removeIf(session -> !session.expiresAt().isAfter(now));
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        sessions.put(key(token), new Session(account, now.plus(settings.lifetime())));
        return cookie(token).maxAge(settings.lifetime());
    }

    /// Signs out whoever sent this request and takes the cookie back.
    Cookie close(HttpRequest<?> request) {
        request.getCookies().findCookie(COOKIE).ifPresent(cookie -> sessions.remove(key(cookie.getValue())));
        return cookie("").maxAge(0);
    }

    /// As whom the sender of this request is signed in.
    Optional<Account> find(HttpRequest<?> request) {
        return request.getCookies()
                .findCookie(COOKIE)
                .map(cookie -> sessions.get(key(cookie.getValue())))
                .filter(session -> session.expiresAt().isAfter(clock.instant()))
                .map(Session::account);
    }

    private Cookie cookie(String value) {
        return Cookie.of(COOKIE, value)
                .path("/")
                .httpOnly(true)
                .secure(address.isSecure())
                .sameSite(SameSite.Strict);
    }

    /// A memory dump must not hold anything that signs somebody in.
    private static String key(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
