package kr.dolbom.caseworker.robot;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// How the robot asks.
///
/// @param timeLimit how long the resident has to answer, 5 s to 10 min; the device asks twice within it
/// @param delivery within which time a command must have reached the device, or it is dropped
@ConfigurationProperties("dolbom.robot")
public record RobotSettings(
        @Bindable(defaultValue = "120s") Duration timeLimit,
        @Bindable(defaultValue = "15s") Duration delivery) {

    /// Refuses what the contract does not allow.
    public RobotSettings {
        if (timeLimit.toSeconds() < 5 || timeLimit.toSeconds() > 600) {
            throw new IllegalArgumentException(
                    "dolbom.robot.time-limit is %s, expected 5 s to 10 min".formatted(timeLimit));
        }
    }
}
