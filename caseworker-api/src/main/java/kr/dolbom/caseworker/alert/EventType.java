package kr.dolbom.caseworker.alert;

import java.util.Arrays;
import java.util.Optional;

/// What an entry of an alert's timeline tells.
public enum EventType {
    /// The response side saw the alert.
    RAISED("raised"),
    /// The robot was told to ask.
    CHECK_IN_ASKED("check-in-asked"),
    /// The resident answered, or the robot heard nothing.
    CHECK_IN_ANSWERED("check-in-answered"),
    /// The time to answer passed.
    NO_ANSWER("no-answer"),
    /// No device of the resident could ask.
    ROBOT_UNREACHABLE("robot-unreachable"),
    /// The robot was told to say something.
    ROBOT_TOLD("robot-told"),
    /// From now on people are called.
    PEOPLE_CALLED("people-called"),
    /// A text or a call to somebody came further.
    ATTEMPT("attempt"),
    /// Somebody was reached and passed it on.
    PASSED_ON("passed-on"),
    /// There is nobody to call.
    NOBODY_ON_CALL("nobody-on-call"),
    /// Everybody was called as often as the settings say; the calls go on more slowly.
    NOBODY_REACHED("nobody-reached"),
    /// Maintenance holds it back; it goes on at its end.
    HELD("held"),
    /// Somebody takes it.
    ACKNOWLEDGED("acknowledged"),
    /// Another device in the home was told to ask.
    OTHER_DEVICE_ASKED("other-device-asked"),
    /// It went to whoever has another alert about the same resident.
    JOINED("joined"),
    /// Whoever has it was asked whether they still do.
    REMINDED("reminded"),
    /// Whoever has it said that they still do.
    CONFIRMED("confirmed"),
    /// Whoever has it does not want to be asked for a while.
    SNOOZED("snoozed"),
    /// Whoever had it gave it back.
    GIVEN_BACK("given-back"),
    /// Somebody was asked to take it over.
    HAND_OVER("hand-over"),
    /// Who was asked to take it over did not.
    HAND_OVER_FAILED("hand-over-failed"),
    /// 119 was called.
    EMERGENCY_CALLED("emergency-called"),
    /// Somebody made a call from the console because of it.
    PHONED("phoned"),
    /// It has become more urgent than it was when it was raised.
    TIER_RAISED("tier-raised"),
    /// The resident asked for help again while the alert was open.
    AGAIN("again"),
    /// What had raised the alert was taken back.
    RETRACTED("retracted"),
    /// It is over.
    RESOLVED("resolved");

    private final String word;

    EventType(String word) {
        this.word = word;
    }

    /// As the database, REST and the dictionary write it.
    public String word() {
        return word;
    }

    /// The one with this word.
    public static Optional<EventType> find(String word) {
        return Arrays.stream(values()).filter(value -> value.word.equals(word)).findFirst();
    }

    /// The one with this word.
    ///
    /// @throws IllegalArgumentException when there is none
    public static EventType get(String word) {
        return find(word).orElseThrow(() -> new IllegalArgumentException("there is no EventType '" + word + "'"));
    }
}
