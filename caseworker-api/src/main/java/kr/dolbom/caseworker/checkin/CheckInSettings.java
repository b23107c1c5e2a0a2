package kr.dolbom.caseworker.checkin;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// The times of planned conversations.
///
/// @param timeLimit how long the resident has to answer one of the robot's questions, 5 s to 10 min; the
///     device asks twice within it
/// @param repeatAfter how long after nobody answered it is tried once more
/// @param latest how long after its time a conversation still begins, when nobody looked before
/// @param callLimit how long a call may take, ringing and talk; whatever was not answered by then is not
@ConfigurationProperties("dolbom.check-in")
public record CheckInSettings(
        @Bindable(defaultValue = "60s") Duration timeLimit,
        @Bindable(defaultValue = "20m") Duration repeatAfter,
        @Bindable(defaultValue = "1h") Duration latest,
        @Bindable(defaultValue = "10m") Duration callLimit) {

    /// Refuses what the contract does not allow.
    public CheckInSettings {
        if (timeLimit.toSeconds() < 5 || timeLimit.toSeconds() > 600) {
            throw new IllegalArgumentException(
                    "dolbom.check-in.time-limit is %s, expected 5 s to 10 min".formatted(timeLimit));
        }
    }
}
