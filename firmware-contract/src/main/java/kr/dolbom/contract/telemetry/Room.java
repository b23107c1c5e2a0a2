package kr.dolbom.contract.telemetry;

/// Where in the home.
public enum Room {
    /// Where the resident sleeps.
    BEDROOM,
    /// Bathroom or toilet.
    BATHROOM,
    /// Kitchen, its fridge included.
    KITCHEN,
    /// Living room.
    LOUNGE,
    /// Corridor.
    HALLWAY,
    /// The front door: an event here may be the way out.
    FRONT_DOOR,
    /// Any other door that leads out.
    BACK_DOOR,
    /// Balcony.
    BALCONY,
    /// Any other place, or the device does not know.
    OTHER
}
