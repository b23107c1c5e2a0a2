package kr.dolbom.caseworker.account;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// By what the sender of a request is known.
///
/// @param account as whom
/// @param sessionId the session of somebody in a browser; null for a program
/// @param scopes what a program's token is for, with spaces in between; null for somebody in a browser
public record SignedIn(
        Account account, @Nullable UUID sessionId, @Nullable String scopes) {
    private static final String ATTRIBUTE = "signed-in";

    /// For Micronaut's security rules.
    public Authentication authentication() {
        return Authentication.build(account.login(), List.of(account.role()), Map.of(ATTRIBUTE, this));
    }

    /// Whether this is a program with a token.
    public boolean isProgram() {
        return scopes != null;
    }

    /// By what whoever sent this request is known; empty for a stranger.
    public static Optional<SignedIn> find(HttpRequest<?> request) {
        return request.getUserPrincipal(Authentication.class)
                .map(authentication -> (SignedIn) authentication.getAttributes().get(ATTRIBUTE));
    }
}
