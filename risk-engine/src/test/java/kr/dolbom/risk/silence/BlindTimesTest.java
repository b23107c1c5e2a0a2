package kr.dolbom.risk.silence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlindTimesTest {
    private final BlindTimes times = new BlindTimes();

    @Test
    void aProofInTheMiddleLeavesBothEnds() {
        times.add(at(0), at(100));
        times.prove(at(40), at(70));

        assertEquals(List.of(span(0, 40), span(70, 100)), times.list());
    }

    @Test
    void aProofOverSeveralTimesTakesThemAway() {
        times.add(at(0), at(10));
        times.add(at(20), at(30));
        times.add(at(40), at(50));
        times.prove(at(5), at(45));

        assertEquals(List.of(span(0, 5), span(45, 50)), times.list());
    }

    @Test
    void whatEndedBeforeIsForgotten() {
        times.add(at(0), at(10));
        times.add(at(20), at(30));
        times.forgetBefore(at(25));

        assertEquals(List.of(span(20, 30)), times.list());
    }

    @Test
    void aDeviceThatComesAndGoesForEverTakesNoMoreRoom() {
        for (int i = 0; i < 1000; i++) {
            times.add(at(i * 20), at(i * 20 + 10));
        }

        assertEquals(200, times.list().size());
        assertEquals(span(0, 800 * 20 + 10), times.list().getFirst());
    }

    private static BlindTimes.Span span(int from, int to) {
        return new BlindTimes.Span(at(from), at(to));
    }

    private static Instant at(int minutes) {
        return Instant.EPOCH.plus(Duration.ofMinutes(minutes));
    }
}
