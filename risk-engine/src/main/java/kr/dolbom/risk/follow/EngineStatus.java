package kr.dolbom.risk.follow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Whether the engine does its work. Safe for use by many threads.
public final class EngineStatus {
    private static final String WAITING = "waiting for the database";
    private static final Duration CATCHES_UP_WITHIN = Duration.ofSeconds(60);

    private final AtomicReference<@Nullable String> feedTrouble = new AtomicReference<>(WAITING);
    private final AtomicReference<@Nullable String> laneTrouble = new AtomicReference<>(WAITING);

    private final AtomicReference<@Nullable Instant> caughtUpAt = new AtomicReference<>();

    private final AtomicReference<@Nullable Role> role = new AtomicReference<>();

    /// What an engine does among several.
    public enum Role {
        /// It follows the feed.
        LEADING("leading"),
        /// Another one does; it takes over when that one is gone.
        STANDING_BY("standing-by");

        private final String id;

        Role(String id) {
            this.id = id;
        }

        /// As it is told.
        public String id() {
            return id;
        }
    }

    /// At the start nothing is followed yet.
    public EngineStatus() {}

    void feed(@Nullable String trouble) {
        feedTrouble.set(trouble);
    }

    void lane(@Nullable String trouble) {
        laneTrouble.set(trouble);
    }

    void role(Role now) {
        role.set(now);
        if (now == Role.STANDING_BY) {
            caughtUpAt.set(null);
        }
    }

    /// What this engine does among several; empty before it is known.
    public Optional<Role> findRole() {
        return Optional.ofNullable(role.get());
    }

    void caughtUp(Instant moment) {
        caughtUpAt.set(moment);
    }

    /// Whatever was committed before this moment has been read and judged; empty before the first time.
    public Optional<Instant> findCaughtUpAt() {
        return Optional.ofNullable(caughtUpAt.get());
    }

    /// Why the engine does not work; empty where it does.
    ///
    /// @param now the feed must have been read to its end within the minute before
    public Optional<String> findTrouble(Instant now) {
        String feed = feedTrouble.get();
        String lane = laneTrouble.get();
        if (feed != null) {
            return Optional.of("The telemetry feed is not followed: " + feed);
        }
        Instant caughtUp = caughtUpAt.get();
        if (caughtUp != null && caughtUp.plus(CATCHES_UP_WITHIN).isBefore(now)) {
            return Optional.of("The telemetry feed has not been read to its end since " + caughtUp
                    + ", expected within 60 s: the database does not answer, or more arrives than is read.");
        }
        return lane == null ? Optional.empty() : Optional.of("The emergency lane is not served: " + lane);
    }
}
