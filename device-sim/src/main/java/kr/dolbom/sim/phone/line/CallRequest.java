package kr.dolbom.sim.phone.line;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A call as it was ordered.
///
/// @param from caller's number, E.164
/// @param to number to ring, E.164
/// @param document where the TwiML is fetched on answer; null when `twiml` is given
/// @param twiml the TwiML itself; null when `document` is given
/// @param fallback where TwiML is fetched when the document fails; null for nowhere
/// @param statusCallback who is told of the events; null for nobody
/// @param events which events are told; empty means only the end
/// @param ringFor how long it rings before the network gives up
/// @param parentSid the call whose `<Dial>` makes this one; null for one that the API ordered
public record CallRequest(
        String from,
        String to,
        @Nullable Callback document,
        @Nullable String twiml,
        @Nullable Callback fallback,
        @Nullable Callback statusCallback,
        Set<CallEvent> events,
        Duration ringFor,
        @Nullable String parentSid) {

    /// Refuses a call that has nothing to say: only one that is dialled by another is led by that.
    public CallRequest {
        if (parentSid == null && (document == null) == (twiml == null)) {
            throw new IllegalArgumentException("A call has either the address of a document or the TwiML itself");
        }
        events = Set.copyOf(events);
    }
}
