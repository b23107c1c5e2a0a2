package kr.dolbom.caseworker.console;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.database.NotificationListener;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/// Tells the pages of single alerts that theirs has changed.
@Singleton
final class AlertFeed implements NotificationListener {
    /// Any alert may have changed.
    static final String ANY = "*";

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Sinks.Many<String> changes = Sinks.many().multicast().directBestEffort();

    /// The ids of alerts that change from now on; [#ANY] when any may have. A reader who is slow misses some.
    Flux<String> changes() {
        return changes.asFlux();
    }

    @Override
    public Set<String> channels() {
        return Set.of(AlertStore.CHANGE_CHANNEL, AlertStore.LOOK_CHANNEL);
    }

    @Override
    public void hear(String payload) {
        changes.emitNext(payload, Sinks.EmitFailureHandler.busyLooping(PATIENCE));
    }

    @Override
    public void lookAround() {
        hear(ANY);
    }
}
