package kr.dolbom.caseworker.robot;

import java.time.Duration;
import java.time.Instant;
import kr.dolbom.contract.telemetry.CheckInAnswer;

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
    record Answered(CheckInAnswer.Answer answer) implements Inquiry {}

    /// It was dropped, the device refused it, or the answer is unreadable.
    record Lost() implements Inquiry {}
}
