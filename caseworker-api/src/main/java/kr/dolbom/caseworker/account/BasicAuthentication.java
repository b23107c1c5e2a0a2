package kr.dolbom.caseworker.account;

import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.AuthenticationFailureReason;
import io.micronaut.security.authentication.AuthenticationRequest;
import io.micronaut.security.authentication.AuthenticationResponse;
import io.micronaut.security.authentication.provider.HttpRequestExecutorAuthenticationProvider;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks the login and password that a REST client sends with each request.
///
/// @param <B> the request's body
@Singleton
final class BasicAuthentication<B> implements HttpRequestExecutorAuthenticationProvider<B> {
    private final Accounts accounts;

    BasicAuthentication(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public AuthenticationResponse authenticate(
            @Nullable HttpRequest<B> request, AuthenticationRequest<String, String> credentials) {
        String address = request == null
                ? "unknown"
                : request.getRemoteAddress().getAddress().getHostAddress();
        return accounts.authenticate(credentials.getIdentity(), credentials.getSecret(), address)
                .map(account -> AuthenticationResponse.success(
                        account.login(), List.of(account.role()), Map.of(ViewerBinder.ACCOUNT, account)))
                .orElseGet(() -> AuthenticationResponse.failure(AuthenticationFailureReason.CREDENTIALS_DO_NOT_MATCH));
    }

    @Override
    public String getExecutorName() {
        return TaskExecutors.BLOCKING;
    }
}
