package kr.dolbom.caseworker.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the figures need of one alert; times are the ledger's.
///
/// @param alertId the public id
/// @param tier as it is now
/// @param raisedAt when it was raised
/// @param outcome how it ended; null while it is open
/// @param asked whether the robot was told to ask
/// @param closedByResident whether the resident's own answer closed it
/// @param calledAt when people were first called; null for never
/// @param reachedAt when somebody first proved to be there after that; null for never
/// @param nobodyOnCall whether there was nobody to call
/// @param nobodyReached whether everybody was called as often as was set
/// @param attempts how many texts and calls of each channel
record AlertFacts(
        UUID alertId,
        String tier,
        Instant raisedAt,
        @Nullable String outcome,
        boolean asked,
        boolean closedByResident,
        @Nullable Instant calledAt,
        @Nullable Instant reachedAt,
        boolean nobodyOnCall,
        boolean nobodyReached,
        Map<String, Integer> attempts) {

    AlertFacts {
        attempts = Map.copyOf(attempts);
    }

    /// Whether people were called, and it was over before anybody was reached.
    boolean isWithdrawn() {
        return calledAt != null && reachedAt == null && outcome != null;
    }

    /// Whether it says how soon people are reached.
    boolean counts() {
        return calledAt != null && !isWithdrawn();
    }

    /// How long it took to reach somebody; null for never.
    @Nullable Duration reachedAfter(@Nullable Instant since) {
        return reachedAt == null || since == null ? null : Duration.between(since, reachedAt);
    }

    int attemptCount() {
        return attempts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
