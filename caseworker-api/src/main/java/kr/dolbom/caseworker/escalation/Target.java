package kr.dolbom.caseworker.escalation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Whom a step calls.
public enum Target {
    /// Everybody on call, first position first.
    ON_CALL,
    /// The first position on call.
    PRIMARY,
    /// The other positions on call.
    BACKUP,
    /// The resident's own caseworker.
    OWN_CASEWORKER,
    /// The office's supervisors.
    SUPERVISOR,
    /// The resident's guardians who consented.
    GUARDIAN,
    /// Everybody of the office: the group emergency contact network.
    TEAM;

    /// As the database and REST write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The one with this word.
    public static Optional<Target> find(String word) {
        return Arrays.stream(values())
                .filter(target -> target.word().equals(word))
                .findFirst();
    }
}
