package kr.dolbom.sim.phone.line;

import java.util.OptionalInt;

/// What can go wrong between the caller of the API and the person. Faults are set per number ([Phone#fault(Fault)]) or
/// for every request ([Network#fault(Fault)]).
public enum Fault {
    /// The API answers HTTP 400: error 21612 for a text, 21214 for a call.
    API_400,
    /// The API answers HTTP 429, error 20429.
    API_429,
    /// The API answers HTTP 500, error 20500.
    API_500,
    /// The API answers HTTP 503, error 20503.
    API_503,
    /// The API takes the request, does nothing and never answers: the client has to give up.
    API_HANG,
    /// The API does nothing and closes the connection without an answer.
    API_CLOSE,
    /// The API does what was asked and then closes the connection without an answer: the client cannot know.
    API_LOST_REPLY,
    /// The API does what was asked and never answers: the client has to give up, and cannot know.
    API_NO_REPLY,
    /// No such number: texts and calls are refused with error 21211.
    INVALID_NUMBER,
    /// A landline, as Twilio knows: texts are refused with error 21614; calls work.
    LANDLINE,
    /// A landline, as only the carrier knows: texts are accepted and end undelivered with error 30006; calls work.
    UNKNOWN_LANDLINE(30006),
    /// The person opted out: texts are refused with error 21610; calls work.
    OPTED_OUT,
    /// Switched off or out of coverage: texts end undelivered with error 30003, calls failed.
    UNREACHABLE(30003),
    /// The number was given back: texts end undelivered with error 30005, calls failed.
    UNKNOWN_HANDSET(30005),
    /// The carrier or the person blocks the sender: texts end undelivered with error 30004; calls work.
    BLOCKED(30004),
    /// The carrier takes texts for spam: they end undelivered with error 30007; calls work.
    FILTERED(30007),
    /// Twilio's queue is full: texts end failed with error 30001 and are never sent; calls work.
    QUEUE_FULL(30001),
    /// Texts arrive, and nobody tells: they stay sent.
    NO_RECEIPT,
    /// Texts never arrive, and nobody tells: they stay sent.
    TEXT_LOST,
    /// Calls stay queued until they are taken back.
    CALL_STUCK,
    /// Calls end busy.
    BUSY,
    /// The network gives up ringing at once; calls end no-answer.
    NO_ANSWER,
    /// A machine answers, hears everything, presses nothing, and hangs up when its tape is full.
    VOICEMAIL;

    private final int textError;

    Fault() {
        this(0);
    }

    Fault(int textError) {
        this.textError = textError;
    }

    /// Whether it is the API that fails, not the phone.
    public boolean isApi() {
        return name().startsWith("API_");
    }

    /// The error with which an accepted text ends; empty where none ends so.
    OptionalInt textError() {
        return textError == 0 ? OptionalInt.empty() : OptionalInt.of(textError);
    }
}
