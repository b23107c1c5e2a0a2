package kr.dolbom.sim.phone.line;

import java.util.Locale;

/// Twilio's states of an outgoing text: `queued ─▶ sent ─▶ delivered`, or `undelivered` at the end, or
/// `queued ─▶ failed`.
public enum TextStatus {
    /// Accepted.
    QUEUED,
    /// Handed to the carrier.
    SENT,
    /// On the phone.
    DELIVERED,
    /// The carrier could not deliver it.
    UNDELIVERED,
    /// Twilio could not hand it to the carrier.
    FAILED;

    /// As Twilio writes it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
