package kr.dolbom.caseworker.alert;

import java.util.Arrays;
import java.util.Optional;

/// How an alert ended.
public enum Outcome {
    /// It was an emergency.
    REAL_EMERGENCY("real-emergency"),
    /// Help was needed.
    NEEDED_HELP("needed-help"),
    /// The resident is well.
    RESIDENT_OK("resident-ok"),
    /// Nothing had happened.
    FALSE_ALARM("false-alarm"),
    /// The device was at fault.
    DEVICE_FAULT("device-fault"),
    /// The resident could not be reached.
    NOT_REACHED("not-reached"),
    /// Late data showed that there was nothing.
    RETRACTED("retracted");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /// As the database, REST and the dictionary write it.
    public String word() {
        return word;
    }

    /// The one with this word.
    public static Optional<Outcome> find(String word) {
        return Arrays.stream(values()).filter(value -> value.word.equals(word)).findFirst();
    }

    /// The one with this word.
    ///
    /// @throws IllegalArgumentException when there is none
    public static Outcome get(String word) {
        return find(word).orElseThrow(() -> new IllegalArgumentException("there is no Outcome '" + word + "'"));
    }
}
