package kr.dolbom.caseworker.alert;

import java.util.Locale;

/// As what somebody is called about an alert.
public enum PersonKind {
    /// Somebody of an office.
    CASEWORKER,
    /// Family or a neighbour of the resident, by consent.
    GUARDIAN;

    /// As the database and REST write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
