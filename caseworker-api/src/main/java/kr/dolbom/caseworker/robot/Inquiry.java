package kr.dolbom.caseworker.robot;

import java.time.Duration;
import java.time.Instant;
import kr.dolbom.contract.telemetry.CheckInAnswer;
import org.jspecify.annotations.Nullable;

/// What became of the robot's question.
public sealed interface Inquiry {
    /// The device has not said yet that it has it.
    ///
    /// @param expiresAt when it is dropped
    record OnItsWay(Instant expiresAt) implements Inquiry {}

    /// The device has it and asks.
    ///
    /// @param askedAt when the device got it
    /// @param timeLimit how long the resident has to answer
    record Asked(Instant askedAt, Duration timeLimit) implements Inquiry {}

    /// The device reported an answer, or that there was none.
    ///
    /// @param by how it was given; null where the device does not say
    record Answered(CheckInAnswer.Answer answer, CheckInAnswer.@Nullable By by) implements Inquiry {
        /// An answer of which it is not known how it was given.
        public Answered(CheckInAnswer.Answer answer) {
            this(answer, null);
        }
    }

    /// It was dropped, the device refused it, or the answer is unreadable.
    record Lost() implements Inquiry {}
}
