package kr.dolbom.caseworker.console.roster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.readiness.TestRings;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;

/// What became of test calls, for each of an office's people.
final class RosterRings {
    private RosterRings() {}

    /// @param rings newest first
    static List<RosterPage.Ring> told(
            List<RosterRead.Colleague> people, List<TestRings.TestRing> rings, Phrasing phrasing) {
        Words words = phrasing.words();
        Map<UUID, TestRings.TestRing> latest = new LinkedHashMap<>();
        rings.forEach(ring -> latest.putIfAbsent(ring.caseworkerId(), ring));
        return people.stream()
                .map(person -> {
                    TestRings.TestRing ring = latest.get(person.id());
                    if (ring == null) {
                        return new RosterPage.Ring(
                                person.id().toString(), person.name(), words.text("roster.ring.never"), false);
                    }
                    String key = result(ring);
                    return new RosterPage.Ring(
                            person.id().toString(),
                            person.name(),
                            words.text(
                                    "roster.ring." + key,
                                    phrasing.when(ring.startedAt()).ago()),
                            key.equals("unheard"));
                })
                .toList();
    }

    private static String result(TestRings.TestRing ring) {
        if (ring.heard()) {
            return "heard";
        }
        return switch (ring.state()) {
            case NO_ANSWER, BUSY, FAILED -> "unheard";
            case CANCELED -> "canceled";
            case AttemptState state -> "running";
        };
    }
}
