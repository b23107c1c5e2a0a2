package kr.dolbom.sim.phone.rest;

/// What a request to the API asks for.
public enum RequestKind {
    /// POST to Messages.
    CREATE_MESSAGE,
    /// GET of one message.
    FETCH_MESSAGE,
    /// GET of Messages.
    LIST_MESSAGES,
    /// POST to Calls.
    CREATE_CALL,
    /// GET of one call.
    FETCH_CALL,
    /// GET of Calls.
    LIST_CALLS,
    /// POST to one call.
    UPDATE_CALL
}
