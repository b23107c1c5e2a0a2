package kr.dolbom.risk.sight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Simulated fleets whose devices send by the same clock, so that all are silent together between its strokes.
class PulseByTheClockTest {
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;
    private static final int DAYS = 45;
    private static final Group NORTH = Group.district(1, "북동");
    private static final Group SOUTH = Group.district(1, "남동");

    @ParameterizedTest
    @CsvSource({
        // homes, full multiples of seconds, late by up to seconds, heartbeat seconds, stop at so many seconds after ten o'clock,
        // noticed within minutes
        "24, 600, 0, 600",
        "24, 600, 0, 0",
        "24, 600, 4, 600",
        "24, 600, 4, 0",
        "24, 600, 90, 0",
        "24, 300, 4, 0",
        "24, 900, 4, 0",
        "24, 900, 4, 900",
        "24, 1800, 4, 0",
        "24, 1800, 4, 1800",
        "24, 3600, 4, 3600",
        "24, 3600, 4, 0",
        "100, 600, 4, 0",
        "100, 600, 4, 600",
        "300, 600, 4, 600",
        "300, 600, 4, 0",
    })
    void explore(int homes, int clock, int late, int heartbeat) {
        StringBuilder line = new StringBuilder();
        for (int seed = 1; seed <= 6; seed++) {
            var suburb = new Suburb(seed, 1).homesByTheClock(homes, new Suburb.Clock(clock, late), heartbeat, NORTH);
            long stop = Suburb.START + DAYS * Suburb.DAY;
            List<PulseChange> changes = suburb.runUntil(stop);
            line.append(" claims " + changes.size() / 2.0 + (changes.isEmpty() ? "" : changes.getFirst()) + " delays");
            for (int h : new int[] {1, 3, 8, 10, 13, 19, 23}) {
                suburb.cutOff(_ -> false);
                stop += Suburb.DAY;
                suburb.runUntil(stop + h * HOUR + 30);
                suburb.cutOff(_ -> true);
                List<PulseChange> c = suburb.runUntil(stop + h * HOUR + 30 + 3 * HOUR);
                line.append(" " + h + ":" + (c.isEmpty() ? "-" : (((PulseChange.Stopped) c.getFirst()).noticedAt() - stop - h * HOUR - 30) / 60));
            }
        }
        System.out.println("XX homes %d clock %d late %d heartbeat %d: %s".formatted(homes, clock, late, heartbeat, line));
    }
}
