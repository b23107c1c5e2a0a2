package kr.dolbom.caseworker.account;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;

/// Lets controllers ask for the [Viewer].
@Singleton
final class ViewerBinder implements TypedRequestArgumentBinder<Viewer> {
    private final ClientAddress address;
    private final Cookies cookies;

    ViewerBinder(ClientAddress address, Cookies cookies) {
        this.address = address;
        this.cookies = cookies;
    }

    @Override
    public Argument<Viewer> argumentType() {
        return Argument.of(Viewer.class);
    }

    @Override
    public BindingResult<Viewer> bind(ArgumentConversionContext<Viewer> context, HttpRequest<?> source) {
        return () -> SignedIn.find(source)
                .map(signedIn -> new Viewer(
                        signedIn.account(),
                        address.of(source),
                        signedIn.isProgram()
                                ? ""
                                : cookies.find(source, Cookies.SESSION)
                                        .map(Csrf::tokenOf)
                                        .orElse("")));
    }
}
