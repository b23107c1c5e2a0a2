package kr.dolbom.sim.phone.twiml;

/// A document that Twilio would not play; the call ends with an application error.
public final class TwimlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    /// @param code Twilio's number for this kind of error, such as 12100
    /// @param message what is wrong and where
    public TwimlException(int code, String message) {
        super(message);
        this.code = code;
    }

    /// Twilio's number for this kind of error.
    public int code() {
        return code;
    }
}
