package kr.dolbom.caseworker.escalation;

import java.time.Instant;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import org.jspecify.annotations.Nullable;

/// One text or one call to one person.
///
/// @param attemptId the public id
/// @param alertId for which alert
/// @param step in which step
/// @param channel by what
/// @param purpose why
/// @param person to whom
/// @param destination the number that was used, E.164; for `push` the person's public id
/// @param language `ko` or `en`
/// @param bundleOf the call that reads this alert as well; null for a call or text of its own
/// @param state how far it has come
/// @param sid the provider's name for it; null before it took it
/// @param error what went wrong; null for nothing
/// @param startedAt when it was committed
/// @param placedAt when it was asked of the provider; null: it waits for its turn
/// @param updatedAt when the state last changed
/// @param reachedAt when the person proved to be there; null before
public record Attempt(
        UUID attemptId,
        UUID alertId,
        int step,
        Channel channel,
        Purpose purpose,
        Alert.Person person,
        String destination,
        String language,
        @Nullable UUID bundleOf,
        AttemptState state,
        @Nullable String sid,
        @Nullable String error,
        Instant startedAt,
        @Nullable Instant placedAt,
        Instant updatedAt,
        @Nullable Instant reachedAt) {

    /// Whether it is a call that is not over: it waits for its turn, rings, or is spoken in.
    public boolean isLiveCall() {
        return channel == Channel.VOICE && !state.isOver();
    }

    /// Whether by this whoever has the alert offers it to somebody else. An offer ends when the
    /// alert changes hands.
    ///
    /// @param alert the attempt's own, as it stands now
    public boolean isOfferOf(Alert alert) {
        Instant takenAt = alert.acknowledgedAt();
        return purpose == Purpose.HAND_OVER
                && takenAt != null
                && !startedAt.isBefore(takenAt)
                && !person.equals(alert.acknowledgedBy());
    }

    /// As it stands after a report.
    Attempt with(AttemptState next, @Nullable String knownSid, @Nullable String newError, Instant now) {
        return new Attempt(
                attemptId,
                alertId,
                step,
                channel,
                purpose,
                person,
                destination,
                language,
                bundleOf,
                next,
                knownSid,
                newError,
                startedAt,
                placedAt,
                now,
                next == AttemptState.REACHED ? now : reachedAt);
    }
}
