package kr.dolbom.caseworker.escalation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How far an attempt has come. Reports come late, twice and out of order; the stage makes an old one recognisable.
///
/// ```
/// starting ─▶ accepted ─▶ ringing ─▶ answered ─▶ completed · no-answer · busy · failed · canceled ─▶ reached
///                    └───────────────────────▶ delivered
/// ```
public enum AttemptState {
    /// Committed, not yet asked of the provider.
    STARTING(0),
    /// The provider took it.
    ACCEPTED(1),
    /// The phone rings.
    RINGING(2),
    /// Somebody, or something, answered.
    ANSWERED(3),
    /// The text is on the phone: no proof that anybody read it.
    DELIVERED(4),
    /// The call is over; nobody proved to be there.
    COMPLETED(4),
    /// Rang until the time was up.
    NO_ANSWER(4),
    /// Engaged or declined.
    BUSY(4),
    /// Refused, undeliverable, or the provider did not answer.
    FAILED(4),
    /// We took it back.
    CANCELED(4),
    /// A named person proved to be there.
    REACHED(5);

    private final int stage;

    AttemptState(int stage) {
        this.stage = stage;
    }

    /// As the database, REST and the dictionary write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The one with this word.
    public static AttemptState get(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /// Whether a report of `next` is news for an attempt in this state.
    public boolean isOvertakenBy(AttemptState next) {
        return next.stage > stage;
    }

    /// The same where the provider's name for the attempt is known: a failure without one is our
    /// own guess after a missing answer, and what the provider says counts more.
    ///
    /// @param sidBefore the provider's name, as it was known before; null when it was not
    /// @param sid the one that the report brings; null for none
    public boolean isOvertakenBy(AttemptState next, @Nullable String sidBefore, @Nullable String sid) {
        return isOvertakenBy(next) || (this == FAILED && sidBefore == null && sid != null);
    }

    /// Whether a call in this state may still be taken back.
    public boolean isPending() {
        return stage > STARTING.stage && stage < ANSWERED.stage;
    }

    /// Whether a call in this state is over.
    public boolean isOver() {
        return stage >= COMPLETED.stage;
    }
}
