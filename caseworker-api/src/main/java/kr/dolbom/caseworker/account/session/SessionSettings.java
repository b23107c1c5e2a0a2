package kr.dolbom.caseworker.account.session;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// Sessions of people who signed in.
///
/// @param lifetime how long one may stay signed in at the longest
/// @param idle how long without any request; an open page that shows alerts live asks by itself
@ConfigurationProperties("dolbom.session")
public record SessionSettings(
        @Bindable(defaultValue = "10h") Duration lifetime,
        @Bindable(defaultValue = "30m") Duration idle) {}
