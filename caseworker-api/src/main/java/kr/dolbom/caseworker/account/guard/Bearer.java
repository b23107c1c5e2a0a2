package kr.dolbom.caseworker.account.guard;

import io.micronaut.http.HttpRequest;
import java.util.Optional;

/// The token that a program sends with its request: `Authorization: Bearer TOKEN` (RFC 6750).
final class Bearer {
    private static final String SCHEME = "Bearer ";

    private Bearer() {}

    static Optional<String> find(HttpRequest<?> request) {
        return request.getHeaders()
                .getAuthorization()
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }
}
