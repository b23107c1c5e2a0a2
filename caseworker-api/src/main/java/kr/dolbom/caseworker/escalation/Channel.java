package kr.dolbom.caseworker.escalation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// By what somebody is reached.
public enum Channel {
    /// A text message.
    SMS,
    /// A phone call.
    VOICE,
    /// KakaoTalk's message from an office; a text comes in its place where it is not delivered in time.
    ALIMTALK,
    /// A web push message to the browsers in which somebody wants them.
    PUSH;

    /// As the database and REST write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one with this word.
    public static Optional<Channel> find(String word) {
        return Arrays.stream(values())
                .filter(channel -> channel.word().equals(word))
                .findFirst();
    }

    static Channel get(String word) {
        return find(word).orElseThrow(() -> new IllegalArgumentException("there is no Channel '" + word + "'"));
    }
}
