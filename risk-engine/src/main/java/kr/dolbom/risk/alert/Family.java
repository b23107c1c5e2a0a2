package kr.dolbom.risk.alert;

import java.util.Optional;

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
    DEVICE("device"),
    /// A restless night, restless nights, or other hours of sleep.
    NIGHT("night"),
    /// Less and less activity.
    DECLINE("decline"),
    /// Doses that were not confirmed.
    MEDICATION("medication"),
    /// Meals for which nobody went to the kitchen.
    MEALS("meals"),
    /// Went out by night and is not back.
    OUTING("outing"),
    /// Words of distress or pain, or distress in conversation.
    DISTRESS("distress"),
    /// Less talk, loneliness, sadness.
    MOOD("mood"),
    /// The device is heard, but it is not well: battery, a sensor, its clock.
    DEVICE_HEALTH("device-health");

    private final String id;

    Family(String id) {
        this.id = id;
    }

    /// The family that the database has under this name.
    public static Optional<Family> find(String id) {
        for (Family family : values()) {
            if (family.id.equals(id)) {
                return Optional.of(family);
            }
        }
        return Optional.empty();
    }

    /// As the database has it.
    public String id() {
        return id;
    }
}
