package kr.dolbom.risk.fusion;

import kr.dolbom.risk.alert.Family;

/// Whether a resident is to be watched as usual.
///
/// | mode | judged |
/// |---|---|
/// | home | all families |
/// | away | emergencies, the device, its health, and words of distress: who speaks is there |
/// | hospital | emergencies, the device and its health |
///
/// A resident who went out for the day is at home in this sense; away is announced, for days.
public enum Mode {
    /// As usual.
    HOME,
    /// Announced to be away for days.
    AWAY,
    /// In hospital.
    HOSPITAL;

    /// Whether a family is judged in this mode.
    public boolean judges(Family family) {
        return switch (family) {
            case EMERGENCY, LATE_EMERGENCY, DEVICE, DEVICE_HEALTH -> true;
            case DISTRESS -> this != HOSPITAL;
            case SILENCE, NIGHT, DECLINE, MEDICATION, MEALS, OUTING, MOOD -> this == HOME;
        };
    }
}
