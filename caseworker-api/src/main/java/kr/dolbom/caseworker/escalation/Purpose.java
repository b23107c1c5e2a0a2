package kr.dolbom.caseworker.escalation;

import java.util.Locale;

/// Why somebody is called.
public enum Purpose {
    /// Somebody is to take an alert.
    ALERT,
    /// Whoever took an alert is asked whether they still have it.
    REMINDER,
    /// Whoever has another alert about the same resident is told of this one, which is theirs as well.
    NOTICE,
    /// Somebody is asked to take an alert over from whoever has it.
    HAND_OVER;

    /// As the database and REST write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Purpose get(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
