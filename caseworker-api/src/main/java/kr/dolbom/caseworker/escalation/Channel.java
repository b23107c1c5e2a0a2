package kr.dolbom.caseworker.escalation;

import java.util.Locale;

/// By what somebody is reached.
public enum Channel {
    /// A text message.
    SMS,
    /// A phone call.
    VOICE;

    /// As the database and REST write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Channel get(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
