package kr.dolbom.caseworker.account.session;

import java.util.Locale;

/// How far somebody has come with signing in. Only who is at [#OPEN] is signed in.
public enum Stage {
    /// Gave the password; a one-time code is asked for.
    CODE,
    /// Has to choose a password of their own.
    CHANGE,
    /// Has to set up one-time codes.
    ENROL,
    /// Is signed in.
    OPEN;

    /// As the database has it.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Stage of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
