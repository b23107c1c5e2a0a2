package kr.dolbom.caseworker.alimtalk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.ProviderReport;
import org.jspecify.annotations.Nullable;

/// What the provider says of a message.
///
/// @param id its name for the message
/// @param state how far it has come, in our words
/// @param error its reason; null for none
/// @param report the same in its own words
record AlimTalkStatus(
        String id, AttemptState state, @Nullable String error, ProviderReport report) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Reads what the provider answered or told; empty when it is something else.
    static Optional<AlimTalkStatus> read(byte[] body) {
        try {
            JsonNode message = JSON.readTree(body);
            String id = message.path("id").asText();
            String status = message.path("status").asText();
            String reason = message.path("reason").asText();
            AttemptState state = state(status);
            return id.isEmpty() || state == null
                    ? Optional.empty()
                    : Optional.of(new AlimTalkStatus(
                            id,
                            state,
                            reason.isEmpty() ? null : reason,
                            new ProviderReport(status, time(message.path("answeredAt")))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static @Nullable AttemptState state(String status) {
        return switch (status) {
            case "accepted" -> AttemptState.ACCEPTED;
            case "delivered" -> AttemptState.DELIVERED;
            case "failed" -> AttemptState.FAILED;
            default -> null;
        };
    }

    private static @Nullable Instant time(JsonNode text) {
        try {
            return Instant.parse(text.asText());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
