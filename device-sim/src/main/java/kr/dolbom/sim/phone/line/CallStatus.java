package kr.dolbom.sim.phone.line;

/// Twilio's states of an outgoing call:
///
/// ```
/// queued ─▶ ringing ─▶ in-progress ─▶ completed
///    │         ├─▶ busy · no-answer
///    └─────────┴─▶ failed · canceled
/// ```
public enum CallStatus {
    /// Accepted, not yet dialled.
    QUEUED("queued"),
    /// The phone rings.
    RINGING("ringing"),
    /// Somebody, or something, answered.
    IN_PROGRESS("in-progress"),
    /// Answered and over.
    COMPLETED("completed"),
    /// Engaged or declined.
    BUSY("busy"),
    /// Rang until the time was up.
    NO_ANSWER("no-answer"),
    /// Could not be connected.
    FAILED("failed"),
    /// Taken back by the caller before anybody answered.
    CANCELED("canceled");

    private final String word;

    CallStatus(String word) {
        this.word = word;
    }

    /// As Twilio writes it.
    public String word() {
        return word;
    }

    /// Whether the call is over.
    public boolean isFinal() {
        return switch (this) {
            case QUEUED, RINGING, IN_PROGRESS -> false;
            case COMPLETED, BUSY, NO_ANSWER, FAILED, CANCELED -> true;
        };
    }
}
