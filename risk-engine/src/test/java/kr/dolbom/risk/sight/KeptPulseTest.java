package kr.dolbom.risk.sight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A pulse that was written and read again, beside one that ran on in the same simulated fleet.
class KeptPulseTest {
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;
    private static final Group NORTH = Group.district(1, "북동");
    private static final Group SOUTH = Group.district(1, "남동");

    @ParameterizedTest
    @CsvSource({
        // seed, homes, heartbeat, hour of the stop
        "1, 30, 0, 10",
        "2, 30, 0, 3",
        "3, 60, 0, 18",
        "4, 100, 0, 3",
        "5, 40, 600, 3",
        "6, 300, 0, 12"
    })
    void aStopIsNoticedAtTheMinuteAtWhichOneThatRanOnNoticesIt(int seed, int homes, int heartbeat, int hour)
            throws IOException {
        long stop = Suburb.START + 15 * Suburb.DAY + hour * HOUR;
        var ranOn = new Suburb(seed, 1).homes(homes, heartbeat, NORTH);
        ranOn.runUntil(stop);
        var restarted = new Suburb(seed, 1).homes(homes, heartbeat, NORTH);
        restarted.runUntil(stop - 95 * MINUTE);
        restarted.keep();
        restarted.runUntil(stop - 90 * MINUTE);
        restarted.restart();
        assertEquals(List.of(), restarted.runUntil(stop));

        List<String> expected = moments(stopAndReturn(ranOn, stop));
        assertEquals(2, expected.size(), expected::toString);
        assertEquals(expected, moments(stopAndReturn(restarted, stop)));
    }

    /// What is left out of the minutes before the restart costs some minutes at most.
    @ParameterizedTest
    @CsvSource({
        // seed, homes, heartbeat, hour of the stop, restart so many minutes after the stop
        "11, 40, 600, 3, -10",
        "12, 40, 600, 3, 0",
        "13, 40, 600, 10, 2",
        "14, 100, 0, 10, -2",
        "15, 100, 0, 10, 2",
        "16, 100, 0, 3, 3"
    })
    void aStopAroundTheRestartIsNoticedSomeMinutesLaterAtMostAndNeverBefore(
            int seed, int homes, int heartbeat, int hour, int minutes) throws IOException {
        long stop = Suburb.START + 15 * Suburb.DAY + hour * HOUR;
        var ranOn = new Suburb(seed, 1).homes(homes, heartbeat, NORTH);
        ranOn.runUntil(stop);
        var restarted = new Suburb(seed, 1).homes(homes, heartbeat, NORTH);
        restarted.runUntil(Math.min(stop, stop + minutes * MINUTE) - 5 * MINUTE);
        restarted.keep();
        restarted.runUntil(Math.min(stop, stop + minutes * MINUTE));
        if (minutes < 0) {
            restarted.restart();
            restarted.runUntil(stop);
        } else {
            restarted.cutOff(_ -> true);
            assertEquals(List.of(), restarted.runUntil(stop + minutes * MINUTE));
            restarted.restart();
        }

        long expected = noticedAt(stopAndReturn(ranOn, stop));
        long noticed = noticedAt(stopAndReturn(restarted, stop));
        assertTrue(
                noticed >= expected && noticed <= expected + 5 * MINUTE,
                () -> "noticed after %d min, by one that ran on after %d"
                        .formatted((noticed - stop) / MINUTE, (expected - stop) / MINUTE));
    }

    /// The bound allows one a year; these are two years.
    @Test
    void restartsAreNoIncidents() throws IOException {
        int claimed = 0;
        for (int seed = 0; seed < 18; seed++) {
            var suburb = new Suburb(seed, 1).homes(30, 0);
            suburb.runUntil(Suburb.START + 4 * Suburb.DAY);
            for (int restart = 1; restart <= 36 * 4; restart++) {
                long end = Suburb.START + 4 * Suburb.DAY + restart * 6L * HOUR;
                claimed += countStops(suburb.runUntil(end - 5 * MINUTE));
                suburb.keep();
                claimed += countStops(suburb.runUntil(end));
                suburb.restart();
            }
        }
        assertTrue(claimed <= 6, claimed + " claimed, of 2 that the bound allows on average");
    }

    @Test
    void whatIsOfAnotherVersionOrCutShortIsRefusedAndChangesNothing() throws IOException {
        var suburb = new Suburb(21, 1).homes(40, 600, NORTH).homes(40, 600, SOUTH);
        long stop = Suburb.START + 6 * Suburb.DAY + 10 * HOUR;
        suburb.runUntil(stop);
        byte[] state = bytes(suburb.pulse());
        byte[] other = state.clone();
        other[0]++;

        assertThrows(IOException.class, () -> read(suburb.pulse(), other));
        assertThrows(IOException.class, () -> read(suburb.pulse(), Arrays.copyOf(state, state.length - 1)));
        assertEquals(List.of(), suburb.runUntil(stop + HOUR));
        suburb.cutOff(home -> home < 40);
        assertEquals(NORTH, suburb.runUntil(stop + 2 * HOUR).getFirst().group());
    }

    @Test
    void whatAGroupsCountsVaryMoreThanByChanceIsKept() throws IOException {
        var suburb = new Suburb(22, 1).homes(60, 0, NORTH).homes(60, 0, SOUTH);
        suburb.runUntil(Suburb.START + 20 * Suburb.DAY);
        double north = suburb.pulse().dispersion(NORTH);
        double south = suburb.pulse().dispersion(SOUTH);
        suburb.keep();
        suburb.restart();

        assertTrue(north != 1 && south != north);
        assertEquals(north, suburb.pulse().dispersion(NORTH));
        assertEquals(south, suburb.pulse().dispersion(SOUTH));
    }

    private static List<PulseChange> stopAndReturn(Suburb suburb, long stop) {
        suburb.cutOff(_ -> true);
        var changes = new ArrayList<>(suburb.runUntil(stop + 3 * HOUR));
        suburb.cutOff(_ -> false);
        changes.addAll(suburb.runUntil(stop + 5 * HOUR));
        return changes;
    }

    private static List<String> moments(List<PulseChange> changes) {
        return changes.stream()
                .map(change -> switch (change) {
                    case PulseChange.Stopped stop ->
                        "%s stopped %d noticed %d homes %d"
                                .formatted(
                                        stop.group(),
                                        stop.beganAt(),
                                        stop.noticedAt(),
                                        stop.homes().size());
                    case PulseChange.Returned back ->
                        "%s back %d of %d".formatted(back.group(), back.endedAt(), back.beganAt());
                })
                .toList();
    }

    private static int countStops(List<PulseChange> changes) {
        return (int)
                changes.stream().filter(PulseChange.Stopped.class::isInstance).count();
    }

    private static long noticedAt(List<PulseChange> changes) {
        assertEquals(2, changes.size(), changes::toString);
        return ((PulseChange.Stopped) changes.getFirst()).noticedAt();
    }

    private static byte[] bytes(FleetPulse pulse) throws IOException {
        var bytes = new ByteArrayOutputStream();
        pulse.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static void read(FleetPulse pulse, byte[] state) throws IOException {
        pulse.read(new DataInputStream(new ByteArrayInputStream(state)));
    }
}
