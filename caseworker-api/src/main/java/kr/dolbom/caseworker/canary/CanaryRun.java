package kr.dolbom.caseworker.canary;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One call for help of the canary home, and how far it has come. Every moment is by the clock of this
/// program.
///
/// @param number counts them
/// @param messageId of the device's message
/// @param begunAt when it was pressed
/// @param ackedAt when the broker said that it is stored; null: it did not yet
/// @param alertId the alert that the engine raised; null: not yet
/// @param calledAt when the provider was asked for a call; null: not yet
/// @param rangAt when the phone rang; null: not yet
record CanaryRun(
        int number,
        UUID messageId,
        Instant begunAt,
        @Nullable Instant ackedAt,
        @Nullable UUID alertId,
        @Nullable Instant calledAt,
        @Nullable Instant rangAt) {

    /// What a call for help needs to come to a phone.
    enum Link {
        /// The broker and the database behind it.
        BROKER,
        /// The engine.
        ENGINE,
        /// The response.
        RESPONSE,
        /// The provider of calls, and the phone.
        PHONE
    }

    /// What has not done its part yet; meaningless once it rang.
    Link lacks() {
        if (alertId == null) {
            return ackedAt == null ? Link.BROKER : Link.ENGINE;
        }
        return calledAt == null ? Link.RESPONSE : Link.PHONE;
    }

    /// Whether the phone rang within this time.
    boolean isInTime(Duration late) {
        return rangAt != null && !rangAt.isAfter(begunAt.plus(late));
    }

    /// Whether the time is up and the phone has not rung within it.
    boolean isLate(Duration late, Instant now) {
        return !isInTime(late) && now.isAfter(begunAt.plus(late));
    }

    /// How long it took from the button to the ring; null: it has not rung yet.
    @Nullable Double secondsToRing() {
        return rangAt == null ? null : Duration.between(begunAt, rangAt).toMillis() / 1000.0;
    }
}
