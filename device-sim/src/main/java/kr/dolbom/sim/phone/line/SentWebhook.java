package kr.dolbom.sim.phone.line;

import java.time.Instant;
import java.util.Map;

/// A webhook that was called, and what it answered.
///
/// @param at when it was sent
/// @param method GET or POST
/// @param url the address as it was signed
/// @param parameters what was sent in the body, or for GET in the query
/// @param status the HTTP status of the answer, or 0 when there was none
public record SentWebhook(Instant at, String method, String url, Map<String, String> parameters, int status) {

    /// Keeps its own copy of the parameters.
    public SentWebhook {
        parameters = Map.copyOf(parameters);
    }
}
