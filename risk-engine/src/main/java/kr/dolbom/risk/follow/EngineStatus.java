package kr.dolbom.risk.follow;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Whether the engine does its work. Safe for use by many threads.
public final class EngineStatus {
    private static final String WAITING = "waiting for the database";

    private final AtomicReference<@Nullable String> feedTrouble = new AtomicReference<>(WAITING);
    private final AtomicReference<@Nullable String> laneTrouble = new AtomicReference<>(WAITING);

    /// At the start nothing is followed yet.
    public EngineStatus() {}

    void feed(@Nullable String trouble) {
        feedTrouble.set(trouble);
    }

    void lane(@Nullable String trouble) {
        laneTrouble.set(trouble);
    }

    /// Why the engine does not work; empty where it does.
    public Optional<String> findTrouble() {
        String feed = feedTrouble.get();
        String lane = laneTrouble.get();
        if (feed != null) {
            return Optional.of("The telemetry feed is not followed: " + feed);
        }
        return lane == null ? Optional.empty() : Optional.of("The emergency lane is not served: " + lane);
    }
}
