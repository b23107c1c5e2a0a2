package kr.dolbom.risk.setting;

import java.time.Instant;

/// A mode that somebody has entered.
///
/// @param kind away or in hospital
/// @param from since when
/// @param until when it ends by itself
public record Mode(Kind kind, Instant from, Instant until) {
    /// Why the resident is not at home.
    public enum Kind {
        /// On a journey, with family.
        AWAY,
        /// In hospital.
        HOSPITAL
    }

    /// Whether it holds at a moment.
    public boolean holdsAt(Instant at) {
        return !at.isBefore(from) && at.isBefore(until);
    }
}
