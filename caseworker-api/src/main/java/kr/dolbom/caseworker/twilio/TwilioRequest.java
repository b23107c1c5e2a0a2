package kr.dolbom.caseworker.twilio;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import java.util.function.Supplier;
import kr.dolbom.caseworker.escalation.SendResult;

/// One request to Twilio, whose failures are results.
final class TwilioRequest {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private TwilioRequest() {}

    /// Whether the same request, asked again later, may get another answer: Twilio is busy, in trouble, or silent.
    static boolean isToBeRepeated(TwilioException e) {
        if (!(e instanceof ApiException answer)) {
            return true;
        }
        Integer status = answer.getStatusCode();
        return status == null || status == TOO_MANY_REQUESTS || status >= SERVER_ERROR;
    }

    /// @param create sends the request and gives the SID
    static SendResult send(Supplier<String> create) {
        try {
            return new SendResult.Accepted(create.get());
        } catch (ApiException e) {
            Integer status = e.getStatusCode();
            String message = e.getMessage() == null ? "no message" : e.getMessage();
            if (status == null || status >= SERVER_ERROR) {
                return new SendResult.Unknown("HTTP %s: %s".formatted(status, message));
            }
            int code = e.getCode() == null ? status : e.getCode();
            return status == TOO_MANY_REQUESTS
                    ? new SendResult.TooOften(code, message)
                    : new SendResult.Refused(code, message);
        } catch (TwilioException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new SendResult.Unknown(cause.getClass().getSimpleName() + ": " + cause.getMessage());
        }
    }
}
