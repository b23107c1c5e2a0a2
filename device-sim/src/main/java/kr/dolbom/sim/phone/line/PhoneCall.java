package kr.dolbom.sim.phone.line;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call as it stands at one moment.
///
/// @param sid `CA` and 32 hexadecimal digits
/// @param parentSid the call whose `<Dial>` made it; null for one that the API ordered
/// @param from caller
/// @param to called number
/// @param status how far it came
/// @param createdAt when the API accepted it
/// @param updatedAt when the status last changed
/// @param dialledAt when the network began to connect it; null before
/// @param rangAt when the phone began to ring; null if it never did
/// @param answeredAt when it was answered; null if it never was
/// @param endedAt when it was over; null before
/// @param spoken what was said, oldest first
/// @param keys the keys that were pressed and heard
/// @param said what the person said and was heard, oldest first
/// @param awaitsKey whether everything was said and the call waits for a key, or for words
/// @param warnings what Twilio would complain about
public record PhoneCall(
        String sid,
        @Nullable String parentSid,
        String from,
        String to,
        CallStatus status,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant dialledAt,
        @Nullable Instant rangAt,
        @Nullable Instant answeredAt,
        @Nullable Instant endedAt,
        List<SpokenLine> spoken,
        String keys,
        List<String> said,
        boolean awaitsKey,
        List<CallWarning> warnings) {

    /// Keeps its own copies of the lists.
    public PhoneCall {
        spoken = List.copyOf(spoken);
        said = List.copyOf(said);
        warnings = List.copyOf(warnings);
    }
}
