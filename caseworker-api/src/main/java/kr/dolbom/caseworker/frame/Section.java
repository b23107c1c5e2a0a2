package kr.dolbom.caseworker.frame;

import java.util.Set;
import kr.dolbom.caseworker.account.Role;

/// The parts of the console, in the order of its navigation.
@SuppressWarnings("ImmutableEnumChecker") // Set.of never changes
public enum Section {
    /// Open alerts.
    QUEUE("queue", "/", Set.of(Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR)),
    /// What residents asked for.
    TASKS("tasks", "/tasks", Set.of(Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR)),
    /// Residents and all that is set.
    PEOPLE("people", "/people", Set.of(Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR)),
    /// Who is on call.
    ROSTER("roster", "/roster", Set.of(Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR)),
    /// Telephone numbers and today's duty.
    CONTACTS("contacts", "/contacts", Set.of(Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR)),
    /// Devices.
    FLEET("fleet", "/fleet", Set.of(Role.SUPERVISOR, Role.OPERATOR, Role.VENDOR)),
    /// Figures.
    REPORTS("reports", "/reports", Set.of(Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR, Role.AUDITOR)),
    /// Who looked at whom.
    AUDIT("audit", "/audit", Set.of(Role.SUPERVISOR, Role.OPERATOR, Role.AUDITOR)),
    /// Who may sign in.
    ACCOUNTS("accounts", "/accounts", Set.of(Role.SUPERVISOR, Role.OPERATOR)),
    /// One's own account; behind one's own name.
    ME("me", "/me", Set.of());

    private final String word;
    private final String path;
    private final Set<String> roles;

    Section(String word, String path, Set<String> roles) {
        this.word = word;
        this.path = path;
        this.roles = roles;
    }

    /// The end of its text's key, `section.…`.
    public String word() {
        return word;
    }

    /// Where it is.
    public String path() {
        return path;
    }

    /// Whether the navigation shows it to this role.
    public boolean isFor(String role) {
        return roles.contains(role);
    }

    /// The first page of a role.
    public static Section home(String role) {
        for (Section section : values()) {
            if (section.isFor(role)) {
                return section;
            }
        }
        return ME;
    }
}
