package kr.dolbom.caseworker.alert;

import java.util.Arrays;
import java.util.Optional;

/// How urgent an alert is, most urgent first.
public enum Tier {
    /// People are called at once.
    CRITICAL("critical"),
    /// The robot asks first, then people are called.
    URGENT("urgent"),
    /// The robot asks; without an answer the console shows it and nothing rings.
    CHECK_IN("check-in"),
    /// The console shows it; nothing rings.
    REVIEW("review");

    private final String word;

    Tier(String word) {
        this.word = word;
    }

    /// Whether it cannot wait for the morning.
    public boolean isUrgent() {
        return this == CRITICAL || this == URGENT;
    }

    /// As the database, REST and the dictionary write it.
    public String word() {
        return word;
    }

    /// The one with this word.
    public static Optional<Tier> find(String word) {
        return Arrays.stream(values()).filter(value -> value.word.equals(word)).findFirst();
    }

    /// The one with this word.
    ///
    /// @throws IllegalArgumentException when there is none
    public static Tier get(String word) {
        return find(word).orElseThrow(() -> new IllegalArgumentException("there is no Tier '" + word + "'"));
    }
}
