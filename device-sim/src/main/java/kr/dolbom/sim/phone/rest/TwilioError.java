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

    /// What the error of a text that was accepted means.
    static String meaning(int textError) {
        return switch (textError) {
            case 30001 -> "Queue overflow";
            case 30003 -> "Unreachable destination handset";
            case 30004 -> "Message blocked";
            case 30005 -> "Unknown destination handset";
            case 30006 -> "Landline or unreachable carrier";
            case 30007 -> "Message filtered";
            default -> "Unknown error";
        };
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
