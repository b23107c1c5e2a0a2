package kr.dolbom.caseworker.console;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// The stream that keeps an open page up to date.
///
/// @param lifetime after what time a page is asked to open the next one, by which it is asked again who it is
@ConfigurationProperties("dolbom.stream")
public record StreamSettings(@Bindable(defaultValue = "5m") Duration lifetime) {}
