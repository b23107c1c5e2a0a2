package kr.dolbom.caseworker.phonecall;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// As what somebody is called.
public enum PartyKind {
    /// Somebody of an office.
    CASEWORKER,
    /// Family or a neighbour of a resident, by consent.
    GUARDIAN,
    /// A resident.
    RESIDENT;

    /// As forms and the database write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one with this word.
    public static Optional<PartyKind> find(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
