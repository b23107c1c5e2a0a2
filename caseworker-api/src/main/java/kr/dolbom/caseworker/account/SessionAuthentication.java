package kr.dolbom.caseworker.account;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.reactivestreams.Publisher;

/// Recognises people by their session cookie.
@Singleton
final class SessionAuthentication implements AuthenticationFetcher<HttpRequest<?>> {
    private final Sessions sessions;

    SessionAuthentication(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
        return sessions.find(request)
                .map(account -> Publishers.just(Authentication.build(
                        account.login(), List.of(account.role()), Map.of(ViewerBinder.ACCOUNT, account))))
                .orElseGet(Publishers::empty);
    }
}
