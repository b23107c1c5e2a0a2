package kr.dolbom.sim.phone.line;

import java.util.Locale;

/// What a status callback of a call can be asked for.
public enum CallEvent {
    /// Dialled.
    INITIATED,
    /// The phone rings.
    RINGING,
    /// Answered.
    ANSWERED,
    /// Over, in whatever way.
    COMPLETED;

    /// As Twilio writes it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
