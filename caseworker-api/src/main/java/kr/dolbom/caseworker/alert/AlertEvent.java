package kr.dolbom.caseworker.alert;

import java.time.Instant;
import java.util.Map;

/// One entry of an alert's timeline.
///
/// @param at when it happened
/// @param type what happened
/// @param actor who did it: `platform`, `robot`, `resident`, `provider`, or a caseworker's public id
/// @param detail more, by name; never a resident's words
public record AlertEvent(Instant at, EventType type, String actor, Map<String, String> detail) {

    /// Keeps its own copy of the detail.
    public AlertEvent {
        detail = Map.copyOf(detail);
    }

    /// One value of the detail, empty when it is not there.
    public String detail(String name) {
        return detail.getOrDefault(name, "");
    }
}
