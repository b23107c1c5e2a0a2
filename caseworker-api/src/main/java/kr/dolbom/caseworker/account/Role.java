package kr.dolbom.caseworker.account;

/// What an account may do. The names are those of Micronaut's security rules, for use in annotations.
public final class Role {
    /// Answers alerts of the own office.
    public static final String CASEWORKER = "caseworker";

    /// Keeps the registry and sees every office's alerts, but answers none.
    public static final String OPERATOR = "operator";

    /// Answers alerts as a caseworker does, and keeps people, rosters and settings of the own office.
    public static final String SUPERVISOR = "supervisor";

    /// Reads reports and the audit log, and no resident.
    public static final String AUDITOR = "auditor";

    /// Sees the devices of the own make, and no resident.
    public static final String VENDOR = "vendor";

    private Role() {}
}
