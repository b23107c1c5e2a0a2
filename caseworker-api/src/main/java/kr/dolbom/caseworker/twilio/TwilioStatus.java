package kr.dolbom.caseworker.twilio;

import java.util.Map;
import java.util.Optional;
import kr.dolbom.caseworker.escalation.AttemptState;
import org.jspecify.annotations.Nullable;

/// What a status callback says.
///
/// @param sid Twilio's name for the call or text
/// @param state how far it has come, in our words
/// @param error Twilio's error code; null for none
record TwilioStatus(
        String sid, AttemptState state, @Nullable String error) {

    /// Reads a callback; empty when it has no status that we know.
    static Optional<TwilioStatus> read(Map<String, String> form) {
        String callSid = form.get("CallSid");
        String messageSid = form.get("MessageSid");
        String error = form.get("ErrorCode");
        if (callSid != null) {
            return call(form.getOrDefault("CallStatus", "")).map(state -> new TwilioStatus(callSid, state, error));
        }
        if (messageSid != null) {
            return text(form.getOrDefault("MessageStatus", ""))
                    .map(state -> new TwilioStatus(messageSid, state, error));
        }
        return Optional.empty();
    }

    private static Optional<AttemptState> call(String status) {
        return Optional.ofNullable(
                switch (status) {
                    case "queued", "initiated" -> AttemptState.ACCEPTED;
                    case "ringing" -> AttemptState.RINGING;
                    case "in-progress" -> AttemptState.ANSWERED;
                    case "completed" -> AttemptState.COMPLETED;
                    case "busy" -> AttemptState.BUSY;
                    case "no-answer" -> AttemptState.NO_ANSWER;
                    case "failed" -> AttemptState.FAILED;
                    case "canceled" -> AttemptState.CANCELED;
                    default -> null;
                });
    }

    private static Optional<AttemptState> text(String status) {
        return Optional.ofNullable(
                switch (status) {
                    case "accepted", "queued", "scheduled", "sending", "sent" -> AttemptState.ACCEPTED;
                    case "delivered", "read" -> AttemptState.DELIVERED;
                    case "undelivered", "failed" -> AttemptState.FAILED;
                    case "canceled" -> AttemptState.CANCELED;
                    default -> null;
                });
    }
}
