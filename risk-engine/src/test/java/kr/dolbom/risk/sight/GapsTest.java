package kr.dolbom.risk.sight;

import static kr.dolbom.risk.alert.Visibility.DEVICE_SILENT;
import static kr.dolbom.risk.alert.Visibility.NETWORK_SILENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.alert.Visibility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GapsTest {
    private final Gaps gaps = new Gaps(1);

    @Test
    void aGapBeginsOnceAndEndsWithTheNextProof() {
        gaps.blind(at(10), DEVICE_SILENT, at(10));
        gaps.blind(at(10), DEVICE_SILENT, at(11));
        assertEquals(List.of(gap(10, null, DEVICE_SILENT)), written(11));
        gaps.prove(at(12), at(13));

        assertEquals(List.of(gap(10, 12, DEVICE_SILENT)), written(12));
        assertEquals(List.of(), written(12));
    }

    @Test
    void historyThatProvesTheWholeTimeTakesTheGapBack() {
        gaps.blind(at(10), NETWORK_SILENT, at(10));
        written(10);
        gaps.prove(at(14), at(15));
        for (int hour = 9; hour < 14; hour++) {
            gaps.prove(at(hour), at(hour + 1));
        }

        assertEquals(List.of(new Outcome.GapWithdrawn(1, at(10))), written(14));
    }

    @Test
    void historyThatProvesAPartCutsTheGap() {
        gaps.blind(at(10), NETWORK_SILENT, at(10));
        gaps.prove(at(20), at(21));
        written(20);
        gaps.prove(at(12), at(13));
        gaps.prove(at(9), at(11));

        assertEquals(
                List.of(new Outcome.GapWithdrawn(1, at(10)), gap(11, 12, NETWORK_SILENT), gap(13, 20, NETWORK_SILENT)),
                written(20));
    }

    @Test
    void aGreaterCauseTakesOverTheGapAndLeavesItToALesserOneWhenItIsOver() {
        gaps.blind(at(10), DEVICE_SILENT, at(10));
        written(10);
        gaps.blind(at(10), NETWORK_SILENT, at(11));
        assertEquals(List.of(gap(10, null, NETWORK_SILENT)), written(11));
        gaps.blind(at(10), DEVICE_SILENT, at(15));

        assertEquals(List.of(gap(10, 15, NETWORK_SILENT), gap(15, null, DEVICE_SILENT)), written(15));
    }

    @Test
    void whatAnEarlierEngineWroteIsNotWrittenAgain() {
        gaps.resume(at(1), at(2), DEVICE_SILENT);
        gaps.resume(at(10), null, NETWORK_SILENT);
        gaps.blind(at(10), NETWORK_SILENT, at(11));
        assertEquals(List.of(), written(11));
        gaps.prove(at(12), at(13));

        assertEquals(List.of(gap(10, 12, NETWORK_SILENT)), written(12));
    }

    @Test
    void whatIsOlderThanAWeekStandsAsItIs() {
        gaps.blind(at(10), DEVICE_SILENT, at(10));
        gaps.prove(at(12), at(13));
        written(12 + 7 * 24);
        gaps.prove(at(10), at(12));

        assertEquals(List.of(), written(12 + 7 * 24));
    }

    @Test
    void aTimeThatTurnsOutNotToHaveBeenWatchedFillsWhatOtherGapsLeave() {
        gaps.blind(at(10), NETWORK_SILENT, at(10));
        gaps.prove(at(12), at(13));
        written(12);
        gaps.add(at(9), at(14), DEVICE_SILENT);
        assertEquals(List.of(gap(9, 10, DEVICE_SILENT), gap(12, 14, DEVICE_SILENT)), written(14));
        gaps.add(at(14), at(15), DEVICE_SILENT);

        assertEquals(List.of(gap(12, 15, DEVICE_SILENT)), written(15), "one gap and no two that touch");
    }

    private static Instant at(int hour) {
        return Instant.parse("2026-03-01T00:00:00Z").plusSeconds(3600L * hour);
    }

    private static Outcome gap(int from, @Nullable Integer to, Visibility cause) {
        return new Outcome.Gap(1, at(from), to == null ? null : at(to), cause);
    }

    private List<Outcome> written(int hour) {
        List<Outcome> outcomes = new ArrayList<>();
        gaps.write(at(hour), outcomes);
        return outcomes;
    }
}
