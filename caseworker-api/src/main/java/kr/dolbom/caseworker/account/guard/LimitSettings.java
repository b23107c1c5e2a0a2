package kr.dolbom.caseworker.account.guard;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/// How many requests a minute are answered; more wait. 0: no limit.
///
/// @param signIn attempts to sign in or to get a token from one address, whatever the logins
/// @param link one-time links that are opened from one address
/// @param rest REST requests of one account
/// @param stranger REST requests from one address of whoever is not signed in, whatever they bring
@ConfigurationProperties("dolbom.limit")
public record LimitSettings(
        @Bindable(defaultValue = "120") int signIn,
        @Bindable(defaultValue = "120") int link,
        @Bindable(defaultValue = "3000") int rest,
        @Bindable(defaultValue = "600") int stranger) {}
