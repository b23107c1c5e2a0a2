package kr.dolbom.sim.phone.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/// An answer of the API that is no success.
final class TwilioError extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    TwilioError(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /// HTTP 400.
    static TwilioError refused(int code, String message) {
        return new TwilioError(400, code, message);
    }

    static TwilioError notFound(String path) {
        return new TwilioError(404, 20404, "The requested resource %s was not found".formatted(path));
    }

    /// Something that Twilio can do and the simulator cannot.
    static TwilioError notPlayed(String what) {
        return new TwilioError(501, 20501, "The phone simulator does not play %s".formatted(what));
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    JsonNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("code", code)
                .put("message", getMessage())
                .put("more_info", "https://www.twilio.com/docs/errors/" + code)
                .put("status", status);
    }
}
