package kr.dolbom.caseworker.twilio;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.ProviderReport;
import org.jspecify.annotations.Nullable;

/// What a status callback, or Twilio when asked, says.
///
/// @param sid Twilio's name for the call or text
/// @param state how far it has come, in our words
/// @param error Twilio's error code; null for none
/// @param report the same in Twilio's words
record TwilioStatus(
        String sid, AttemptState state, @Nullable String error, ProviderReport report) {

    /// Reads a callback; empty when it has no status that we know.
    static Optional<TwilioStatus> read(Map<String, String> form) {
        String callSid = form.get("CallSid");
        String messageSid = form.get("MessageSid");
        String error = form.get("ErrorCode");
        Instant at = time(form.getOrDefault("Timestamp", ""));
        if (callSid != null) {
            return ofCall(callSid, form.getOrDefault("CallStatus", ""), error, at);
        }
        if (messageSid != null) {
            return ofText(messageSid, form.getOrDefault("MessageStatus", ""), error, at);
        }
        return Optional.empty();
    }

    /// How a call stands; empty when we do not know the status.
    static Optional<TwilioStatus> ofCall(String sid, String status, @Nullable String error, @Nullable Instant at) {
        return call(status).map(state -> new TwilioStatus(sid, state, error, new ProviderReport(status, at)));
    }

    /// How a text stands; empty when we do not know the status.
    static Optional<TwilioStatus> ofText(String sid, String status, @Nullable String error, @Nullable Instant at) {
        return text(status).map(state -> new TwilioStatus(sid, state, error, new ProviderReport(status, at)));
    }

    /// Twilio's own time, as RFC 2822 writes it; null when it is none, as with texts.
    private static @Nullable Instant time(String text) {
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
        } catch (DateTimeException e) {
            return null;
        }
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
