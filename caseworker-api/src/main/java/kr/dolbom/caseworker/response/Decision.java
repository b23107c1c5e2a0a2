package kr.dolbom.caseworker.response;

import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.escalation.Slot;

/// What to do next about an alert.
sealed interface Decision {
    /// Nothing, until something happens.
    record Rest() implements Decision {}

    /// Nothing before this moment, unless something happens.
    record LookAgain(Instant at) implements Decision {}

    /// Add this to the timeline, then decide again.
    record Note(EventType type) implements Decision {}

    /// Note that maintenance holds it back until this moment, then decide again.
    record Hold(Instant until) implements Decision {}

    /// Have the robot ask, then decide again.
    record AskRobot() implements Decision {}

    /// Begin to call people, then decide again.
    record CallPeople(Why why) implements Decision {}

    /// Text and call these people, then decide again.
    record TakeStep(int number, Slot slot) implements Decision {}

    /// Ask whoever has the alert whether they still do, then decide again.
    record Remind(int number) implements Decision {}

    /// Give the alert to whoever has another one about the same resident; nobody is rung twice for one visit.
    record Join(Alert.Person owner) implements Decision {}

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
        AGAIN,
        /// Whoever had it does not say that they still do.
        FORGOTTEN,
        /// Whoever had it gave it back.
        GIVEN_BACK,
        /// Somebody was given it and could not be told.
        NOT_TOLD,
        /// It has become urgent or critical since people were called, or somebody took it.
        RAISED;

        /// As the timeline writes it.
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// Whether people were called before, so that the calls begin anew.
        ///
        /// @param word as the timeline writes it
        static boolean isAnew(String word) {
            return Stream.of(AGAIN, FORGOTTEN, GIVEN_BACK, NOT_TOLD, RAISED)
                    .anyMatch(why -> why.word().equals(word));
        }
    }
}
