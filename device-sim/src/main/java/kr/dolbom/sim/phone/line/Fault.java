package kr.dolbom.sim.phone.line;

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
    /// A landline: texts are refused with error 21614; calls work.
    LANDLINE,
    /// The person opted out: texts are refused with error 21610; calls work.
    OPTED_OUT,
    /// Switched off or out of coverage: texts end undelivered with error 30003, calls failed.
    UNREACHABLE,
    /// Calls end busy.
    BUSY,
    /// The network gives up ringing at once; calls end no-answer.
    NO_ANSWER,
    /// A machine answers, hears everything, presses nothing, and hangs up when its tape is full.
    VOICEMAIL;

    /// Whether it is the API that fails, not the phone.
    public boolean isApi() {
        return switch (this) {
            case API_400, API_429, API_500, API_503, API_HANG, API_CLOSE, API_LOST_REPLY -> true;
            case LANDLINE, OPTED_OUT, UNREACHABLE, BUSY, NO_ANSWER, VOICEMAIL -> false;
        };
    }
}
