package kr.dolbom.risk.sight;

/// What a group of homes shares.
public enum Scope {
    /// The platform.
    ALL("all"),
    /// A district's network or mains.
    DISTRICT("district"),
    /// A vendor's network or firmware.
    VENDOR("vendor");

    private final String id;

    Scope(String id) {
        this.id = id;
    }

    /// As the database has it.
    public String id() {
        return id;
    }

    /// The scope that the database has under this name.
    ///
    /// @throws IllegalArgumentException where there is none
    public static Scope getById(String id) {
        for (Scope scope : values()) {
            if (scope.id.equals(id)) {
                return scope;
            }
        }
        throw new IllegalArgumentException("'%s' is no scope".formatted(id));
    }
}
