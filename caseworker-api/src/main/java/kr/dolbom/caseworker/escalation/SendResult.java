package kr.dolbom.caseworker.escalation;

import org.jspecify.annotations.Nullable;

/// What came of trying to reach somebody, whatever the channel.
public sealed interface SendResult {
    /// The provider took it.
    ///
    /// @param sid its name for it
    record Accepted(String sid) implements SendResult {}

    /// The provider took it, and it is there already: no proof that anybody read it.
    ///
    /// @param sid its name for it
    record Delivered(String sid) implements SendResult {}

    /// A named person proved to be there. No provider ever says this: only what that person did.
    ///
    /// @param proof what they did
    record Reached(Proof proof) implements SendResult {}

    /// The provider refused: nothing was sent.
    ///
    /// @param code its error code, or the HTTP status
    /// @param message its words
    record Refused(int code, String message) implements SendResult {}

    /// The provider refused because it is asked too often: nothing was sent, and it may be asked again a moment later.
    ///
    /// @param code its error code, or the HTTP status
    /// @param message its words
    record TooOften(int code, String message) implements SendResult {}

    /// The provider failed or did not answer: it may or may not have been sent.
    ///
    /// @param reason what was seen
    record Unknown(String reason) implements SendResult {}

    /// By what somebody proved to be there.
    enum Proof {
        /// A key pressed in a call.
        KEY,
        /// A one-time link.
        LINK,
        /// A button in the console, or REST, by somebody signed in.
        CONSOLE
    }

    /// How far an attempt has come with this.
    default AttemptState state() {
        return switch (this) {
            case Accepted _ -> AttemptState.ACCEPTED;
            case Delivered _ -> AttemptState.DELIVERED;
            case Reached _ -> AttemptState.REACHED;
            case Refused _, TooOften _, Unknown _ -> AttemptState.FAILED;
        };
    }

    /// The provider's name for the attempt; null when it gave none.
    default @Nullable String sid() {
        return switch (this) {
            case Accepted(String name) -> name;
            case Delivered(String name) -> name;
            case Reached _, Refused _, TooOften _, Unknown _ -> null;
        };
    }

    /// What went wrong, null for nothing. It may hold a phone number: it stands with the attempt and in no log.
    default @Nullable String error() {
        return switch (this) {
            case Refused(int code, String message) -> code + " " + message;
            case TooOften(int code, String message) -> code + " " + message;
            case Unknown(String reason) -> reason;
            case Accepted _, Delivered _, Reached _ -> null;
        };
    }

    /// The same in a word for logs, such as `refused 21211`.
    default String word() {
        return switch (this) {
            case Accepted _ -> "accepted";
            case Delivered _ -> "delivered";
            case Reached _ -> "reached";
            case Refused(int code, String _) -> "refused " + code;
            case TooOften(int code, String _) -> "asked too often " + code;
            case Unknown _ -> "no answer";
        };
    }
}
