package kr.dolbom.caseworker.account;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// Sessions of people who signed in.
///
/// @param lifetime how long one may stay signed in
@ConfigurationProperties("dolbom.session")
public record SessionSettings(
        @Bindable(defaultValue = "10h") Duration lifetime) {}
