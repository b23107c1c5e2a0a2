package kr.dolbom.caseworker.account;

/// What an account may do. The names are those of Micronaut's security rules, for use in annotations.
public final class Role {
    /// Answers alerts of the own office.
    public static final String CASEWORKER = "caseworker";

    /// Keeps the registry and sees every office's alerts, but answers none.
    public static final String OPERATOR = "operator";

    private Role() {}
}
