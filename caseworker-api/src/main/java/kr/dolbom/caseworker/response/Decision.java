package kr.dolbom.caseworker.response;

import java.time.Instant;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.escalation.Recipient;

/// What to do next about an alert.
sealed interface Decision {
    /// Nothing, until something happens.
    record Rest() implements Decision {}

    /// Nothing before this moment, unless something happens.
    record LookAgain(Instant at) implements Decision {}

    /// Add this to the timeline, then decide again.
    record Note(EventType type) implements Decision {}

    /// Have the robot ask, then decide again.
    record AskRobot() implements Decision {}

    /// Begin to call people, then decide again.
    record CallPeople(Why why) implements Decision {}

    /// Text and call this person, then decide again.
    record TakeStep(int number, Recipient recipient) implements Decision {}

    /// Close the alert: the resident says that all is well.
    record ResolveFine() implements Decision {}

    /// Why people are called.
    enum Why {
        /// The tier.
        CRITICAL,
        /// The resident says so.
        NEEDS_HELP,
        /// The resident does not answer.
        NO_ANSWER,
        /// The resident cannot be asked.
        ROBOT_UNREACHABLE,
        /// The resident asks again, long after somebody took it.
        AGAIN
    }
}
