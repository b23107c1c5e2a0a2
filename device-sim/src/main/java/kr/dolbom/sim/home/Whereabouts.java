package kr.dolbom.sim.home;

/// Where a resident is.
public enum Whereabouts {
    /// At home and up.
    AWAKE,
    /// At home, in bed for the night.
    IN_BED,
    /// Out of the home.
    OUT
}
