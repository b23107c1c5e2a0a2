package kr.dolbom.risk.alert;

/// How fast somebody must act.
public enum Tier {
    /// At once; nobody asks first.
    CRITICAL("critical"),
    /// Soon; the robot asks first.
    URGENT("urgent"),
    /// The robot asks.
    CHECK_IN("check-in"),
    /// A caseworker looks at it in the course of the day.
    REVIEW("review");

    private final String id;

    Tier(String id) {
        this.id = id;
    }

    /// The tier that the database has under this name.
    ///
    /// @throws IllegalArgumentException where there is none
    public static Tier getById(String id) {
        for (Tier tier : values()) {
            if (tier.id.equals(id)) {
                return tier;
            }
        }
        throw new IllegalArgumentException("'%s' is no tier".formatted(id));
    }

    /// As the database has it.
    public String id() {
        return id;
    }
}
