package kr.dolbom.caseworker.account.token;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// Tokens of programs.
///
/// @param lifetime how long one is good where nothing else is asked for
/// @param longest how long one may be good
@ConfigurationProperties("dolbom.token")
public record TokenSettings(
        @Bindable(defaultValue = "24h") Duration lifetime,
        @Bindable(defaultValue = "90d") Duration longest) {}
