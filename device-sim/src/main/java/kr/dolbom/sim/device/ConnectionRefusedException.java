package kr.dolbom.sim.device;

/// The broker refused a device's first connection.
public final class ConnectionRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int reasonCode;

    ConnectionRefusedException(Disconnection why) {
        super(why.detail());
        this.reasonCode = why.reasonCode();
    }

    /// The MQTT 5 reason code of the CONNACK or SUBACK; 0x87 is "not authorized".
    public int reasonCode() {
        return reasonCode;
    }
}
