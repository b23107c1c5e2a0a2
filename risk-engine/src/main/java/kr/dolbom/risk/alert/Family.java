package kr.dolbom.risk.alert;

/// What a finding is about. A resident has at most one open alert of each family.
public enum Family {
    /// Not seen for too long.
    SILENCE("silence"),
    /// A call for help or a hazard.
    EMERGENCY("emergency"),
    /// A call for help or a hazard that we were told of late. A family of its own, so that an open one never takes in a
    /// call that comes now.
    LATE_EMERGENCY("late-emergency"),
    /// The device cannot be heard.
    DEVICE("device");

    private final String id;

    Family(String id) {
        this.id = id;
    }

    /// As the database has it.
    public String id() {
        return id;
    }
}
