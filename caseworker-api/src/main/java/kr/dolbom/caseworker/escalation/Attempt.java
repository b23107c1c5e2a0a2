package kr.dolbom.caseworker.escalation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One text or one call to one person.
///
/// @param attemptId the public id
/// @param alertId for which alert
/// @param step in which step
/// @param channel by what
/// @param caseworkerNo to whom, the database's number
/// @param caseworkerId the public id
/// @param name without a title
/// @param language `ko` or `en`
/// @param state how far it has come
/// @param sid the provider's name for it; null before it took it
/// @param error what went wrong; null for nothing
/// @param startedAt when it was committed
/// @param updatedAt when the state last changed
/// @param reachedAt when the person proved to be there; null before
public record Attempt(
        UUID attemptId,
        UUID alertId,
        int step,
        Channel channel,
        int caseworkerNo,
        UUID caseworkerId,
        String name,
        String language,
        AttemptState state,
        @Nullable String sid,
        @Nullable String error,
        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant reachedAt) {}
