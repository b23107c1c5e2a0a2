package kr.dolbom.risk.silence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlindTimesTest {
    private final BlindTimes times = new BlindTimes();

    @Test
    void aProofInTheMiddleLeavesBothEnds() {
        times.add(0, 100);
        times.prove(40, 70);

        assertEquals(List.of("0–40", "70–100"), spans());
    }

    @Test
    void aProofOverSeveralTimesTakesThemAway() {
        times.add(0, 10);
        times.add(20, 30);
        times.add(40, 50);
        times.prove(5, 45);

        assertEquals(List.of("0–5", "45–50"), spans());
    }

    @Test
    void aProofOfNoTimeAtAllProvesNothing() {
        times.add(0, 100);
        times.prove(50, 50);

        assertEquals(List.of("0–100"), spans());
    }

    @Test
    void whatEndedBeforeIsForgotten() {
        times.add(0, 10);
        times.add(20, 30);
        times.forgetBefore(25);

        assertEquals(List.of("20–30"), spans());
    }

    @Test
    void aDeviceThatComesAndGoesForEverTakesNoMoreRoom() {
        for (int i = 0; i < 1000; i++) {
            times.add(20L * i, 20L * i + 10);
        }

        assertEquals(64, times.count());
        assertEquals("0–" + (936 * 20 + 10), spans().getFirst(), "the oldest are one");
        assertEquals("19980–19990", spans().getLast());
    }

    private List<String> spans() {
        List<String> spans = new ArrayList<>();
        for (int i = 0; i < times.count(); i++) {
            spans.add(times.from(i) + "–" + times.to(i));
        }
        return spans;
    }
}
