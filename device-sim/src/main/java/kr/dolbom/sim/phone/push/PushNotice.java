package kr.dolbom.sim.phone.push;

import java.time.Instant;
import java.util.Map;

/// One request to the push service.
///
/// @param at when it came
/// @param subscription the subscription's id
/// @param headers TTL, Urgency, Topic, Authorization and Content-Encoding, as far as they were sent
/// @param text the message, opened as the browser would; empty when it was refused or had no body
/// @param status the HTTP status of the answer
/// @param fault what was wrong with the request, empty when it was in order
public record PushNotice(
        Instant at, String subscription, Map<String, String> headers, String text, int status, String fault) {

    /// Keeps its own copy of the headers.
    public PushNotice {
        headers = Map.copyOf(headers);
    }

    /// One header, empty when absent.
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
