package kr.dolbom.risk.sight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Simulated fleets whose devices send by the same clock, so that all are silent together between its strokes.
class PulseByTheClockTest {
    private static final long HOUR = 3600;
    private static final Group NORTH = Group.district(1, "북동");

    @ParameterizedTest
    @CsvSource({
        // homes, seconds of the clock, late by up to, heartbeat, days, a stop is noticed within minutes
        "24, 600, 0, 600, 45, 11",
        "24, 600, 4, 600, 45, 11",
        "24, 600, 4, 0, 45, 20",
        "24, 300, 4, 300, 20, 11",
        "24, 1800, 4, 1800, 20, 31",
        "24, 3600, 4, 3600, 20, 61",
        "100, 600, 4, 0, 20, 11"
    })
    void theSilenceBetweenTwoStrokesIsNoIncidentAndThatOfAnOutageIs(
            int homes, int clock, int lateSeconds, int heartbeat, int days, int withinMinutes) {
        var suburb = new Suburb(1, 1).homesByTheClock(homes, new Suburb.Clock(clock, lateSeconds), heartbeat, NORTH);
        long stop = Suburb.START + days * Suburb.DAY + 10 * HOUR + 30;
        assertEquals(List.of(), suburb.runUntil(stop));
        suburb.cutOff(_ -> true);
        List<PulseChange> noticed = suburb.runUntil(stop + 3 * HOUR);

        assertEquals(1, noticed.size(), noticed::toString);
        long seconds = ((PulseChange.Stopped) noticed.getFirst()).noticedAt() - stop;
        assertTrue(seconds <= withinMinutes * 60L, () -> "noticed after " + seconds / 60 + " min");
    }

    @Test
    void whichLullsAreUsualIsKept() throws IOException {
        var suburb = new Suburb(2, 1).homesByTheClock(24, new Suburb.Clock(600, 4), 0, NORTH);
        suburb.runUntil(Suburb.START + 10 * Suburb.DAY);
        suburb.keep();
        suburb.restart();

        assertEquals(List.of(), suburb.runUntil(Suburb.START + 20 * Suburb.DAY));
    }

    @Test
    void anOutageThatHappenedOnceDoesNotMakeTheNextLater() {
        var suburb = new Suburb(3, 1).homes(100, 0, NORTH);
        long first = Suburb.START + 10 * Suburb.DAY + 10 * HOUR;
        suburb.runUntil(first);
        suburb.cutOff(_ -> true);
        assertEquals(1, suburb.runUntil(first + HOUR).size());
        suburb.cutOff(_ -> false);
        suburb.runUntil(first + Suburb.DAY);
        suburb.cutOff(_ -> true);

        List<PulseChange> noticed = suburb.runUntil(first + Suburb.DAY + 10 * 60);
        assertEquals(
                List.of(Group.ALL), noticed.stream().map(PulseChange::group).toList());
    }
}
