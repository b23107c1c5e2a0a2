package kr.dolbom.contract.telemetry;

/// What noticed the activity.
public enum Sensor {
    /// A motion sensor (PIR, radar, camera without pictures).
    MOTION,
    /// A contact on a door or a cupboard.
    DOOR,
    /// The robot was touched or held.
    TOUCH,
    /// An appliance was used.
    APPLIANCE
}
