package kr.dolbom.caseworker.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kr.dolbom.caseworker.alert.AlertEvent;
import kr.dolbom.caseworker.alert.EventType;
import org.junit.jupiter.api.Test;

class DigestTest {
    private static final Instant START = Instant.parse("2026-11-22T17:10:00Z");

    private final List<AlertEvent> events = new ArrayList<>();

    @Test
    void manyRoundsOfCallsAreOneLineForEachPersonAndChannel() {
        add(EventType.RAISED, Map.of());
        add(EventType.PEOPLE_CALLED, Map.of("why", "critical"));
        for (int round = 0; round < 30; round++) {
            attempt("minji-sms-" + round, "minji", "sms", "delivered");
            attempt("minji-voice-" + round, "minji", "voice", "ringing");
            attempt("minji-voice-" + round, "minji", "voice", "no-answer");
            attempt("junho-voice-" + round, "junho", "voice", "busy");
        }
        attempt("junho-voice-30", "junho", "voice", "reached");
        add(EventType.ACKNOWLEDGED, Map.of());

        assertEquals(
                List.of(
                        "raised 0 1 0",
                        "people-called 0 1 1",
                        "delivered 30 30 2",
                        "no-answer 30 60 3",
                        "busy 30 30 5",
                        "reached 1 1 122",
                        "acknowledged 0 1 123"),
                told(0));
    }

    @Test
    void ofOneCallItIsToldHowItStandsAndTheLatestStepsStayAsTheyAre() {
        attempt("a", "minji", "voice", "ringing");
        attempt("a", "minji", "voice", "no-answer");
        attempt("b", "junho", "voice", "starting");
        attempt("b", "junho", "voice", "ringing");

        assertEquals(List.of("no-answer 1 2 1", "starting 1 1 2", "ringing 1 1 3"), told(2));
    }

    @Test
    void whatHappensBetweenTwoRoundsStaysBetweenThem() {
        attempt("a", "minji", "voice", "no-answer");
        attempt("b", "minji", "voice", "no-answer");
        add(EventType.AGAIN, Map.of());
        attempt("c", "minji", "voice", "no-answer");

        assertEquals(List.of("no-answer 2 2 0", "again 0 1 2", "no-answer 1 1 3"), told(0));
    }

    private void attempt(String id, String person, String channel, String state) {
        add(
                EventType.ATTEMPT,
                Map.of("attempt", id, "person", person, "channel", channel, "state", state, "purpose", "alert"));
    }

    private void add(EventType type, Map<String, String> detail) {
        events.add(new AlertEvent(START.plusSeconds(events.size()), type, "platform", detail));
    }

    /// Of each line: what it tells, for how many attempts and entries it stands, after how many seconds it began.
    private List<String> told(int latest) {
        return Digest.of(events, latest).stream()
                .map(line -> "%s %d %d %d"
                        .formatted(
                                line.attempts() == 0
                                        ? line.event().type().word()
                                        : line.event().detail("state"),
                                line.attempts(),
                                line.events(),
                                line.from().getEpochSecond() - START.getEpochSecond()))
                .toList();
    }
}
