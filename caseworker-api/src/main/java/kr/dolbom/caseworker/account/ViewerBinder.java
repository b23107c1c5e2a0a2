package kr.dolbom.caseworker.account;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.micronaut.security.authentication.Authentication;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Lets controllers ask for the [Viewer].
@Singleton
final class ViewerBinder implements TypedRequestArgumentBinder<Viewer> {
    static final String ACCOUNT = "account";

    @Override
    public Argument<Viewer> argumentType() {
        return Argument.of(Viewer.class);
    }

    @Override
    public BindingResult<Viewer> bind(ArgumentConversionContext<Viewer> context, HttpRequest<?> source) {
        return () -> find(source);
    }

    private static Optional<Viewer> find(HttpRequest<?> request) {
        return request.getUserPrincipal(Authentication.class)
                .map(authentication -> authentication.getAttributes().get(ACCOUNT))
                .map(account -> new Viewer(
                        (Account) account,
                        request.getRemoteAddress().getAddress().getHostAddress()));
    }
}
