package kr.dolbom.sim.device;

/// Why a device is not connected.
///
/// @param cause what kind of reason
/// @param reasonCode the MQTT 5 reason code, or 0 where no packet told one
/// @param detail one sentence or less for a person to read
public record Disconnection(Cause cause, int reasonCode, String detail) {
    /// Kinds of reasons.
    public enum Cause {
        /// The broker answered the connection request with an error; the device tries again only at the longest wait.
        REFUSED,
        /// No connection could be made; the device tries again.
        UNREACHABLE,
        /// The broker closed the connection and said why; the device reconnects.
        CLOSED_BY_BROKER,
        /// The connection broke; the device reconnects.
        LOST,
        /// The device said good-bye itself.
        CLOSED,
        /// The device was powered off.
        POWERED_OFF
    }
}
