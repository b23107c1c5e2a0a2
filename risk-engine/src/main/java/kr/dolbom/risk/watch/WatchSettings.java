package kr.dolbom.risk.watch;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// How residents are watched; environment variables `DOLBOM_ENGINE_…`.
///
/// @param deviceSilentAfter how long after its last message a device that is not connected counts as silent
/// @param connectionTrust how long after its last message a connection alone still proves that the device is alive
/// @param pastAfter how long after it happened a message is about the past
/// @param settle how long after such a message the home is left alone: more of the past is probably on its way
@ConfigurationProperties("dolbom.engine")
public record WatchSettings(
        @Bindable(defaultValue = "PT30M") Duration deviceSilentAfter,
        @Bindable(defaultValue = "PT2H") Duration connectionTrust,
        @Bindable(defaultValue = "PT15M") Duration pastAfter,
        @Bindable(defaultValue = "PT10S") Duration settle) {}
