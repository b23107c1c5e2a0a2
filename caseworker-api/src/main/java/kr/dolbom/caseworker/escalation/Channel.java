package kr.dolbom.caseworker.escalation;

import java.util.Locale;

/// By what somebody is reached.
public enum Channel {
    /// A text message.
    SMS,
    /// A phone call.
    VOICE,
    /// A KakaoTalk message that shows who sends it; a text follows where it does not arrive.
    ALIMTALK,
    /// A note on the screen of a browser or an installed console.
    PUSH;

    /// As the database and REST write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Channel get(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
