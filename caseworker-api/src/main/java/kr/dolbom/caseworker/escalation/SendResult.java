package kr.dolbom.caseworker.escalation;

/// What a provider said to a request, whatever the channel. That somebody was *reached* is never a provider's word:
/// only a key, a one-time link or the console proves it, and [AttemptState#REACHED] keeps it.
public sealed interface SendResult {
    /// It took it.
    ///
    /// @param sid its name for it
    record Accepted(String sid) implements SendResult {}

    /// It took it, and it is there already: no proof that anybody read it.
    ///
    /// @param sid its name for it
    record Delivered(String sid) implements SendResult {}

    /// It refused: nothing was sent.
    ///
    /// @param code its error code, or the HTTP status
    /// @param message its words
    record Refused(int code, String message) implements SendResult {}

    /// It refused because it is asked too often: nothing was sent, and it may be asked again a moment later.
    ///
    /// @param code its error code, or the HTTP status
    /// @param message its words
    record TooOften(int code, String message) implements SendResult {}

    /// It failed or did not answer: it may or may not have been sent.
    ///
    /// @param reason what was seen
    record Unknown(String reason) implements SendResult {}
}
