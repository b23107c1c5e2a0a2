package kr.dolbom.caseworker.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kr.dolbom.caseworker.alert.AlertEvent;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.escalation.AttemptState;

/// Tells a long timeline in few lines: attempts to reach the same person by the same channel, with nothing else between
/// them than other attempts, are one line. What an alert began with stays, however often people were called since.
final class Digest {
    private Digest() {}

    /// One line.
    ///
    /// @param event what it tells; of several the latest
    /// @param from when the first of them happened
    /// @param attempts how many attempts it stands for; 0 where it is about something else
    /// @param events how many entries of the timeline it stands for
    record Line(AlertEvent event, Instant from, int attempts, int events) {
        private static Line of(List<AlertEvent> events) {
            AlertEvent last = events.getLast();
            if (last.type() != EventType.ATTEMPT) {
                return new Line(last, last.at(), 0, 1);
            }
            long named = events.stream()
                    .map(event -> event.detail("attempt"))
                    .filter(id -> !id.isEmpty())
                    .distinct()
                    .count();
            long unnamed = events.stream()
                    .filter(event -> event.detail("attempt").isEmpty())
                    .count();
            int attempts = (int) (named + unnamed);
            // Of a single attempt it matters how it stands.
            Instant from = attempts == 1 ? last.at() : events.getFirst().at();
            return new Line(last, from, attempts, events.size());
        }
    }

    /// @param events oldest first
    /// @param latest how many of the latest stay as they are
    static List<Line> of(List<AlertEvent> events, int latest) {
        List<Line> lines = new ArrayList<>();
        Map<String, List<AlertEvent>> run = new LinkedHashMap<>();
        for (int i = 0; i < events.size(); i++) {
            AlertEvent event = events.get(i);
            if (isRepeated(event) && i < events.size() - latest) {
                String key =
                        "%s %s %s".formatted(event.detail("person"), event.detail("channel"), event.detail("purpose"));
                run.computeIfAbsent(key, first -> new ArrayList<>()).add(event);
            } else {
                run.values().forEach(attempts -> lines.add(Line.of(attempts)));
                run.clear();
                lines.add(Line.of(List.of(event)));
            }
        }
        run.values().forEach(attempts -> lines.add(Line.of(attempts)));
        return List.copyOf(lines);
    }

    /// That somebody was reached is told by itself.
    private static boolean isRepeated(AlertEvent event) {
        return event.type() == EventType.ATTEMPT && !event.detail("state").equals(AttemptState.REACHED.word());
    }
}
