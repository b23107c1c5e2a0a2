package kr.dolbom.caseworker.account.openid;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/// The city's own sign-in.
///
/// @param issuer its address, as its tokens name it; empty: there is none
/// @param clientId by which it knows this platform
/// @param clientSecret by which this platform proves itself to it
@ConfigurationProperties("dolbom.openid")
public record OpenIdSettings(
        @Bindable(defaultValue = "") String issuer,
        @Bindable(defaultValue = "") String clientId,
        @Bindable(defaultValue = "") String clientSecret) {
    /// Without the secret.
    @Override
    public String toString() {
        return "OpenIdSettings[" + issuer + "]";
    }
}
